"""Check an aanmelding against the table's criteria. Never ends in "toegelaten": weighing is people's work."""

from __future__ import annotations

import datetime as dt

from schemas import kern
from schemas.aanmelding import Aanmelding
from schemas.criterium import Criterium, Gevolg, Klasse
from schemas.tafeldata import Tafeldata
from schemas.toetsing import CriteriumUitkomst, Eindoordeel, OpenVraag, Toetsing, Uitkomst

from .afscherming import note_afscherming
from .evaluate import Grond, evaluate
from .missing import list_ontbrekend

__all__ = ["check_aanmelding", "note_afscherming"]


def check_aanmelding(aanmelding: Aanmelding, data: Tafeldata, ontvangen_op: dt.date) -> Toetsing:
    """Evaluate all criteria in force on the day the aanmelding was received.

    Ages count on the aanmelding's own date, else on that day. The criteria do not go by that date: whoever mistypes
    its year would be held to none of them.
    """
    datum = aanmelding.get(kern.DATUM)
    peildatum = (datum.get_datum() if datum else None) or ontvangen_op
    grond = Grond(aanmelding, data.tafel, peildatum)
    criteria = tuple(_check_criterium(criterium, grond) for criterium in data.get_criteria(ontvangen_op))
    onbeslist = frozenset((b.vraag, b.plaats) for c in criteria if _is_open(c) for b in c.beslissend)
    formulier = data.get_formulier(aanmelding.formulier) or data.get_aanmeldformulier()
    ontbrekend = list_ontbrekend(aanmelding, formulier, data.tafel.gaat_over, onbeslist)
    eindoordeel = _conclude(criteria, ontbrekend)
    klaar = eindoordeel is Eindoordeel.KLAAR_VOOR_TRIAGE
    oordeel = f"klaar voor {data.tafel.klaar_voor}" if klaar else eindoordeel.value
    return Toetsing(eindoordeel=eindoordeel, oordeel=oordeel, criteria=criteria, ontbrekend=ontbrekend)


def _check_criterium(criterium: Criterium, grond: Grond) -> CriteriumUitkomst:
    oordeel = evaluate(criterium.toets, grond)
    return CriteriumUitkomst(
        criterium=criterium.id,
        kort=criterium.kort,
        tekst=criterium.tekst,
        bron=criterium.bron,
        klasse=criterium.klasse,
        gevolg=criterium.gevolg,
        uitkomst=oordeel.uitkomst,
        beslissend=oordeel.beslissend,
        weegvragen=tuple(weging.vraag_aan_tafel for weging in criterium.toets.get_wegingen()),
    )


def _is_open(criterium: CriteriumUitkomst) -> bool:
    """Undecided although a form could have decided it."""
    return (
        criterium.uitkomst is Uitkomst.ONBESLIST
        and criterium.klasse is not Klasse.OORDEEL
        and criterium.gevolg is not Gevolg.MELDING
    )


def _conclude(criteria: tuple[CriteriumUitkomst, ...], ontbrekend: tuple[OpenVraag, ...]) -> Eindoordeel:
    niet_voldaan = {c.gevolg for c in criteria if c.uitkomst is Uitkomst.NIET_VOLDAAN}
    if Gevolg.NIET_ONTVANKELIJK in niet_voldaan:
        return Eindoordeel.NIET_ONTVANKELIJK
    if ontbrekend or any(_is_open(c) for c in criteria):
        return Eindoordeel.ONVOLLEDIG
    # Without a single criterium nothing was checked, and nobody should think that something was.
    aandacht = Gevolg.AANDACHT in niet_voldaan or not criteria
    return Eindoordeel.AANDACHT if aandacht else Eindoordeel.KLAAR_VOOR_TRIAGE
