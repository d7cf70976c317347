"""One test on one aanmelding: voldaan, niet voldaan or onbeslist (Kleene), and what decided it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from schemas import kern
from schemas.aanmelding import Aanmelding, Antwoord, KeuzeWaarde, PartnersWaarde, Rij, Status
from schemas.criterium import AlsDan, Ingevuld, Is, IsEenVan, Leeftijd, Minstens, Rijen, Toets
from schemas.datum import count_years
from schemas.leeftijd import count_weken, is_ongeboren
from schemas.tafel import Rolsoort, Tafel
from schemas.tekst import normalise
from schemas.toetsing import Beslissend, Uitkomst

VOLDAAN, NIET_VOLDAAN, ONBESLIST = Uitkomst.VOLDAAN, Uitkomst.NIET_VOLDAAN, Uitkomst.ONBESLIST


@dataclass(frozen=True)
class Oordeel:
    """An outcome with the closed answers that decided it."""

    uitkomst: Uitkomst
    beslissend: tuple[Beslissend, ...] = ()


#: Gives (holds, closed answer to show), or None when this answer cannot tell.
Beslisser = Callable[[Antwoord], tuple[bool, str] | None]

_OPEN = Oordeel(ONBESLIST)

#: Roles that anybody may have: no partner of the table.
_GEEN_PARTNER = (Rolsoort.AANMELDER, Rolsoort.BETROKKENE)


@dataclass(frozen=True)
class Grond:
    """What tests look at: the aanmelding, the table, and the day on which ages are counted."""

    aanmelding: Aanmelding
    tafel: Tafel
    peildatum: dt.date
    rij: Rij | None = None  #: only what stands in this row counts

    def get_antwoorden(self, vraag_id: str) -> tuple[Antwoord, ...]:
        """Answers to a question; among betrokkenen only those of the people whom the case is about."""
        if self.rij is not None:
            return tuple(antwoord for antwoord in self.rij.antwoorden if antwoord.vraag == vraag_id)
        rubriek = vraag_id.split(".")[0]
        if rubriek != kern.ROL.split(".")[0]:
            return self.aanmelding.get_antwoorden(vraag_id)
        return tuple(a for rij in self.list_clienten() for a in rij.antwoorden if a.vraag == vraag_id)

    def list_clienten(self) -> list[Rij]:
        """The rows of betrokkenen that the case is about: the cliënt, or whom the table names instead."""
        rijen = self.aanmelding.get_rijen(kern.ROL.split(".")[0])
        return [rij for rij in rijen if (rol := rij.get("rol")) and rol.has_optie(*self.tafel.gaat_over)]

    def list_geboren(self, vraag_id: str) -> tuple[Antwoord, ...]:
        """The answers to a question that asks a birth date; of an unborn cliënt, when it is expected instead."""
        if vraag_id != kern.GEBOORTEDATUM:
            return self.get_antwoorden(vraag_id)
        clienten = [(rij, is_ongeboren(rij, self.peildatum)) for rij in self.list_clienten()]
        vragen = [(rij, kern.UITGEREKEND if ongeboren else vraag_id) for rij, ongeboren in clienten]
        return tuple(a for rij, vraag in vragen for a in rij.antwoorden if a.vraag == vraag)


def evaluate(toets: Toets, grond: Grond) -> Oordeel:
    """Evaluate a test with all tests within it."""
    samengesteld = _evaluate_compound(toets, grond)
    if samengesteld is not None:
        return samengesteld
    if toets.is_:
        return _evaluate_is(toets.is_, grond)
    if toets.is_een_van:
        return _evaluate_is_een_van(toets.is_een_van, grond)
    if toets.ingevuld:
        return _evaluate_ingevuld(toets.ingevuld, grond)
    if toets.minstens:
        return _evaluate_minstens(toets.minstens, grond)
    if toets.leeftijd:
        return _evaluate_leeftijd(toets.leeftijd, grond)
    return Oordeel(ONBESLIST)


def _evaluate_compound(toets: Toets, grond: Grond) -> Oordeel | None:
    if toets.alle is not None:
        return combine([evaluate(deel, grond) for deel in toets.alle], NIET_VOLDAAN, VOLDAAN)
    if toets.een_van is not None:
        return combine([evaluate(deel, grond) for deel in toets.een_van], VOLDAAN, NIET_VOLDAAN)
    if toets.niet is not None:
        oordeel = evaluate(toets.niet, grond)
        omgekeerd = {VOLDAAN: NIET_VOLDAAN, NIET_VOLDAAN: VOLDAAN, ONBESLIST: ONBESLIST}
        return Oordeel(omgekeerd[oordeel.uitkomst], oordeel.beslissend)
    if toets.rijen is not None:
        return _evaluate_rijen(toets.rijen, grond)
    return _evaluate_als_dan(toets.als_dan, grond) if toets.als_dan is not None else None


def combine(delen: Sequence[Oordeel], beslist: Uitkomst, anders: Uitkomst) -> Oordeel:
    """Kleene: one part that is `beslist` decides; else an undecided part leaves it open; else `anders`."""
    uitkomsten = {deel.uitkomst for deel in delen}
    uitkomst = beslist if beslist in uitkomsten else ONBESLIST if ONBESLIST in uitkomsten else anders
    return Oordeel(uitkomst, tuple(b for deel in delen if deel.uitkomst is uitkomst for b in deel.beslissend))


def _evaluate_als_dan(regel: AlsDan, grond: Grond) -> Oordeel:
    als = evaluate(regel.als, grond)
    if als.uitkomst is VOLDAAN:
        return evaluate(regel.dan, grond)
    anders = evaluate(regel.anders, grond) if regel.anders else Oordeel(VOLDAAN, als.beslissend)
    if als.uitkomst is NIET_VOLDAAN:
        return anders
    dan = evaluate(regel.dan, grond)
    return dan if dan.uitkomst is anders.uitkomst else Oordeel(ONBESLIST, als.beslissend)


def _evaluate_rijen(test: Rijen, grond: Grond) -> Oordeel:
    """Between so many rows that pass for certain, and so many that may: what is undecided leaves it open."""
    rijen = grond.aanmelding.get_rijen(test.rubriek)
    oordelen = [(_get_naam(rij, test.verschillend), evaluate(test.met, replace(grond, rij=rij))) for rij in rijen]
    geslaagd = [(naam, oordeel) for naam, oordeel in oordelen if oordeel.uitkomst is VOLDAAN]
    open_ = [oordeel for _, oordeel in oordelen if oordeel.uitkomst is ONBESLIST]
    namen = {naam for naam, _ in geslaagd if naam}
    naamloos = sum(1 for naam, _ in geslaagd if not naam)
    laagst = max(len(namen), min(naamloos, 1))
    uitkomst = _bound(test, laagst, len(namen) + naamloos + len(open_), bool(rijen))
    if uitkomst is ONBESLIST:
        return Oordeel(ONBESLIST, tuple(b for oordeel in open_ for b in oordeel.beslissend))
    tonen = [b for _, oordeel in (geslaagd or oordelen) for b in oordeel.beslissend][:1]
    return Oordeel(uitkomst, tuple(b.model_copy(update={"antwoord": f"{laagst} geteld"}) for b in tonen))


def _get_naam(rij: Rij, vraag_id: str | None) -> str:
    """What tells this row from others; "" when it does not say. Without such a question each row is another."""
    if vraag_id is None:
        return rij.id
    antwoord = rij.get(vraag_id.split(".")[1])
    return normalise(antwoord.format()) if antwoord is not None and antwoord.waarde is not None else ""


def _bound(test: Rijen, laagst: int, hoogst: int, met_rijen: bool) -> Uitkomst:
    """Between `laagst` and `hoogst` rows pass. Without a single row nobody has answered yet."""
    minstens, hoogstens = test.minstens or 0, test.hoogstens
    if not met_rijen and minstens:
        return ONBESLIST
    if hoogst < minstens or (hoogstens is not None and laagst > hoogstens):
        return NIET_VOLDAAN
    genoeg = laagst >= minstens and (hoogstens is None or hoogst <= hoogstens)
    return VOLDAAN if genoeg else ONBESLIST


def _evaluate_is(test: Is, grond: Grond) -> Oordeel:
    return _over_answers(test.vraag, grond, lambda a: _check_opties(a, (test.waarde,)))


def _evaluate_is_een_van(test: IsEenVan, grond: Grond) -> Oordeel:
    if test.lijst == "partners":
        vreemd = frozenset(grond.tafel.get_rollen_of_soort(*_GEEN_PARTNER))
        return _over_answers(test.vraag, grond, lambda a: _check_partner(a, vreemd))
    if test.lijst == "gemeenten":
        gemeenten = {normalise(gemeente) for gemeente in grond.tafel.gemeenten}
        return _over_answers(test.vraag, grond, lambda a: _check_gemeente(a, gemeenten))
    return _over_answers(test.vraag, grond, lambda a: _check_opties(a, test.waarden))


def _check_opties(antwoord: Antwoord, opties: tuple[str, ...]) -> tuple[bool, str]:
    """Shows the chosen labels of the closed list, and nothing of an answer that is not from such a list."""
    gesloten = isinstance(antwoord.waarde, KeuzeWaarde)
    return antwoord.has_optie(*opties), antwoord.format() if gesloten else Status.INGEVULD.value


def _check_partner(antwoord: Antwoord, vreemd: frozenset[str]) -> tuple[bool, str]:
    """`vreemd` are roles of the table that make nobody a partner, such as the aanmelder's."""
    bekend = isinstance(antwoord.waarde, PartnersWaarde) and not vreemd & set(antwoord.waarde.ids)
    return bekend, "een partner van de tafel" if bekend else "geen partner van de tafel"


