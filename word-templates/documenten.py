"""The templates of what comes in and of what prepares a meeting, each from the top of its page to the bottom."""

from __future__ import annotations

from delen import (
    Blad,
    add_informatie,
    add_inleiding,
    add_instemming,
    add_niets,
    add_ontmoeting,
    add_rubrieken,
    add_slot,
    add_toestand,
    end_document,
    end_letter,
    make_afspraken,
    start_document,
    start_letter,
)
from docx.document import Document as WordDocument
from huisstijl import NIEUWE_RUN, TEKSTBREEDTE, Rij, make_box, make_table


def make_ontvangstmelding() -> WordDocument:
    """To the aanmelder: the form arrived and is complete."""
    blad = start_letter()
    add_inleiding(
        blad,
        "Wij hebben uw aanmelding goed ontvangen. De verplichte vragen van het aanmeldformulier zijn ingevuld."
        "{% if kop.casuscode %} De aanmelding is geregistreerd onder casuscode {{ kop.casuscode }}."
        " Gebruik deze code in elk bericht over deze aanmelding en vermeld daarin geen namen.{% endif %}",
    )
    add_ontmoeting(blad, titel="Volgend overleg")
    add_slot(blad, "U ontvangt bericht zodra over de aanmelding is beslist.")
    return end_letter(blad)


def make_vraag_om_aanvulling() -> WordDocument:
    """To the aanmelder: which questions still wait for an answer, by label."""
    blad = start_letter()
    add_inleiding(
        blad,
        "Wij hebben uw aanmelding goed ontvangen. Om ze te kunnen bespreken, ontbreken nog enkele antwoorden.",
    )
    with blad.tag("if ontbrekend"):
        blad.write("Wat nog ontbreekt", "heading 2")
        rij: Rij = [[("Celtekst", f"{{{{ vraag.{veld} }}}}")] for veld in ("rubriek", "label", "reden")]
        breedten = (2800, 3800, TEKSTBREEDTE - 6600)
        rijen: list[Rij] = ["for vraag in ontbrekend", rij, "endfor"]
        blad.insert(make_table(breedten, rijen, ("Rubriek", "Vraag", "Reden")))
    add_slot(
        blad,
        "Vul deze vragen in op het aanvullingsformulier en stuur het terug naar {{ kop.contact.email }}."
        " Beantwoord ze niet in de tekst van een e-mail.",
    )
    return end_letter(blad)


def make_triagebrief() -> WordDocument:
    """To the aanmelder: what was decided on his aanmelding."""
    blad = start_letter()
    add_inleiding(blad, "Hieronder leest u het besluit over uw aanmelding.")
    with blad.tag("if besluit"):
        blad.insert(make_box([("Celtitel", "Besluit: {{ besluit.label }}")]))
        blad.write_each("besluit.alineas")
        for veld, titel in (("partner", "Opvolging door"), ("advies", "Advies"), ("reden", "Reden")):
            with blad.tag(f"if besluit.{veld}"):
                blad.write(titel, "heading 2")
                blad.write(f"{{{{ besluit.{veld} }}}}")
    add_ontmoeting(blad, titel="Volgend overleg")
    add_slot(blad, "Hebt u vragen bij dit besluit, neem dan contact op met {{ kop.contact.naam }}.")
    return end_letter(blad)


def make_uitnodiging_aanmelder() -> WordDocument:
    """To the aanmelder: come and explain your case (S0:18)."""
    blad = start_letter()
    add_inleiding(blad, "Wij nodigen u uit om de casus die u aanmeldde toe te lichten op het overleg hieronder.")
    add_ontmoeting(blad, ("kop.casuscode", "Casus", "{{ kop.casuscode }}"))
    _add_opzoeken(blad)
    add_slot(blad, "Kunt u niet aanwezig zijn, laat dat dan zo snel mogelijk weten aan {{ kop.contact.naam }}.")
    return end_letter(blad)


def make_uitnodiging() -> WordDocument:
    """To a partner: when, where, how many cases, what to look up. No identity in it."""
    blad = start_letter()
    add_inleiding(blad, "Wij nodigen u uit op het overleg hieronder.")
    add_ontmoeting(blad, ("", "Op uw agenda", "{{ ontmoeting.aantal_tekst }}"))
    _add_opzoeken(blad)
    add_slot(blad, "Kunt u niet aanwezig zijn, laat dat dan zo snel mogelijk weten aan {{ kop.contact.naam }}.")
    return end_letter(blad)


