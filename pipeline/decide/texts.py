"""Every finding on a decision form, in Dutch: where, what, and what to do. None of them holds an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.rowcheck import OPNIEUW, build_refusal, build_warning, refuse_unreadable
from schemas.bevinding import Bevinding, Ernst
from schemas.datum import format_datum
from schemas.tafel import Besluit, Termijn, Veldeis

_VELDEN = {
    Veldeis.ADVIES: "advies",
    Veldeis.REDEN: "reden",
    Veldeis.PARTNER: "partner",
    Veldeis.OVERLEG_OP: "datum van het volgende overleg",
}


# --- the row of a case ---


def refuse_not_on_agenda(plaats: str) -> Bevinding:
    """A code that this overleg does not discuss, or none at all."""
    return build_refusal(
        "casus-niet-op-agenda",
        plaats,
        "Deze casuscode staat niet op de agenda van dit overleg.",
        "Neem de codes ongewijzigd over; maak zo nodig een nieuw formulier met “overleg verbeter”.",
    )


def refuse_double(plaats: str) -> Bevinding:
    """Two rows that decide on one case."""
    return build_refusal(
        "casus-dubbel", plaats, "Deze casus staat meer dan eens op het formulier.", f"Houd één rij over {OPNIEUW}"
    )


def refuse_incomplete(plaats: str, besluit: Besluit, eis: Veldeis) -> Bevinding:
    """A decision without what belongs to it."""
    return build_refusal(
        "besluit-onvolledig",
        plaats,
        f"Bij het besluit “{besluit.label}” hoort een {_VELDEN[eis]}; dat vak is leeg.",
        f"Vul het vak in {OPNIEUW}",
    )


def refuse_forgotten(plaats: str, label: str) -> Bevinding:
    """Something that belongs to a decision, and no decision."""
    return build_refusal(
        "besluit-vergeten",
        plaats,
        f"Er is geen besluit aangeduid, maar bij “{label}” staat wel iets.",
        f"Kies een besluit, of maak de andere vakken van die rij leeg, {OPNIEUW}",
    )


def refuse_from_fase(plaats: str, besluit: Besluit, fase: str, toegelaten: Sequence[str]) -> Bevinding:
    """A decision that does not follow on the phase of the dossier."""
    keuze = ", ".join(f"“{label}”" for label in toegelaten) or "geen enkel besluit van dit overleg"
    return build_refusal(
        "besluit-niet-toegelaten",
        plaats,
        f"Dit besluit kan niet in de fase van dit dossier: “{besluit.label}” volgt niet op “{fase}”. "
        f"Wel mogelijk: {keuze}.",
        f"Kies een besluit dat wel kan, of laat de rij leeg, {OPNIEUW}",
    )


def refuse_overtaken(plaats: str) -> Bevinding:
    """A correction that comes too late: something else was built on the earlier decision."""
    return build_refusal(
        "besluit-ingehaald",
        plaats,
        "Over deze casus is na dit overleg al iets anders vastgelegd; het besluit kan niet meer vervangen worden.",
        f"Laat deze rij leeg {OPNIEUW} Geef de wijziging door op het volgende overleg.",
    )


def warn_undecided(plaats: str) -> Bevinding:
    """No decision: that is allowed."""
    return build_warning(
        "geen-besluit",
        plaats,
        "Er is geen besluit aangeduid; de casus blijft staan voor het volgende overleg.",
        "Is er toch beslist, maak dan met “overleg verbeter” een nieuw formulier en vul het besluit in.",
    )


def warn_open(plaats: str, label: str) -> Bevinding:
    """A question that the form asks after another answer."""
    return build_warning(
        "vraag-open",
        plaats,
        f"“{label}” is leeg, terwijl een ander antwoord in deze rij daarom vraagt.",
        "Zoek het op, en maak zo nodig een nieuw formulier.",
    )


def warn_nobody_present(plaats: str, label: str) -> Bevinding:
    """Nobody sat at the case, as far as the form says."""
    return build_warning(
        "aanwezigen-leeg",
        plaats,
        f"“{label}” is leeg; daardoor krijgt geen enkele partner deze casus in zijn verslag.",
        "Was er wel iemand aanwezig, maak dan een nieuw formulier en vul de aanwezigen in.",
    )


def tell_kept(plaats: str) -> Bevinding:
    """An empty row of a case that this overleg decided on before."""
    return Bevinding(
        code="besluit-blijft",
        plaats=plaats,
        melding="Deze rij is leeg; het eerdere besluit van dit overleg blijft staan.",
        remedie="",
        ernst=Ernst.INFO,
    )


def tell_replaced(plaats: str) -> Bevinding:
    """A corrected form."""
    return Bevinding(
        code="besluit-vervangen",
        plaats=plaats,
        melding="Dit besluit, met zijn afspraken en passages, vervangt wat een eerder formulier van dit overleg zei.",
        remedie="",
        ernst=Ernst.INFO,
    )


def warn_dropped(plaats: str, aantal: int) -> Bevinding:
    """To-do's or passages of the earlier form that the corrected one leaves out."""
    wat = "Eén afspraak of passage" if aantal == 1 else f"{aantal} afspraken of passages"
    staan = "staat" if aantal == 1 else "staan"
    return build_warning(
        "afspraken-vervallen",
        plaats,
        f"{wat} van het eerdere formulier {staan} niet meer op dit formulier; ze gelden niet meer.",
        "Was dat niet de bedoeling, maak dan een nieuw formulier en neem alle afspraken en passages over.",
    )