def _check_gemeente(antwoord: Antwoord, gemeenten: set[str]) -> tuple[bool, str]:
    # People write their place of residence with its postcode.
    binnen = normalise(antwoord.format()).lstrip("0123456789 ") in gemeenten
    return binnen, "een gemeente van de regio" if binnen else "geen gemeente van de regio"


def _evaluate_leeftijd(test: Leeftijd, grond: Grond) -> Oordeel:
    def decide(antwoord: Antwoord) -> tuple[bool, str] | None:
        datum = antwoord.get_datum()
        if datum is None:
            return None
        if antwoord.vraag == kern.UITGEREKEND:
            return test.minstens is None, _describe_ongeboren(count_weken(datum, grond.peildatum))
        return _compare(test, count_years(datum, grond.peildatum))

    return _combine_answers(grond.list_geboren(test.vraag), decide)


def _compare(test: Leeftijd, jaren: int) -> tuple[bool, str]:
    if test.minstens is not None and jaren < test.minstens:
        return False, f"jonger dan {test.minstens} jaar"
    if test.jonger_dan is not None and jaren >= test.jonger_dan:
        return False, f"{test.jonger_dan} jaar of ouder"
    onder = f"{test.minstens} jaar of ouder" if test.minstens is not None else ""
    boven = f"jonger dan {test.jonger_dan} jaar" if test.jonger_dan is not None else ""
    return True, " en ".join(filter(None, (onder, boven)))


