"""Holds the free text of one copy against what is known of its cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.anoniembeeld import AnoniemBeeld, AnoniemePersoon, AnoniemVeld, Veldvorm
from schemas.base import Model
from schemas.deelbeeld import Deelbeeld, Doelblok, Planblok, Rijblok, Rubriekblok, Veld
from schemas.nazicht import Kennis, Nazicht, Nazichtantwoord, Nazichtvraag

from .opruimen import is_empty, tidy
from .passages import Lezing, inspect_passage
from .sleutels import make_sleutelbos
from .tekens import fold
from .velden import PLEKKEN, RIJEN, VELDEN, Veldsoort

_VOLGNUMMER = re.compile(r"\d+$")
_TE_LEZEN = (Veldsoort.VRIJ, Veldsoort.PRAKTISCH, Veldsoort.LABEL)
#: What holds nothing once its rows are gone.
_OMHULSELS = {Rijblok: ("velden",), Rubriekblok: ("velden", "rijen"), Doelblok: ("acties",), Planblok: ("doelen",)}


def _get_inhoud(deel: Model) -> tuple[str, ...]:
    return next((namen for soort, namen in _OMHULSELS.items() if isinstance(deel, soort)), ())


def inspect_beeld(beeld: Deelbeeld, kennis: Mapping[str, Kennis], antwoorden: Mapping[str, Nazichtantwoord]) -> Nazicht:
    """The copy as it may go out, and the questions that stop it. `kennis` goes by casuscode.

    A case of which nothing is known is read as strictly as an anonymous one.
    """
    keuring = _Keuring(beeld, kennis, antwoorden)
    gekeurd = keuring.inspect()
    if gekeurd is beeld or gekeurd is None:
        return Nazicht(beeld=gekeurd, vragen=tuple(keuring.vragen.values()))
    schoon = tidy(beeld, gekeurd, kennis)
    return Nazicht(beeld=None if is_empty(schoon) else schoon, vragen=tuple(keuring.vragen.values()))


@dataclass(frozen=True)
class _Plek:
    """Where we are in the copy."""

    code: str
    rubriek: str = ""


@dataclass
class _Keuring:
    """One copy on its way out."""

    beeld: Deelbeeld
    kennis: Mapping[str, Kennis]
    antwoorden: Mapping[str, Nazichtantwoord]
    vragen: dict[str, Nazichtvraag] = field(default_factory=dict)
    _lezingen: dict[str, Lezing] = field(default_factory=dict)
    _getoond: dict[str, set[str]] = field(default_factory=dict)

    @property
    def _is_anoniem(self) -> bool:
        return isinstance(self.beeld, AnoniemBeeld)

    def inspect(self) -> Deelbeeld | None:
        """The copy without what was kept out; the very same copy when nothing was."""
        plek = _Plek(self.beeld.kop.casuscode)
        # An anonymous copy shows nobody on purpose.
        for code, waarde in () if self._is_anoniem else self._iterate_shown(self.beeld, plek):
            self._getoond.setdefault(code, set()).add(fold(waarde))
        gekeurd = self._walk(self.beeld, plek)
        return gekeurd if isinstance(gekeurd, Deelbeeld) else None

    def _iterate_shown(self, deel: Model, plek: _Plek) -> Iterator[tuple[str, str]]:
        """What the copy says on purpose about people, with the case; "" for the reader himself."""
        plek = _enter(deel, plek)
        soorten = VELDEN[type(deel)]
        for naam in type(deel).model_fields:
            waarde = getattr(deel, naam)
            if soorten.get(naam) is Veldsoort.PERSOON and waarde:
                yield ("" if deel is self.beeld.ontvanger else plek.code), waarde
            for onderdeel in _list_models(waarde):
                yield from self._iterate_shown(onderdeel, plek)
        if isinstance(deel, Veld) and not self._is_vrij(deel, plek):
            yield plek.code, deel.waarde

    def _walk(self, deel: Model, plek: _Plek) -> Model | None:
        plek = _enter(deel, plek)
        nieuw: dict[str, object] = {}
        for naam in type(deel).model_fields:
            waarde = getattr(deel, naam)
            gelezen = self._read(deel, naam, waarde, plek)
            if gelezen is None and waarde is not None and isinstance(deel, RIJEN) and isinstance(waarde, str):
                return None
            if gelezen is not waarde:
                nieuw[naam] = "" if gelezen is None and isinstance(waarde, str) else gelezen
        if not nieuw:
            return deel
        over = deel.model_copy(update=nieuw)
        inhoud = _get_inhoud(deel)
        return None if inhoud and not any(getattr(over, naam) for naam in inhoud) else _renumber(over)

    def _read(self, deel: Model, naam: str, waarde: object, plek: _Plek) -> object:
        """The value as it may go out: the same object when nothing changed, None when it is kept out."""
        if isinstance(waarde, Model):
            return self._walk(waarde, plek)
        soort = VELDEN[type(deel)].get(naam, Veldsoort.GESLOTEN)
        if isinstance(waarde, str) and waarde and soort in _TE_LEZEN:
            if isinstance(deel, Veld) and not self._is_vrij(deel, plek):
                return waarde
            return self._read_passage(waarde, soort, self._describe(deel, naam, plek), plek.code)
        if not isinstance(waarde, tuple):
            return waarde
        delen = [self._read_item(deel, naam, item, soort, plek) for item in waarde]
        if all(nieuw is oud for nieuw, oud in zip(delen, waarde, strict=True)):
            return waarde
        return tuple(item for item in delen if item is not None)

    def _read_item(self, deel: Model, naam: str, item: object, soort: Veldsoort, plek: _Plek) -> object:
        if isinstance(item, Model):
            return self._walk(item, plek)
        if isinstance(item, str) and item and soort in _TE_LEZEN:
            return self._read_passage(item, soort, self._describe(deel, naam, plek), plek.code)
        return item

    def _read_passage(self, tekst: str, soort: Veldsoort, plaats: str, code: str) -> str | None:
        waar = f"{self.beeld.kop.titel}: {plaats}"
        adres_mag = soort is Veldsoort.PRAKTISCH
        uitslag = inspect_passage(tekst, waar, self._get_lezing(code), self.antwoorden, adres_mag=adres_mag)
        for vraag in uitslag.vragen:
            self.vragen.setdefault(vraag.id, vraag)
        return tekst if uitslag.tekst == tekst else uitslag.tekst

    def _get_lezing(self, code: str) -> Lezing:
        if code not in self._lezingen:
            kennis = self.kennis.get(code) or Kennis(casuscode=code, anoniem=True)
            getoond = frozenset(self._getoond.get(code, set()) | self._getoond.get("", set()))
            bekend = [identiteit for identiteit in kennis.identiteiten if fold(identiteit.waarde) in getoond]
            verborgen = [identiteit for identiteit in kennis.identiteiten if fold(identiteit.waarde) not in getoond]
            bos = make_sleutelbos(verborgen, bekend)
            self._lezingen[code] = Lezing(kennis, bos, getoond, self._is_anoniem)
        return self._lezingen[code]

    def _is_vrij(self, veld: Veld, plek: _Plek) -> bool:
        """An answer to a question that we do not know is free text."""
        if isinstance(veld, AnoniemVeld):
            return veld.vorm is Veldvorm.TEKST
        kennis = self.kennis.get(plek.code)
        velden = kennis.velden if kennis else ()
        return all(v.vrij for v in velden if (v.rubriek, v.label) == (plek.rubriek, veld.label))

    def _describe(self, deel: Model, naam: str, plek: _Plek) -> str:
        return f"{plek.rubriek}, {deel.label}" if isinstance(deel, Veld) else PLEKKEN[naam]


def _enter(deel: Model, plek: _Plek) -> _Plek:
    code = getattr(deel, "code", "") or getattr(deel, "casuscode", "") or plek.code
    if isinstance(deel, AnoniemePersoon):
        return _Plek(code, deel.rolwoord)
    return _Plek(code, deel.titel if isinstance(deel, Rubriekblok) else plek.rubriek)


def _list_models(waarde: object) -> list[Model]:
    if isinstance(waarde, Model):
        return [waarde]
    return [item for item in waarde if isinstance(item, Model)] if isinstance(waarde, tuple) else []


def _renumber(deel: Model) -> Model:
    """Rows and aims count what is left."""
    if isinstance(deel, Rubriekblok):
        rijen = tuple(
            rij.model_copy(update={"titel": _VOLGNUMMER.sub(str(nummer), rij.titel)})
            for nummer, rij in enumerate(deel.rijen, start=1)
        )
        return deel.model_copy(update={"rijen": rijen})
    if isinstance(deel, Planblok):
        doelen = (doel.model_copy(update={"nummer": nummer}) for nummer, doel in enumerate(deel.doelen, start=1))
        return deel.model_copy(update={"doelen": tuple(doelen)})
    return deel