def warn_early(plaats: str, besluit: Besluit, termijn: Termijn, einde: dt.date) -> Bevinding:
    """A decision before its term is over (S0:26, S1:69)."""
    return build_warning(
        "besluit-te-vroeg",
        plaats,
        f"Het besluit “{besluit.label}” komt vroeger dan de termijn “{termijn.wat}”: die valt ten vroegste op "
        f"{format_datum(einde)}. Het besluit is wel overgenomen.",
        "Kijk na of de tafel dit zo besliste. Is dat niet zo, maak dan met “overleg verbeter” een nieuw formulier.",
    )


# --- names ---


def refuse_unsigned_present(plaats: str, label: str, naam: str, datum: dt.date) -> Bevinding:
    """At the table without having signed (S0:16)."""
    return build_refusal(
        "aanwezig-niet-ondertekend",
        plaats,
        f"Een ad-hocpartner zonder ondertekend protocol staat bij “{label}”: {naam}. "
        f"Op {format_datum(datum)} was het protocol niet ondertekend.",
        "Was het toen wel ondertekend, vul dan protocol_ondertekend_op in werkmap.toml in. "
        f"Haal de naam anders weg {OPNIEUW}",
    )


def refuse_unsigned_named(plaats: str, label: str, naam: str) -> Bevinding:
    """Who has to take the case over would not get the letter that says so."""
    return build_refusal(
        "opvolger-niet-ondertekend",
        plaats,
        f"Een ad-hocpartner zonder ondertekend protocol staat bij “{label}”: {naam}. Zonder ondertekening krijgt deze "
        "partner geen brief, en weet hij dus niet dat hij de casus opvolgt.",
        "Laat het protocol ondertekenen en vul protocol_ondertekend_op in werkmap.toml in, of noem een andere partner, "
        f"{OPNIEUW}",
    )


def refuse_unsigned_todo(plaats: str, naam: str) -> Bevinding:
    """A to-do for somebody who may not receive it."""
    return build_refusal(
        "afspraak-niet-ondertekend",
        plaats,
        f"Deze afspraak is voor een ad-hocpartner die het protocol niet ondertekende: {naam}.",
        "Laat het protocol ondertekenen en vul protocol_ondertekend_op in werkmap.toml in, of noem iemand anders, "
        f"{OPNIEUW}",
    )


def warn_unsigned_teller(plaats: str, label: str, naam: str) -> Bevinding:
    """Who has to tell the cliënt does not hear it from us."""
    return build_warning(
        "terugkoppeling-niet-ondertekend",
        plaats,
        f"{naam} staat bij “{label}”, maar ondertekende het protocol niet en krijgt daarom geen verslag.",
        "Laat het protocol ondertekenen en vul protocol_ondertekend_op in werkmap.toml in, of spreek af wie het doet.",
    )