def _describe_ongeboren(weken: int) -> str:
    """How far away the birth is: that tells the table how much time there is."""
    if not weken:
        return "nog niet geboren; de uitgerekende datum is deze week of voorbij"
    return f"nog niet geboren, {weken} {'week' if weken == 1 else 'weken'} voor de uitgerekende datum"


def _over_answers(vraag: str, grond: Grond, decide: Beslisser) -> Oordeel:
    """All answers must hold; an unanswered one leaves it open."""
    return _combine_answers(grond.get_antwoorden(vraag), decide)


def _combine_answers(antwoorden: Sequence[Antwoord], decide: Beslisser) -> Oordeel:
    return combine([_decide_one(a, decide) for a in antwoorden], NIET_VOLDAAN, VOLDAAN) if antwoorden else _OPEN


def _decide_one(antwoord: Antwoord, decide: Beslisser) -> Oordeel:
    gevonden = decide(antwoord) if antwoord.status is Status.INGEVULD else None
    if gevonden is None:
        return Oordeel(ONBESLIST, (_show(antwoord, antwoord.status.value),))
    voldaan, tekst = gevonden
    return Oordeel(VOLDAAN if voldaan else NIET_VOLDAAN, (_show(antwoord, tekst),))


def _evaluate_ingevuld(test: Ingevuld, grond: Grond) -> Oordeel:
    return _over_answers(test.vraag, grond, lambda _: (True, Status.INGEVULD.value))


def _evaluate_minstens(test: Minstens, grond: Grond) -> Oordeel:
    """What is still open may yet be answered: then too few is not decided."""
    alle = grond.get_antwoorden(test.vraag)
    antwoorden = [a for a in alle if a.status is Status.INGEVULD]
    aantal = sum(len(a.waarde.opties) if isinstance(a.waarde, KeuzeWaarde) else 1 for a in antwoorden)
    open_ = [a for a in alle if a.status is not Status.INGEVULD]
    if aantal < test.aantal and (open_ or not alle):
        return Oordeel(ONBESLIST, tuple(_show(a, a.status.value) for a in open_))
    uitkomst = VOLDAAN if aantal >= test.aantal else NIET_VOLDAAN
    return Oordeel(uitkomst, (_show(antwoorden[0], f"{aantal} aangeduid"),))


def _show(antwoord: Antwoord, tekst: str) -> Beslissend:
    return Beslissend(vraag=antwoord.vraag, label=antwoord.label, plaats=antwoord.plaats, antwoord=tekst)
