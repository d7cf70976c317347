"""The eight standard templates, each from the top of its page to the bottom."""

from __future__ import annotations

from delen import (
    Blad,
    add_informatie,
    add_inleiding,
    add_instemming,
    add_ontmoeting,
    add_rubrieken,
    add_slot,
    add_toestand,
    add_uur_en_plaats,
    end_document,
    end_letter,
    start_document,
    start_letter,
)
from docx.document import Document as WordDocument
from huisstijl import NIEUWE_RUN, TEKSTBREEDTE, Alinea, Rij, make_box, make_table


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
        breedten = (2300, 3800, TEKSTBREEDTE - 6100)
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
    add_inleiding(blad, "Uw aanmelding is besproken. Hieronder leest u de beslissing.")
    with blad.tag("if besluit"):
        blad.insert(make_box([("Kadertitel", "Beslissing"), ("Celtekst", "{{ besluit.label }}")]))
        blad.write_each("besluit.alineas")
        for veld, titel in (("advies", "Advies"), ("reden", "Reden"), ("partner", "Opvolging door")):
            with blad.tag(f"if besluit.{veld}"):
                blad.write(titel, "heading 3")
                blad.write(f"{{{{ besluit.{veld} }}}}")
    add_ontmoeting(blad, titel="Volgend overleg")
    add_slot(blad, "Hebt u vragen bij deze beslissing, neem dan contact op met {{ kop.contact.naam }}.")
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


def make_agenda() -> WordDocument:
    """To a participant: the cases in order, with the state of informing and consent (S0:34)."""
    blad = start_document("{{ ontmoeting.naam }} — {{ ontmoeting.datum }}")
    add_uur_en_plaats(blad)
    blad.write("Casussen", "heading 2")
    with blad.tag("if casussen"):
        breedten = (600, 1700, 2000, 2556, TEKSTBREEDTE - 6856)
        rij: Rij = [
            [("Celtekst", "{{ casus.nummer }}")],
            [("Celtekst", "{{ casus.code }}")],
            [
                ("Celtekst", "{{ casus.soort }}"),
                ("Celklein", "{%p if casus.fase %}"),
                ("Celklein", "{{ casus.fase }}"),
                ("Celklein", "{%p endif %}"),
            ],
            [("Celtekst", "{% if casus.instemming %}{{ casus.instemming.geinformeerd }}{% endif %}")],
            [("Celtekst", "{% if casus.instemming %}{{ casus.instemming.stemt_in }}{% endif %}")],
        ]
        kop = ("Nr.", "Casus", "Soort", "Cliënt geïnformeerd", "Instemming met de bespreking")
        blad.insert(make_table(breedten, ["for casus in casussen", rij, "endfor"], kop))
    with blad.tag("if not casussen"):
        blad.write("Er zijn geen casussen te bespreken.")
    return end_document(blad)


def make_casusfiche() -> WordDocument:
    """To one partner: a case as this partner may see it."""
    blad = start_document("{{ ontmoeting.naam }} — {{ ontmoeting.datum }}")
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
    return end_document(blad)


def _add_identiteit(blad: Blad) -> None:
    with blad.tag("if casus.identiteit"):
        uitleg: list[Alinea] = [
            ("Kadertitel", "Op te zoeken in uw dossiers"),
            ("Celtekst", "Deze gegevens dienen enkel om in uw eigen dossiers op te zoeken."),
        ]
        blad.insert(make_box(uitleg))
        rij: Rij = [[("Celtekst", f"{{{{ persoon.{veld} }}}}")] for veld in ("rol", "naam", "geboortedatum")]
        breedten = (2500, TEKSTBREEDTE - 4900, 2400)
        rijen: list[Rij] = ["for persoon in casus.identiteit", rij, "endfor"]
        blad.insert(make_table(breedten, rijen, ("Rol", "Naam", "Geboortedatum")))


def make_triagelijst() -> WordDocument:
    """To the triage team: each case with its criteria, the open questions, and what was shared for triage."""
    blad = start_document("{{ ontmoeting.naam }} — {{ ontmoeting.datum }}")
    add_uur_en_plaats(blad)
    blad.write("Overzicht", "heading 2")
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
        _add_criteria(blad)
        _add_weegvragen(blad)
        add_instemming(blad)
        add_rubrieken(blad)
        add_informatie(blad)
    return end_document(blad)


def _add_criteria(blad: Blad) -> None:
    with blad.tag("if casus.uitkomst"):
        blad.write("Uitkomst van de controle: {{ casus.uitkomst }}.")
    teken = (
        "{% if regel.uitkomst == 'voldaan' %}✓ {% elif regel.uitkomst == 'niet voldaan' %}✗ {% else %}? {% endif %}"
        # A run of its own: an engine that finds ✓ in another font takes the whole run from there.
        + NIEUWE_RUN
        + "{{ regel.uitkomst }}"
    )
    rij: Rij = [
        [
            ("Kadertitel", "{{ regel.kort }}"),
            ("Celtekst", "{{ regel.tekst }}"),
            ("Celklein", "{{ regel.bron }}{% if regel.klasse %} — {{ regel.klasse }}{% endif %}"),
        ],
        [("Celtekst", teken)],
        [("Celtekst", "{{ regel.antwoord }}"), ("Celklein", "{{ regel.plaats }}")],
    ]
    with blad.tag("if casus.criteria"):
        blad.write("Criteria", "heading 2")
        breedten = (TEKSTBREEDTE - 4500, 1700, 2800)
        rijen: list[Rij] = ["for regel in casus.criteria", rij, "endfor"]
        blad.insert(make_table(breedten, rijen, ("Criterium", "Uitkomst", "Doorslaggevend antwoord")))


def _add_weegvragen(blad: Blad) -> None:
    with blad.tag("if casus.weegvragen"):
        blad.write("Te wegen door het team", "heading 2")
        rij: Rij = [[("Celtekst", "{{ vraag }}")], [("Celtekst", "")]]
        rijen: list[Rij] = ["for vraag in casus.weegvragen", rij, "endfor"]
        breedten = (TEKSTBREEDTE // 2, TEKSTBREEDTE - TEKSTBREEDTE // 2)
        blad.insert(make_table(breedten, rijen, ("Vraag", "Notities"), hoogte=1000))
