"""Finding a betrokkene by name in the dossiers, and telling what is about that person from what is about others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import GebruikFout
from pipeline.settings import Settings
from schemas import kern
from schemas.aanmelding import Antwoord, IngevuldeRubriek, Rij
from schemas.dossier import Dossier
from schemas.tekst import normalise
from schemas.uitsluiting import find_uitsluiting

PERSONEN, _NAAM = kern.NAAM.split(".")
_ROL, _GEBOREN = kern.ROL.split(".")[1], kern.GEBOORTEDATUM.split(".")[1]
_LETTERS = 3  # a shorter piece of a name is an everyday word too often


@dataclass(frozen=True)
class Betrokkene:
    """One person in one case. `rij` is None in the anonymous case that came before the one in which he is named."""

    dossier: Dossier
    rij: Rij | None
    gaat_over: tuple[str, ...]

    @property
    def is_client(self) -> bool:
        """Whether the case itself is about this person, and what it says of it may be told as about him.

        Where a case is about several kinds of people, it is about others as well: of that nothing is taken over.
        """
        if self.rij is None:
            return True
        if len(self.gaat_over) > 1 and sum(map(self._is_hoofdpersoon, self.dossier.aanmelding.get_rijen(PERSONEN))) > 1:
            return False
        return self._is_hoofdpersoon(self.rij)

    def _is_hoofdpersoon(self, rij: Rij) -> bool:
        rol = rij.get(_ROL)
        return rol is not None and rol.has_optie(*self.gaat_over)

    def list_others(self) -> frozenset[str]:
        """Pieces of all names on the forms that are not this person's own, folded."""
        alle = {deel for naam in _list_names(self.dossier) for deel in normalise(naam).split()}
        eigen = set(normalise(self.rij.get_tekst(_NAAM)).split()) if self.rij is not None else set()
        return frozenset(deel for deel in alle - eigen if len(deel) >= _LETTERS)


def find_betrokkene(
    dossiers: Sequence[Dossier],
    naam: str,
    gaat_over: tuple[str, ...],
    *,
    casus: str = "",
    geboren: dt.date | None = None,
) -> tuple[Betrokkene, ...]:
    """The person, with the anonymous case that came before. Raises GebruikFout when it is nobody, or not one.

    `gaat_over`: the roles of the people whom a case of this table is about.

    No message names anybody who was not asked for.
    """
    code = casus.strip().upper()
    gevonden = [(d, r) for d in dossiers if code in ("", d.code) for r in _find_rows(d, naam, geboren)]
    if not gevonden:
        raise GebruikFout(*_describe_nobody(dossiers, code))
    codes = list(dict.fromkeys(dossier.code for dossier, _ in gevonden))
    if len(codes) > 1:
        raise GebruikFout(
            f"Die naam staat in meer dan één casus: {', '.join(codes)}.",
            f"Kies er een met --casus {codes[0]}, en doe dit voor elke casus die over deze persoon gaat.",
        )
    if len(gevonden) > 1:
        raise GebruikFout(
            f"In casus {codes[0]} staan {len(gevonden)} betrokkenen met die naam.",
            "Geef met --geboren ook de geboortedatum van de persoon.",
        )
    eigen = Betrokkene(*gevonden[0], gaat_over)
    eerder = next((d for d in dossiers if d.code == eigen.dossier.eerdere_code), None)
    return (eigen, Betrokkene(eerder, None, gaat_over)) if eerder is not None and eigen.is_client else (eigen,)


def check_may_know(personen: Iterable[Betrokkene], settings: Settings) -> None:
    """Raises GebruikFout for somebody who may not know of the case: asking is no reason to tell (S4:81)."""
    for persoon in personen:
        uitsluiting = find_uitsluiting(persoon.dossier, settings.data.tafel, settings.werkmap, settings.vandaag)
        if persoon.rij is not None and normalise(persoon.rij.get_tekst(_NAAM)) in uitsluiting.personen:
            raise GebruikFout(
                f"Deze persoon mag nu niet weten dat casus {persoon.dossier.code} er is. Er wordt geen inzage gemaakt.",
                "Met “overleg bekijk” ziet u waarom, en wat dat beëindigt. Een vraag om inzage beantwoordt u dan zelf, "
                "met wie bij u over gegevensbescherming gaat.",
            )


def _find_rows(dossier: Dossier, naam: str, geboren: dt.date | None) -> Iterator[Rij]:
    for rij in dossier.aanmelding.get_rijen(PERSONEN):
        datum = rij.get(_GEBOREN)
        past = geboren is None or (datum is not None and datum.get_datum() == geboren)
        if past and normalise(naam) and normalise(rij.get_tekst(_NAAM)) == normalise(naam):
            yield rij


def _describe_nobody(dossiers: Iterable[Dossier], code: str) -> tuple[str, str]:
    if code and code not in {dossier.code for dossier in dossiers}:
        return f"Er is geen casus {code} in deze werkmap.", "Kijk de casuscode na met “overleg bekijk”."
    waar = f"In casus {code} staat" if code else "In deze werkmap staat"
    return (
        f"{waar} geen betrokkene met die naam.",
        "Schrijf de naam zoals op het aanmeldformulier. In een anonieme casus staan geen namen.",
    )


def _list_names(dossier: Dossier) -> list[str]:
    antwoorden = (a for vraag in (kern.NAAM, kern.AANMELDER_NAAM) for a in dossier.aanmelding.get_antwoorden(vraag))
    return [antwoord.format() for antwoord in antwoorden if antwoord.waarde is not None]


def names_other(tekst: str, anderen: frozenset[str]) -> bool:
    """Whether a piece of somebody else's name stands in this text, however it is written or inflected."""
    woorden = normalise(tekst).split()
    return any(woord == deel or woord == f"{deel}s" for woord in woorden for deel in anderen)


def list_own_rubrieken(dossier: Dossier) -> tuple[IngevuldeRubriek, ...]:
    """The single questions about the cliënt: everything but persons, the aanmelder and information from others."""
    niet = {PERSONEN, kern.AANMELDER_NAAM.split(".")[0], kern.INFO_TEKST.split(".")[0], kern.SOORT.split(".")[0]}
    return tuple(rubriek for rubriek in dossier.aanmelding.rubrieken if rubriek.id not in niet)


def list_informatie(dossier: Dossier) -> tuple[Rij, ...]:
    """All pieces of information, from the aanmelding and from partners."""
    rubriek = kern.INFO_TEKST.split(".")[0]
    return tuple(rij for r in dossier.list_rubrieken() if r.id == rubriek for rij in r.rijen)


def iterate_answered(antwoorden: Iterable[Antwoord]) -> Iterator[Antwoord]:
    """Those that hold something."""
    return (antwoord for antwoord in antwoorden if antwoord.format())
