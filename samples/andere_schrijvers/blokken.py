"""What stands on a form, apart from how anybody writes it: blocks of questions with their options and answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.formulier import Rubriek, Rubriekvorm, Vraag, Vraagsoort
from schemas.tafeldata import Tafeldata


@dataclass(frozen=True)
class Veld:
    """A question. With options `gekozen` holds the chosen ones, else its only text is what was typed."""

    label: str
    aliassen: tuple[str, ...]
    opties: tuple[str, ...]
    gekozen: tuple[str, ...]
    meer: bool = False  #: several options may be ticked

    @property
    def tekst(self) -> str:
        """What was typed or chosen; where several may be chosen, with a cross before each."""
        return "   ".join(f"[x] {optie}" for optie in self.gekozen) if self.meer else "".join(self.gekozen)


@dataclass(frozen=True)
class Blok:
    """A rubriek, or one row of it."""

    rubriek: str
    titel: str
    velden: tuple[Veld, ...]


def list_blokken(data: Tafeldata, invulling: Mapping[str, Any]) -> list[Blok]:
    """The blocks of the table's own form, in its order, filled in."""
    blokken = []
    for rubriek in data.get_aanmeldformulier().rubrieken:
        inhoud = invulling[rubriek.id]
        for antwoorden in inhoud if rubriek.vorm is Rubriekvorm.RIJEN else [inhoud]:
            titel = rubriek.rijnaam if rubriek.vorm is Rubriekvorm.RIJEN else rubriek.titel
            blokken.append(Blok(rubriek.id, titel, tuple(_list_velden(data, rubriek, antwoorden))))
    return blokken


def _list_velden(data: Tafeldata, rubriek: Rubriek, antwoorden: Mapping[str, Any]) -> Iterator[Veld]:
    for vraag in rubriek.vragen:
        waarde = antwoorden.get(vraag.veld, "")
        meer = vraag.soort is Vraagsoort.MEERKEUZE
        gekozen = _label_options(vraag, waarde) if meer else (waarde,) if waarde else ()
        yield Veld(vraag.label, vraag.aliassen, tuple(o.label for o in vraag.opties), gekozen, meer)
    if rubriek.vlaggen:
        groepen = {groep.id: groep.label for groep in data.deling.doelgroepen}
        aan = tuple(groepen[groep] for groep in antwoorden.get("deelbaar", ()))
        yield Veld("Deelbaar met", ("Delen met",), tuple(groepen.values()), aan, meer=True)
        for naam, label in (("enkel_voor", "Enkel voor"), ("niet_voor", "Niet voor")):
            yield Veld(label, (label,), (), (antwoorden[naam],) if naam in antwoorden else ())


def _label_options(vraag: Vraag, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(optie.label for optie in vraag.opties if optie.id in ids)
