"""Lays a supplement over an aanmelding. What was given before is kept or replaced, never lost; no mark gets wider."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas import kern
from schemas.aanmelding import Aanmelding, Antwoord, IngevuldeRubriek, Rij, Status
from schemas.deling import Vlag
from schemas.tekst import normalise

from .clients import BETROKKENEN, list_clients

_BLANK = (Status.LEEG, Status.NIET_GEVONDEN)
#: What the first form said of itself: a supplement speaks here of the supplement. Ages count on that first date.
_KOP = frozenset({kern.SOORT, kern.CASUSCODE, kern.DATUM, kern.ANONIEM})


@dataclass
class Samenvoeger:
    """Merges one supplement. `vreemd`: by somebody else than the aanmelder, who adds but replaces nothing.

    `gaat_over` is as the table says. `geweigerd` gathers the labels of answers that were not taken over; `teruggenomen`
    tells that nobody may be searched for by name any more.
    """

    vreemd: bool = False
    gaat_over: tuple[str, ...] = ("client",)
    geweigerd: list[str] = field(default_factory=list)
    teruggenomen: bool = False

    def merge(self, oud: Aanmelding, nieuw: Aanmelding) -> Aanmelding:
        """Answers given anew replace, rows are matched by id or by what they say, others are added."""
        bekend = tuple(self._merge_rubriek(rubriek, nieuw.get_rubriek(rubriek.id)) for rubriek in oud.rubrieken)
        erbij = tuple(rubriek for rubriek in nieuw.rubrieken if oud.get_rubriek(rubriek.id) is None)
        samen = oud.model_copy(update={"rubrieken": (*bekend, *erbij)})
        return self._take_back_search(oud, samen, nieuw) if self.vreemd else samen

    def _take_back_search(self, oud: Aanmelding, samen: Aanmelding, nieuw: Aanmelding) -> Aanmelding:
        """The aanmelder said yes to searching for his cliënt, not for one that somebody else adds: ask him again."""
        zoeken, ook = samen.get(kern.ZOEKEN), nieuw.get(kern.ZOEKEN)
        erbij = len(list_clients(samen, self.gaat_over)) > len(list_clients(oud, self.gaat_over))
        if zoeken is None or not erbij or (ook is not None and ook.has_optie(kern.ZOEKEN_JA)):
            return samen
        rubrieken = []
        for rubriek in samen.rubrieken:
            antwoorden = [_clear(a) if a.vraag == kern.ZOEKEN else a for a in rubriek.antwoorden]
            rubrieken.append(rubriek.model_copy(update={"antwoorden": tuple(antwoorden)}))
        self.teruggenomen = zoeken.has_optie(kern.ZOEKEN_JA)
        return samen.model_copy(update={"rubrieken": tuple(rubrieken)})

    def _merge_rubriek(self, oud: IngevuldeRubriek, nieuw: IngevuldeRubriek | None) -> IngevuldeRubriek:
        if nieuw is None:
            return oud
        rijen = list(oud.rijen)
        for rij in nieuw.rijen:
            plek = _find_row(rij, rijen, oud.id)
            if plek is None:
                rijen.append(rij)
            else:
                antwoorden = self._merge_antwoorden(rijen[plek].antwoorden, rij.antwoorden)
                rijen[plek] = rijen[plek].model_copy(update={"antwoorden": antwoorden})
        antwoorden = self._merge_antwoorden(oud.antwoorden, nieuw.antwoorden)
        return oud.model_copy(update={"antwoorden": antwoorden, "rijen": tuple(rijen)})

    def _merge_antwoorden(self, oud: tuple[Antwoord, ...], nieuw: tuple[Antwoord, ...]) -> tuple[Antwoord, ...]:
        gegeven = {antwoord.vraag: antwoord for antwoord in nieuw}
        uitgesloten = frozenset(naam for antwoord in nieuw for naam in antwoord.vlag.niet_voor)
        samen = [self._merge_antwoord(antwoord, gegeven.pop(antwoord.vraag, None)) for antwoord in oud]
        return tuple(_exclude(antwoord, uitgesloten) for antwoord in (*samen, *gegeven.values()))

    def _merge_antwoord(self, oud: Antwoord, nieuw: Antwoord | None) -> Antwoord:
        if nieuw is None or (nieuw.status in _BLANK and not nieuw.bezwaar):
            return oud
        if oud.status is Status.INGEVULD and oud.vraag in _KOP:
            return oud
        if self.vreemd and (oud.status is Status.INGEVULD or oud.vraag == kern.ZOEKEN):
            return self._refuse(oud, nieuw)  # only the aanmelder changes what he said, or releases the name
        if nieuw.status in _BLANK and oud.status not in _BLANK:
            return oud.model_copy(update={"bezwaar": nieuw.bezwaar})  # what cannot be used takes nothing away
        return nieuw.model_copy(update={"vlag": narrow_vlag(nieuw.vlag, oud.vlag)})

    def _refuse(self, oud: Antwoord, nieuw: Antwoord) -> Antwoord:
        if nieuw.format() != oud.format():
            self.geweigerd.append(nieuw.label)
        return oud


def narrow_vlag(nieuw: Vlag, oud: Vlag) -> Vlag:
    """The new mark, narrowed by whatever narrowed the old one: who was kept out before stays out."""
    niet = nieuw.niet_voor | oud.niet_voor
    if not oud.enkel_voor:
        return nieuw.model_copy(update={"niet_voor": niet})
    enkel = (nieuw.enkel_voor & oud.enkel_voor) if nieuw.enkel_voor else oud.enkel_voor
    if not enkel:
        return Vlag(niet_voor=niet)
    return nieuw.model_copy(update={"niet_voor": niet, "enkel_voor": enkel})


def _clear(antwoord: Antwoord) -> Antwoord:
    return antwoord.model_copy(update={"status": Status.LEEG, "waarde": None})


def _exclude(antwoord: Antwoord, uitgesloten: frozenset[str]) -> Antwoord:
    """A later form may exclude somebody from what was shared before."""
    if uitgesloten <= antwoord.vlag.niet_voor:
        return antwoord
    vlag = antwoord.vlag.model_copy(update={"niet_voor": antwoord.vlag.niet_voor | uitgesloten})
    return antwoord.model_copy(update={"vlag": vlag})


def _find_row(rij: Rij, rijen: list[Rij], rubriek: str) -> int | None:
    """The row that this one speaks of: by id, else one that says the same, else the same person."""
    for is_same in (_has_same_id, _says_same, *((_is_same_person,) if rubriek == BETROKKENEN else ())):
        gevonden = [plek for plek, oude in enumerate(rijen) if is_same(rij, oude)]
        if len(gevonden) == 1:
            return gevonden[0]
    return None


def _has_same_id(een: Rij, ander: Rij) -> bool:
    return een.id == ander.id


def _says_same(een: Rij, ander: Rij) -> bool:
    """Whoever sends the whole form again as a supplement does not mean each row twice."""
    return _list_said(een) == _list_said(ander)


def _list_said(rij: Rij) -> set[tuple[str, str]]:
    return {(a.vraag, normalise(a.format())) for a in rij.antwoorden if a.format()}


def _is_same_person(een: Rij, ander: Rij) -> bool:
    naam = normalise(een.get_tekst("naam"))
    if not naam or naam != normalise(ander.get_tekst("naam")):
        return False
    geboren = een.get_tekst("geboortedatum"), ander.get_tekst("geboortedatum")
    return all(geboren) and geboren[0] == geboren[1]
