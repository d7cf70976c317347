"""The templates of what happens between two meetings: an invitation, the end of a case, a correction."""

from __future__ import annotations

from delen import add_inleiding, add_slot, end_letter, make_label_table, start_letter
from docx.document import Document as WordDocument
from huisstijl import TEKSTBREEDTE, make_box

#: A partner, the aanmelder and the cliënt read the same letter; who has no name is "de cliënt".
_AAN = "Voor {{ ontvanger.naam }}"
_SMAL = (2400, TEKSTBREEDTE - 2400)
_BEWAREN = (
    "{% if bewaren_tot|last == '.' %}{{ bewaren_tot }}{% else %}Wij bewaren het tot {{ bewaren_tot }}.{% endif %}"
)


def make_uitnodiging_zorgoverleg() -> WordDocument:
    """To partners and cliënt alike: when, where, and who comes (S1:55, S1:71)."""
    blad = start_letter(_AAN)
    add_inleiding(blad, "Wij nodigen u uit voor een overleg. Samen bekijken we hoe het gaat en wat er nog nodig is.")
    with blad.tag("if melding"):
        blad.insert(
            make_label_table(
                ("melding.label", "Wat", "{{ melding.label }}"),
                ("melding.datum", "Wanneer", "{{ melding.datum }}"),
                ("melding.uur", "Hoe laat", "{{ melding.uur }}"),
                ("melding.plaats", "Waar", "{{ melding.plaats }}"),
                ("melding.wie", "Wie er komt", "{{ melding.wie }}"),
                breedten=_SMAL,
            )
        )
        with blad.tag("if melding.mededelingen"):
            blad.write("Goed om te weten", "heading 2")
            blad.write_each("melding.mededelingen")
    add_slot(blad, "Kunt u niet komen? Laat het zo snel mogelijk weten aan {{ kop.contact.naam }}.")
    return end_letter(blad)


def make_afsluitbericht() -> WordDocument:
    """To who worked on a case, and to the aanmelder: that it ended, and until when it is kept (S1:73-81)."""
    blad = start_letter()
    add_inleiding(blad, "De casus waarover u eerder van ons hoorde, is afgesloten.")
    with blad.tag("if besluit"):
        blad.insert(make_box([("Celtitel", "Besluit: {{ besluit.label }}")]))
        blad.write_each("besluit.alineas")
    with blad.tag("if ontmoeting or bewaren_tot or besluit and (besluit.reden or besluit.advies or besluit.partner)"):
        blad.insert(
            make_label_table(
                ("ontmoeting", "Beslist op", "{{ ontmoeting.naam }}, {{ ontmoeting.datum }}"),
                ("besluit and besluit.reden", "Reden", "{{ besluit.reden }}"),
                ("besluit and besluit.advies", "Advies", "{{ besluit.advies }}"),
                ("besluit and besluit.partner", "Opvolging door", "{{ besluit.partner }}"),
                ("bewaren_tot", "Het dossier", _BEWAREN),
                breedten=_SMAL,
            )
        )
    add_slot(blad, "Hebt u hierover een vraag, neem dan contact op met {{ kop.contact.naam }}.")
    return end_letter(blad)


def make_bericht() -> WordDocument:
    """To who works on a case: what happened between two meetings, and who takes over (S3:23-36)."""
    blad = start_letter()
    add_inleiding(blad, "Er is iets veranderd in een casus waaraan u meewerkt.")
    with blad.tag("if melding"):
        with blad.tag("if melding.label or melding.datum or melding.wie or melding.naar"):
            blad.insert(
                make_label_table(
                    ("melding.label", "Wat", "{{ melding.label }}"),
                    ("melding.datum", "Wanneer", "{{ melding.datum }}"),
                    ("melding.wie", "Wie", "{{ melding.wie }}"),
                    ("melding.naar", "Overgenomen door", "{{ melding.naar }}"),
                    breedten=_SMAL,
                )
            )
        blad.write_each("melding.mededelingen")
    add_slot(blad, "Hebt u een vraag, neem dan contact op met {{ kop.contact.naam }}.")
    return end_letter(blad)


def make_addendum() -> WordDocument:
    """To all who got something earlier: what has to be added or put right, and nothing said twice (domain 3.4)."""
    blad = start_letter(_AAN)
    add_inleiding(blad, "Dit bericht hoort bij wat u eerder van ons kreeg over deze casus.")
    with blad.tag("if melding and melding.mededelingen"):
        blad.write("Aanvulling of verbetering{% if melding.datum %} van {{ melding.datum }}{% endif %}", "heading 2")
        blad.write_each("melding.mededelingen")
    add_slot(
        blad, "Lees dit samen met wat u eerder kreeg. Hebt u een vraag, neem contact op met {{ kop.contact.naam }}."
    )
    return end_letter(blad)
