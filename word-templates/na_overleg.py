"""The templates of what follows a meeting: verslag, to-do's, and the letters about its decisions."""

from __future__ import annotations

from delen import (
    Blad,
    add_inleiding,
    add_rolverdeling,
    add_slot,
    add_wijzigingen,
    end_document,
    end_letter,
    make_afspraken,
    make_gegevens,
    make_row_if,
    start_document,
    start_letter,
)
from docx.document import Document as WordDocument
from huisstijl import AANDACHT, AANDACHT_LICHT, TEKSTBREEDTE, Alinea, Rij, make_box, make_table

DEELBAAR = "Wat buiten de tafel gedeeld mag worden"
_VOET = " Buiten de tafel mag alleen gedeeld worden wat in dit verslag uitdrukkelijk als deelbaar staat."
_TERUGKOPPELING = (
    "{{ casus.terugkoppeling }}"
    "{% if casus.terugkoppeling_wie %} — door {{ casus.terugkoppeling_wie }}{% endif %}"
    "{% if casus.terugkoppeling_hoe %} — {{ casus.terugkoppeling_hoe }}{% endif %}"
)
_CASUSVELDEN = (
    ("casus.besluit", "Besluit", "{{ casus.besluit }}"),
    ("casus.partner", "Verder opgevolgd door", "{{ casus.partner }}"),
    ("casus.onveiligheid", "Onveiligheid of ongerustheid", "{{ casus.onveiligheid }}"),
    ("casus.geinformeerd", "Cliënt geïnformeerd", "{{ casus.geinformeerd }}"),
    ("casus.stemt_in", "Cliënt stemt in", "{{ casus.stemt_in }}"),
    ("casus.terugkoppeling", "Terugkoppeling aan de cliënt", _TERUGKOPPELING),
)


def make_verslag() -> WordDocument:
    """To a partner who sat at the table: the chosen spoor per case, its own to-do's, and what may be shared."""
    blad = Blad(_VOET)
    blad.write("{{ kop.titel }}", "Title")
    with blad.tag("if ontmoeting"):
        blad.write("{{ ontmoeting.naam }} — {{ ontmoeting.datum }}", "Subtitle")
    _add_gebruik(blad)
    blad.insert(make_gegevens())
    add_wijzigingen(blad)
    _add_overzicht(blad)
    with blad.tag("if verslag"):
        blad.write("Per casus", "heading 1")
    with blad.tag("for casus in verslag"):
        blad.write("{{ casus.nummer }}. Casus {{ casus.code }}", "heading 2")
        add_rolverdeling(blad)
        velden = [deel for veld in _CASUSVELDEN for deel in make_row_if(*veld)]
        blad.insert(make_table((3000, TEKSTBREEDTE - 3000), velden, bijeen=True))
        with blad.tag("if casus.afspraken"):
            blad.write("Afspraken", "heading 3")
            blad.insert(make_afspraken("casus.afspraken", met_code=False))
        _add_passages(blad, "casus.passages", DEELBAAR)
    return end_document(blad)


def _add_gebruik(blad: Blad) -> None:
    """What a reader may do with it: the table's own words, at the top of the first page (S0:38)."""
    inhoud: list[Alinea] = [
        ("Kadertitel", "Gebruik van dit verslag"),
        ("Celtekst", "{%p for regel in kop.inleiding %}"),
        ("Kaderalinea", "{{ regel }}"),
        ("Celtekst", "{%p endfor %}"),
        ("Celtekst", "{%p if not kop.inleiding %}"),
        ("Kaderalinea", "Dit verslag is enkel voor u. Deel buiten de tafel alleen wat hieronder als deelbaar staat."),
        ("Celtekst", "{%p endif %}"),
    ]
    blad.insert(make_box(inhoud, AANDACHT, AANDACHT_LICHT))


def _add_overzicht(blad: Blad) -> None:
    blad.write("Overzicht", "heading 1")
    with blad.tag("if verslag"):
        rij: Rij = [[("Celtekst", f"{{{{ casus.{veld} }}}}")] for veld in ("nummer", "code", "soort", "besluit")]
        breedten = (600, 1600, 2300, TEKSTBREEDTE - 4500)
        rijen: list[Rij] = ["for casus in verslag", rij, "endfor"]
        blad.insert(make_table(breedten, rijen, ("Nr.", "Casus", "Soort", "Besluit")))
    with blad.tag("if not verslag"):
        blad.write("Er is geen casus besproken waarbij u aanwezig was.")