def _add_opzoeken(blad: Blad) -> None:
    with blad.tag("if opzoeken"):
        blad.write("Wat u voor het overleg opzoekt", "heading 2")
        blad.write_each("opzoeken", "List Bullet")


#: A case on the agenda: number, code, and how it comes there.
_CASUSRIJ: Rij = [
    [("Celtekst", "{{ casus.nummer }}")],
    [("Celtekst", "{{ casus.code }}")],
    [
        ("Celtekst", "{{ casus.soort }}"),
        ("Celklein", "{%p if casus.fase %}"),
        ("Celklein", "{{ casus.fase }}"),
        ("Celklein", "{%p endif %}"),
        ("Celklein", "{%p if casus.anoniem %}"),
        ("Celklein", "{{ casus.anoniem }}"),
        ("Celklein", "{%p endif %}"),
    ],
]


def make_agenda() -> WordDocument:
    """To a participant: the cases in order, with the state of informing and consent (S0:34)."""
    blad = start_document(met_plaats=True)
    blad.write("Casussen", "heading 1")
    with blad.tag("if casussen and casussen[0].instemming"):
        instemming: Rij = [
            *_CASUSRIJ,
            [("Celtekst", "{% if casus.instemming %}{{ casus.instemming.geinformeerd }}{% endif %}")],
            [("Celtekst", "{% if casus.instemming %}{{ casus.instemming.stemt_in }}{% endif %}")],
        ]
        kop = ("Nr.", "Casus", "Soort", "Geïnformeerd", "Instemming met de bespreking")
        breedten = (600, 1400, 2700, 2100, TEKSTBREEDTE - 6800)
        blad.insert(make_table(breedten, ["for casus in casussen", instemming, "endfor"], kop))
    # A table that does not release it for any case has no columns for it.
    with blad.tag("if casussen and not casussen[0].instemming"):
        smal = (600, 1400, TEKSTBREEDTE - 2000)
        blad.insert(make_table(smal, ["for casus in casussen", _CASUSRIJ, "endfor"], ("Nr.", "Casus", "Soort")))
    with blad.tag("if not casussen"):
        blad.write("Er zijn geen casussen te bespreken.")
    add_openstaand(blad)
    return end_document(blad)


#: State of an earlier to-do, with its heading and what the table does with it. What could not be done stands apart.
_OPENSTAAND = (
    (
        "niet mogelijk, omstandigheden gewijzigd",
        "Niet mogelijk, omstandigheden gewijzigd",
        "Wat was afgesproken, kon niet doorgaan. De tafel bekijkt of er iets anders nodig is.",
    ),
    ("niet uitgevoerd", "Niet uitgevoerd", ""),
    ("open", "Nog open", ""),
)


def add_openstaand(blad: Blad) -> None:
    """To-do's of earlier dates that still ask for attention, by state."""
    with blad.tag("if afspraken"):
        blad.write("Afspraken die nog openstaan", "heading 1")
        for stand, titel, uitleg in _OPENSTAAND:
            # Bars keep one state from being found within the words of another.
            with blad.tag(f"if '|{stand}|' in '|' ~ afspraken|join('|', 'stand') ~ '|'"):
                blad.write(titel, "heading 2")
                if uitleg:
                    blad.write(uitleg, houd_bij=True)
                blad.insert(make_afspraken("afspraken", met_code=True, als=f"afspraak.stand == '{stand}'"))


def make_casusfiche() -> WordDocument:
    """To one partner: a case as this partner may see it."""
    blad = start_document()
    with blad.tag("for casus in casussen"):
        with blad.tag("if loop.first"):
            blad.write("Casus {{ casus.code }}", "heading 1")
        with blad.tag("if not loop.first"):
            blad.write("Casus {{ casus.code }}", "heading 1", nieuwe_pagina=True)
        add_toestand(blad)
        _add_identiteit(blad)
        add_instemming(blad)
        add_rubrieken(blad)
        add_informatie(blad)
        add_niets(blad)
    return end_document(blad)


