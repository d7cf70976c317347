"""The templates of anonymous documents: a case, an agenda and a plan in which nobody can be recognised."""

from __future__ import annotations

from delen import (
    LABELTABEL,
    Blad,
    add_informatie,
    add_instemming,
    add_plaats,
    add_rubrieken,
    add_toestand,
    add_wijzigingen,
    end_document,
    make_gegevens,
)
from documenten import add_criteria, add_openstaand, add_weegvragen
from docx.document import Document as WordDocument
from huisstijl import AANDACHT, AANDACHT_LICHT, TEKSTBREEDTE, Alinea, Rij, make_box, make_table
from plannen import PRIORITEIT, add_acties, add_doelstelling

#: Said on the page itself, whatever marking the table prints at its head and foot (S3:45).
_ANONIEM = "Dit document is geanonimiseerd."
_VOEG_NIETS_TOE = "Voeg geen namen of andere herleidbare gegevens toe, ook niet als u erop antwoordt of het doorstuurt."
_WANNEER = "{{ ontmoeting.naam }} — {{ ontmoeting.datum }}{% if ontmoeting.uur %}, {{ ontmoeting.uur }} uur{% endif %}"
_STAND = "{{ plan.stand }}{% if plan.goedgekeurd_op %} in {{ plan.goedgekeurd_op }}{% endif %}"
_DATA = (
    "Versie {{ kop.versie }}{% if plan.opgesteld_op %}, opgesteld in {{ plan.opgesteld_op }}{% endif %}"
    "{% if plan.bijgewerkt_op and plan.bijgewerkt_op != plan.opgesteld_op %}, bijgewerkt in"
    " {{ plan.bijgewerkt_op }}{% endif %}"
)


def _start(*, met_code: bool = False) -> Blad:
    """Title, occasion, and what the reader has to keep to."""
    blad = Blad()
    blad.write("{{ kop.titel }}", "Title")
    with blad.tag("if ontmoeting"):
        blad.write(_WANNEER, "Subtitle")
    if met_code:
        with blad.tag("if kop.casuscode"):
            blad.write("Casus {{ kop.casuscode }}", "Subtitle")
    blad.insert(make_box([("Kadertitel", _ANONIEM), ("Celtekst", _VOEG_NIETS_TOE)], AANDACHT, AANDACHT_LICHT))
    blad.insert(make_gegevens())
    add_wijzigingen(blad)
    blad.write_each("kop.inleiding")
    return blad


def make_anonieme_casus() -> WordDocument:
    """To who discusses a case without knowing whose it is: people by role and age band, and what was flagged."""
    blad = _start()
    with blad.tag("for casus in casussen"):
        blad.write("Casus {{ casus.code }}", "heading 1")
        add_toestand(blad)
        _add_personen(blad)
        add_instemming(blad)
        add_rubrieken(blad)
        add_informatie(blad)
        add_criteria(blad)
        add_weegvragen(blad)
    with blad.tag("if plan"):
        blad.write("Plan van aanpak", "heading 1")
        _add_doelen(blad)
    return end_document(blad)


def _add_personen(blad: Blad) -> None:
    velden: list[Rij] = ["for veld in persoon.velden"]
    velden += [[[("Cellabel", "{{ veld.label }}")], [("Celtekst", "{{ veld.waarde }}")]], "endfor"]
    with blad.tag("if casus.personen"):
        blad.write("Over wie het gaat", "heading 2")
        rij: Rij = [[("Celtekst", "{{ persoon.rolwoord }}")], [("Celtekst", "{{ persoon.leeftijd }}")]]
        rijen: list[Rij] = ["for persoon in casus.personen", rij, "endfor"]
        blad.insert(make_table((TEKSTBREEDTE - 4200, 4200), rijen, ("Wie", "Leeftijd")))
        with blad.tag("for persoon in casus.personen"), blad.tag("if persoon.velden"):
            blad.write("Over {{ persoon.rolwoord }}", "heading 3")
            blad.insert(make_table(LABELTABEL, velden))


def make_anonieme_agenda() -> WordDocument:
    """To a participant: the cases in order, and the to-do's that are still open."""
    blad = _start()
    add_plaats(blad)
    blad.write("Casussen", "heading 1")
    with blad.tag("if casussen"):
        toestand: Rij = [
            [("Celtekst", "{{ casus.nummer }}")],
            [("Celtekst", "{{ casus.code }}")],
            [("Celtekst", "{{ casus.soort }}")],
            [
                *_write_if("casus.fase", "{{ casus.fase }}"),
                *_write_if("casus.anoniem", "{{ casus.anoniem }}"),
                *_write_if("casus.instemming", "Geïnformeerd: {{ casus.instemming.geinformeerd }}"),
                *_write_if("casus.instemming", "Instemming: {{ casus.instemming.stemt_in }}"),
                ("Celslot", ""),
            ],
        ]
        rijen: list[Rij] = ["for casus in casussen", toestand, "endfor"]
        blad.insert(make_table((800, 2000, 2200, TEKSTBREEDTE - 5000), rijen, ("Nr.", "Casus", "Soort", "Stand")))
    with blad.tag("if not casussen"):
        blad.write("Er zijn geen casussen te bespreken.")
    add_openstaand(blad)
    return end_document(blad)


def _write_if(voorwaarde: str, tekst: str) -> list[Alinea]:
    return [("Celtekst", f"{{%p if {voorwaarde} %}}"), ("Celtekst", tekst), ("Celtekst", "{%p endif %}")]


def make_anoniem_plan() -> WordDocument:
    """To a mail group or a partner: aims with their actions, who does them and by which month (S3:45)."""
    blad = _start(met_code=True)
    with blad.tag("if plan and plan.stand"):
        blad.insert(make_box([("Kadertitel", _STAND), ("Celtekst", _DATA)]))
    with blad.tag("for rol in rolverdeling"):
        blad.write("{{ rol.label }}: {{ rol.wie }}")
    with blad.tag("if plan and plan.doelen"):
        blad.write("Doelen en acties", "heading 1")
        _add_doelen(blad)
    return end_document(blad)


def _add_doelen(blad: Blad) -> None:
    with blad.tag("for doel in plan.doelen"):
        blad.write("Doel {{ doel.nummer }}" + PRIORITEIT, "heading 2")
        add_doelstelling(blad)
        with blad.tag("if doel.acties"):
            add_acties(blad)