def warn_absent(plaats: str, naam: str) -> Bevinding:
    """A to-do for somebody who was not there."""
    return build_warning(
        "afspraak-afwezige",
        plaats,
        f"{naam} krijgt een afspraak, maar staat niet bij de aanwezigen van deze casus.",
        "Kijk na of de aanwezigen kloppen, en breng deze partner zelf op de hoogte.",
    )


# --- the rows of to-do's and passages ---


def refuse_row_undecided(plaats: str) -> Bevinding:
    """A to-do or passage that would stand in no verslag."""
    return build_refusal(
        "casus-zonder-besluit",
        plaats,
        "Over deze casus is geen besluit aangeduid; deze rij zou daardoor in geen enkel verslag komen.",
        f"Duid het besluit over de casus aan, of maak deze rij leeg, {OPNIEUW}",
    )


def refuse_todo_incomplete(plaats: str, label: str) -> Bevinding:
    """A to-do without what or who."""
    return build_refusal(
        "afspraak-onvolledig", plaats, f"Bij deze afspraak is een vak leeg: “{label}”.", f"Vul het vak in {OPNIEUW}"
    )


def refuse_early(plaats: str, label: str, datum: dt.date) -> Bevinding:
    """A term that ended before the overleg."""
    return build_refusal(
        "datum-voor-overleg",
        plaats,
        f"De datum ligt voor die van het overleg zelf: “{label}”. Het overleg was op {format_datum(datum)}.",
        f"Verbeter de datum {OPNIEUW}",
    )


def refuse_passage_empty(plaats: str, label: str) -> Bevinding:
    """A passage without words."""
    return build_refusal(
        "passage-zonder-tekst",
        plaats,
        f"Bij deze passage staat geen tekst: “{label}” is leeg.",
        f"Schrijf de tekst op, of maak deze rij leeg, {OPNIEUW}",
    )


def warn_passage_unshared(plaats: str) -> Bevinding:
    """A passage that nobody receives."""
    return build_warning(
        "passage-niet-deelbaar",
        plaats,
        "Bij deze passage is niets aangekruist bij “Deelbaar met”; zij gaat naar niemand.",
        "Was dat niet de bedoeling, maak dan een nieuw formulier en kruis aan wie de passage krijgt.",
    )


# --- the rows of earlier to-do's ---


def refuse_no_status(plaats: str, label: str) -> Bevinding:
    """Words instead of a choice."""
    return refuse_unreadable(plaats, label, "dit is geen van de mogelijke keuzes")


def refuse_unknown_case(plaats: str, label: str) -> Bevinding:
    """A to-do of no dossier of ours."""
    return build_refusal(
        "opvolging-casus-onbekend",
        plaats,
        f"Bij “{label}” staat geen casuscode van een dossier in deze werkmap.",
        f"Maak in deze rij het vak met wat ervan geworden is leeg, {OPNIEUW}",
    )


def refuse_unknown_todo(plaats: str, label: str) -> Bevinding:
    """A number that no earlier to-do of that case has: it was changed on the form, or the to-do was withdrawn."""
    return build_refusal(
        "opvolging-afspraak-onbekend",
        plaats,
        f"Het nummer bij “{label}” hoort niet bij een eerdere afspraak van deze casus.",
        f"Maak in deze rij het vak met wat ervan geworden is leeg, {OPNIEUW}",
    )


def refuse_todo_double(plaats: str) -> Bevinding:
    """Two rows that say what became of one to-do."""
    return build_refusal(
        "opvolging-dubbel",
        plaats,
        "Over deze afspraak zegt een andere rij van dit formulier al wat ervan geworden is.",
        f"Houd één rij over {OPNIEUW}",
    )


def warn_todo_overtaken(plaats: str, datum: dt.date) -> Bevinding:
    """Something later is known about the to-do."""
    return build_warning(
        "opvolging-ingehaald",
        plaats,
        f"Over deze afspraak is op {format_datum(datum)}, na dit overleg, al iets anders gemeld; dat blijft staan.",
        "Klopt dat niet, maak dan een meldingsformulier voor deze casus en kies wat ervan geworden is.",
    )