def make_takenlijst() -> WordDocument:
    """To a partner: its own to-do's over all cases, by date."""
    blad = start_document()
    blad.write("Afspraken", "heading 1")
    with blad.tag("if afspraken"):
        blad.insert(make_afspraken("afspraken", met_code=True))
    with blad.tag("if not afspraken"):
        blad.write("Er zijn geen afspraken voor u.")
    return end_document(blad)


def _add_passages(blad: Blad, lijst: str, titel: str) -> None:
    """The released words in a frame of their own, or nothing at all."""
    inhoud: list[Alinea] = [
        ("Kadertitel", titel),
        ("Celtekst", f"{{%p for regel in {lijst} %}}"),
        ("Kaderlijst", "{{ regel }}"),
        ("Celtekst", "{%p endfor %}"),
    ]
    with blad.tag(f"if {lijst}"):
        blad.insert(make_box(inhoud))


def make_terugkoppeling() -> WordDocument:
    """To the aanmelder: what the table decided, with its advice (S0:20, S0:24)."""
    blad = start_letter()
    add_inleiding(blad, "Het overleg heeft de casus die u aanmeldde besproken. Hieronder leest u het besluit.")
    _add_besluit(blad, "Advies", "Opvolging door")
    _add_afspraken(blad)
    _add_passages(blad, "passages", "Wat u uit de bespreking mag gebruiken")
    add_slot(blad, "Hebt u vragen bij dit besluit, neem dan contact op met {{ kop.contact.naam }}.")
    return end_letter(blad)


def make_opdrachtbrief() -> WordDocument:
    """To the partner who follows a case up: what is asked, and a draft of its word to the aanmelder (S0:22)."""
    blad = start_letter()
    add_inleiding(blad, "Het overleg heeft een casus besproken die uw organisatie verder opvolgt.")
    # Who follows up is whom the letter addresses; said only when others do so too.
    _add_besluit(
        blad, "Wat de tafel meegeeft", "Opvolging door", "besluit.partner and besluit.partner != ontvanger.naam"
    )
    _add_afspraken(blad)
    _add_passages(blad, "passages", "Wat u uit de bespreking mag gebruiken")
    _add_voorstel(blad)
    add_slot(blad, "Lukt dit niet, laat het dan meteen weten aan {{ kop.contact.naam }}.")
    return end_letter(blad)


def _add_afspraken(blad: Blad) -> None:
    """The reader's own to-do's about this case."""
    with blad.tag("if afspraken"):
        blad.write("Uw afspraken", "heading 2")
        blad.insert(make_afspraken("afspraken", met_code=False))


def _add_besluit(blad: Blad, advies: str, partner: str, partner_als: str = "besluit.partner") -> None:
    with blad.tag("if besluit"):
        blad.insert(make_box([("Celtitel", "Besluit: {{ besluit.label }}")]))
        blad.write_each("besluit.alineas")
        delen = (("advies", advies, "besluit.advies"), ("reden", "Reden", "besluit.reden"))
        for veld, titel, voorwaarde in (*delen, ("partner", partner, partner_als)):
            with blad.tag(f"if {voorwaarde}"):
                blad.write(titel, "heading 2")
                blad.write(f"{{{{ besluit.{veld} }}}}")


def _add_voorstel(blad: Blad) -> None:
    blad.write("Uw terugkoppeling aan de aanmelder", "heading 2")
    blad.write(
        "U laat de aanmelder zelf weten dat u de casus opvolgt. Hieronder vindt u een voorstel van tekst. Vul aan wat"
        " tussen haken staat, gebruik alleen de casuscode en geen naam, en schrijf niets over de bespreking zelf."
    )
    inhoud: list[Alinea] = [
        ("Kadertitel", "Voorstel van tekst"),
        ("Kaderalinea", "Geachte heer of mevrouw,"),
        (
            "Kaderalinea",
            "U meldde een casus aan{% if kop.casuscode %}, met casuscode {{ kop.casuscode }}{% endif %}. Op het overleg"
            " ({{ kop.tafel }}) is beslist dat onze organisatie deze casus verder opvolgt. Het dossier is daar nu"
            " afgesloten.",
        ),
        ("Kaderalinea", "[Wat wij doen, en tegen wanneer]"),
        ("Kaderalinea", "[Wanneer u opnieuw van ons hoort]"),
        ("Kaderalinea", "Hebt u een vraag? Neem contact op met [naam, functie, telefoon]."),
    ]
    blad.insert(make_box(inhoud))