def _add_identiteit(blad: Blad) -> None:
    with blad.tag("if casus.identiteit"):
        blad.write("Wie u opzoekt", "heading 2")
        blad.write("Gebruik deze naam en geboortedatum alleen om in uw eigen dossiers op te zoeken.")
        rij: Rij = [[("Celtekst", f"{{{{ persoon.{veld} }}}}")] for veld in ("rol", "naam", "geboortedatum")]
        breedten = (2500, TEKSTBREEDTE - 4900, 2400)
        rijen: list[Rij] = ["for persoon in casus.identiteit", rij, "endfor"]
        blad.insert(make_table(breedten, rijen, ("Rol", "Naam", "Geboortedatum")))


def make_triagelijst() -> WordDocument:
    """To the triage team: each case with its criteria, the open questions, and what was shared for triage."""
    blad = start_document(met_plaats=True)
    blad.write("Overzicht", "heading 1")
    with blad.tag("if casussen"):
        rij: Rij = [[("Celtekst", f"{{{{ casus.{veld} }}}}")] for veld in ("nummer", "code", "soort", "uitkomst")]
        rijen: list[Rij] = ["for casus in casussen", rij, "endfor"]
        breedten = (600, 2400, 2400, TEKSTBREEDTE - 5400)
        blad.insert(make_table(breedten, rijen, ("Nr.", "Casus", "Soort", "Uitkomst van de controle")))
    with blad.tag("if not casussen"):
        blad.write("Er zijn geen casussen te bespreken.")
    with blad.tag("for casus in casussen"):
        blad.write("{{ casus.nummer }}. Casus {{ casus.code }}", "heading 1", nieuwe_pagina=True)
        add_toestand(blad)
        add_criteria(blad)
        add_weegvragen(blad)
        add_instemming(blad)
        add_rubrieken(blad)
        add_informatie(blad)
    return end_document(blad)


KLASSE = (
    "{% if regel.klasse == 'formeel' %}formeel criterium{% elif regel.klasse == 'verklaard' %}verklaard door de"
    " aanmelder{% elif regel.klasse == 'oordeel' %}oordeel van mensen{% else %}{{ regel.klasse }}{% endif %}"
)
# A run of its own for each sign: an engine that finds ✓ in another font takes the whole run from there.
LEGENDE = NIEUWE_RUN.join(
    (
        "✓",
        " voldaan    ",
        "✗",
        " niet voldaan    ",
        "○",
        " te wegen op het overleg    ? onbeslist: een antwoord ontbreekt of is niet bruikbaar",
    )
)


def add_criteria(blad: Blad) -> None:
    """Each criterium with its outcome and what decided it."""
    teken = (
        "{% if regel.uitkomst == 'voldaan' %}✓ {% elif regel.uitkomst == 'niet voldaan' %}✗ "
        "{% elif regel.uitkomst == 'te wegen' %}○ {% else %}? {% endif %}" + NIEUWE_RUN + "{{ regel.uitkomst }}"
        # A run of its own: an engine that finds ✓ in another font takes the whole run from there.
    )
    rij: Rij = [
        [
            ("Celtitel", "{{ regel.kort }}"),
            ("Celfijn", "{{ regel.tekst }}"),
            ("Celklein", "{{ regel.bron }}"),
        ],
        [("Celtekst", teken), ("Celklein", KLASSE)],
        [("Celtekst", "{{ regel.antwoord }}"), ("Celklein", "{{ regel.plaats }}")],
    ]
    with blad.tag("if casus.criteria"):
        blad.write("Criteria", "heading 2")
        breedten = (TEKSTBREEDTE - 4700, 1600, 3100)
        rijen: list[Rij] = ["for regel in casus.criteria", rij, "endfor"]
        blad.insert_tight(make_table(breedten, rijen, ("Criterium", "Uitkomst", "Antwoord waarop dit steunt")))
        blad.write(LEGENDE, "Legende")


def add_weegvragen(blad: Blad) -> None:
    """What only people can weigh, with room to write."""
    with blad.tag("if casus.weegvragen"):
        blad.write("Te wegen op het overleg", "heading 2")
        rij: Rij = [[("Celtekst", "{{ vraag }}")], [("Celtekst", "")]]
        rijen: list[Rij] = ["for vraag in casus.weegvragen", rij, "endfor"]
        breedten = (TEKSTBREEDTE // 2, TEKSTBREEDTE - TEKSTBREEDTE // 2)
        blad.insert(make_table(breedten, rijen, ("Vraag", "Notities"), hoogte=800))
