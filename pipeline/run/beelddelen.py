"""A Deelbeeld as a list of values, each with the reason why its recipient may see it. Reads nothing but the Deelbeeld.

Fields are walked by their names, so that a new one is shown too; a name that is not known here is its own label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from pydantic import BaseModel

from pipeline.run.zicht import Zichtdeel, Zichtwaarde
from schemas.deelbeeld import Casusblok, Deelbeeld, Veld
from schemas.deling import Deling, Feit

#: What makes it a document of this table, not what it tells of a case.
_OMLIJSTING = frozenset(
    {"documentsoort", "sjabloon", "sleutel", "bestandsnaam", "ontvanger", "kop", "ontmoeting", "verantwoording"}
    | {"opzoeken", "stellingen", "cijfers", "verzending", "vorm"}
)
_CODES = ("code", "casuscode")
#: Goes by what a person ticked at the rubriek or the row.
_AANGEKRUIST = frozenset({"personen", "rubrieken", "feiten", "inschattingen", "doelen", "mededelingen"})
_FEITEN = MappingProxyType(
    {
        "uitkomst": Feit.CRITERIA,
        "bewaren_tot": Feit.BEWAREN,
        **{feit.value: feit for feit in Feit},
    }
)
#: Inside these blocks everything goes by the block's own release, but for what has one of its own.
_EIGEN_GROND = frozenset({"afspraken", "passages", "rolverdeling"})
_OP_AGENDA = "de casus staat op de agenda die deze ontvanger krijgt"
_HOORT_BIJ = "hoort bij dit document"
_LABELS = MappingProxyType(
    {
        "casussen": "Casus",
        "soort": "op de agenda als",
        "identiteit": "Naam en geboortedatum",
        "personen": "Over wie het gaat",
        "rolwoord": "wie",
        "instemming": "Informeren en instemming",
        "uitkomst": "Uitkomst van de toetsing",
        "ontbrekend": "Ontbrekende gegevens",
        "verslag": "Verslag",
        "partner": "wie verder opvolgt",
        "passages": "Passages die buiten het overleg gebruikt mogen worden",
        "plan": "Plan van aanpak",
        "doelen": "Doelstellingen en acties",
        "bewaren_tot": "Bewaren tot",
        "rolverdeling": "Rollen in dit dossier",
        "deelnemers": "wie erbij mag zijn",
        "geinformeerd": "cliënt geïnformeerd",
        "stemt_in": "cliënt stemt in",
        "onveiligheid": "mate van onveiligheid",
        "terugkoppeling": "terugkoppeling aan de cliënt",
        "terugkoppeling_wie": "wie koppelt terug",
        "terugkoppeling_hoe": "hoe",
        "alineas": "tekst",
        "label": "wat",
    }
)


def is_about(beeld: Deelbeeld, code: str) -> bool:
    """Whether this copy holds anything about this case."""
    return code in list_about(beeld)


def list_about(beeld: Deelbeeld) -> frozenset[str]:
    """The codes of all cases of which this copy holds anything."""
    eigen = beeld.kop.casuscode
    items = (item for veld in _list_velden(beeld) for item in _list_items(beeld, veld))
    return frozenset({eigen, *(_get_code(item) or eigen for item in items)} - {""})


def read_beeld(beeld: Deelbeeld, code: str, deling: Deling) -> tuple[Zichtdeel, ...]:
    """All that this copy tells its recipient of this case, in the order of the document."""
    lezer = _Lezer(beeld, code, deling)
    return tuple(deel for veld in _list_velden(beeld) for deel in lezer.read(veld) if deel.waarden)


def _list_velden(beeld: Deelbeeld) -> list[str]:
    return [veld for veld in type(beeld).model_fields if veld not in _OMLIJSTING]


def _list_own(beeld: Deelbeeld, veld: str, code: str) -> tuple[object, ...]:
    """What stands in this field about this case; what names no case is that of the letter."""
    return tuple(item for item in _list_items(beeld, veld) if (_get_code(item) or beeld.kop.casuscode) == code)


def _list_items(beeld: Deelbeeld, veld: str) -> tuple[object, ...]:
    waarde = getattr(beeld, veld)
    return tuple(item for item in (waarde if isinstance(waarde, tuple) else (waarde,)) if item)


def _get_code(item: object) -> str:
    return next((str(getattr(item, naam)) for naam in _CODES if hasattr(item, naam)), "")


class _Lezer:
    def __init__(self, beeld: Deelbeeld, code: str, deling: Deling) -> None:
        self._beeld, self._code, self._deling = beeld, code, deling

    def read(self, veld: str) -> Iterator[Zichtdeel]:
        eigen = _list_own(self._beeld, veld, self._code)
        blokken = [item for item in eigen if isinstance(item, BaseModel) and _has_parts(item)]
        for blok in blokken:
            yield from self._read_block(veld, blok)
        los = [item for item in eigen if item not in blokken]
        yield self._build(veld, _label(veld), los)

    def _read_block(self, veld: str, blok: BaseModel) -> Iterator[Zichtdeel]:
        """Its parts with a ground of their own apart; all the rest together."""
        apart = {naam for naam in type(blok).model_fields if self._has_own_ground(blok, naam)}
        weg = apart | set(_CODES)
        rest = [regel for naam, waarde in blok if naam not in weg for regel in _iterate(_label(naam), waarde)]
        yield Zichtdeel(titel=_label(veld), waarom=self._explain(veld), waarden=tuple(rest))
        for naam in (naam for naam in type(blok).model_fields if naam in apart):
            waarde = getattr(blok, naam)
            getiteld = waarde if isinstance(waarde, tuple) and naam == "rubrieken" else ()
            for rubriek in getiteld:
                yield self._build(naam, rubriek.titel, (*rubriek.velden, *rubriek.rijen))
            if not getiteld:
                yield self._build(naam, _label(naam), waarde if isinstance(waarde, tuple) else (waarde,))

    def _has_own_ground(self, blok: BaseModel, naam: str) -> bool:
        if naam in _AANGEKRUIST or naam in _EIGEN_GROND:
            return True
        return isinstance(blok, Casusblok) and naam in _FEITEN

    def _build(self, veld: str, titel: str, waarden: Iterable[object]) -> Zichtdeel:
        return Zichtdeel(
            titel=titel,
            waarom=self._explain(veld),
            waarden=tuple(regel for waarde in waarden for regel in _iterate("", waarde)),
            aangekruist=veld in _AANGEKRUIST,
        )

    def _explain(self, veld: str) -> str:
        if veld in _AANGEKRUIST:
            return self._describe_flag()
        if veld == "casussen":
            return _OP_AGENDA
        feit = _FEITEN.get(veld)
        if feit is None:
            return _HOORT_BIJ
        genoteerd = [g.grond for g in self._beeld.verantwoording if (g.casuscode, g.veld) == (self._code, feit.value)]
        return next(iter(genoteerd), self._deling.get_grond(feit, self._beeld.documentsoort)) or _HOORT_BIJ

    def _describe_flag(self) -> str:
        regel = self._deling.get_deelregel(self._beeld.documentsoort)
        mijn = self._deling.get_doelgroepen(self._beeld.ontvanger.rollen)
        labels = [g.label for g in self._deling.doelgroepen if regel and g.id in mijn and g.id in regel.doelgroepen]
        ook = [g.label for g in self._deling.doelgroepen if regel and g.id in regel.ook_voor and g.label not in labels]
        return " en ook: ".join(filter(None, (f"aangekruist: {' of '.join(labels)}", " en ".join(ook))))


def _has_parts(blok: BaseModel) -> bool:
    """Whether it holds more than one line of text."""
    return any(isinstance(waarde, tuple | BaseModel) for _, waarde in blok)


def _label(naam: str) -> str:
    return _LABELS.get(naam) or naam.replace("_", " ").capitalize()


def _iterate(label: str, waarde: object) -> Iterator[Zichtwaarde]:
    """Every text in it, with the label under which it stands; numbers only count what this reader sees."""
    if isinstance(waarde, str):
        if waarde:
            yield Zichtwaarde(label=label, waarde=waarde)
    elif isinstance(waarde, Veld):
        yield Zichtwaarde(label=", ".join(filter(None, (label, waarde.label))), waarde=waarde.waarde)
    elif isinstance(waarde, BaseModel):
        yield from _iterate_model(label, waarde)
    elif isinstance(waarde, tuple):
        for item in waarde:
            yield from _iterate(label, item)


def _iterate_model(label: str, blok: BaseModel) -> Iterator[Zichtwaarde]:
    """Its own texts on one line, what it holds on lines of their own."""
    titel = str(getattr(blok, "titel", ""))
    label = ", ".join(filter(None, (label, titel)))
    teksten = [(n, w) for n, w in blok if isinstance(w, str) and w and n not in (*_CODES, "titel")]
    if teksten:
        yield Zichtwaarde(label=label, waarde=_join(teksten))
    for _, waarde in blok:
        if not isinstance(waarde, str):
            yield from _iterate(label, waarde)


def _join(teksten: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{_label(naam).lower()}: {tekst}" for naam, tekst in teksten)
