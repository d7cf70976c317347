"""Any template of the dialect with data that are no Deelbeeld: to try a template out, or for a letter of one's own.

The same gates as for a document of a table, and two more: nothing is known of the data, so what loops and texts may
grow to has a bound.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from jinja2 import ChainableUndefined, TemplateRuntimeError, Undefined, meta, nodes

from pipeline.errors import ConfiguratieFout
from pipeline.render.compiled import read_source
from pipeline.render.context import Controle, make_plain
from pipeline.render.engine import compile_template, fill_template
from pipeline.render.package import CORE, build_core, list_members
from pipeline.render.rows import mark_rows
from pipeline.render.sandbox import Zandbak, print_value
from pipeline.render.template import clean_template, list_parts

MAX_HERHALINGEN = 1_000_000
MAX_TEKENS = 100_000_000
_TAAL = "nl-BE"
_REMEDIE = "Verbeter deze waarde in het gegevensbestand."
_TEL, _MEET = "_tel", "_meet"


def render_data(
    naam: str, sjabloon: bytes, gegevens: Mapping[str, object], *, soepel: bool, rijen_heel: bool = False
) -> bytes:
    """Fill a template.

    Args:
        naam: the name of the template in messages.
        sjabloon: the .docx, in docxtpl's dialect.
        gegevens: what its tags may use: text, numbers, truth, None, lists and dicts.
        soepel: print nothing for a name that the data do not have, and pass over what no tag uses.
        rijen_heel: keep rows of tables that surely fit on a page in one piece.

    Raises:
        PoortFout: a value holds a character that a Word document cannot hold; names field and position.
        ConfiguratieFout: the template or its fit with the data is at fault; lists all faults.

    """
    waarden = check_data(naam, gegevens)
    document = clean_template(naam, sjabloon)
    if rijen_heel:
        mark_rows(document)
    taal = read_language(document)
    leden = list_members(document, naam, taal)
    omgeving = Datazandbak(soepel=soepel)
    klaar = compile_template(naam, document, leden, omgeving, None if soepel else frozenset(gegevens))
    if not soepel:
        refuse_unused(naam, gegevens, list_names(document, leden))
    return fill_template(naam, klaar, waarden, {CORE: build_core("", "", taal)})


def check_data(naam: str, gegevens: Mapping[str, object]) -> dict[str, object]:
    """Copy the data, each text checked. Raises PoortFout for a character that no Word document can hold."""
    controle = Controle(f"Document '{naam}'", _REMEDIE)
    return {sleutel: make_plain(waarde, sleutel, controle) for sleutel, waarde in gegevens.items()}


class _Leeg(ChainableUndefined):
    """A name that the data do not have prints nothing, nor does anything of it."""

    __slots__ = ()


class Datazandbak(Zandbak):
    """The sandbox with numbers and a bound on what is repeated and printed; good for one document."""

    def __init__(self, *, soepel: bool) -> None:
        super().__init__()
        self._soepel = soepel
        self._herhaald = self._geprint = 0
        self.finalize = self.print
        self.filters |= {_TEL: self._count, _MEET: self._measure}
        if soepel:
            self.undefined = _Leeg

    def bound(self, boom: nodes.Template) -> None:
        """Put a count on each loop of a checked template, and a measure on each name that it fills."""
        for lus in boom.find_all(nodes.For):
            lus.iter = nodes.Filter(lus.iter, _TEL, [], [], None, None, lineno=lus.lineno)
        for toewijzing in boom.find_all(nodes.Assign):
            toewijzing.node = nodes.Filter(toewijzing.node, _MEET, [], [], None, None, lineno=toewijzing.lineno)

    def spend(self, tekst: str) -> str:
        """Count what is printed. Raises TemplateRuntimeError when the document grows over its bound."""
        self._geprint += len(tekst)
        return str(self._measure(tekst, self._geprint))

    def print(self, waarde: object) -> str:
        """Print text and numbers as they are written."""
        if self._soepel and (waarde is None or isinstance(waarde, Undefined)):
            return ""
        tekst = str(waarde) if isinstance(waarde, Decimal) else print_value(waarde)
        return self.spend(tekst)

    def _count(self, waarde: Iterable[object]) -> Iterator[object]:
        for deel in waarde:
            self._herhaald += 1
            if self._herhaald > MAX_HERHALINGEN:
                raise TemplateRuntimeError(f"de lussen lopen samen meer dan {MAX_HERHALINGEN:_} keer".replace("_", "."))
            yield deel

    def _measure(self, waarde: object, lengte: int = 0) -> object:
        if max(lengte, len(waarde) if isinstance(waarde, str) else 0) > MAX_TEKENS:
            raise TemplateRuntimeError(f"het document wordt langer dan {MAX_TEKENS:_} tekens".replace("_", "."))
        return waarde


def read_language(document: WordDocument) -> str:
    """The language of a template, or ours when it does not say."""
    taal = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    return (taal.get(qn("w:val")) if taal is not None else None) or _TAAL


def list_names(document: WordDocument, leden: Mapping[str, bytes]) -> set[str]:
    """Every name that the tags of a template ask of the data."""
    namen: set[str] = set()
    for _, part in list_parts(document):
        lid = str(part.partname).removeprefix("/")
        namen |= meta.find_undeclared_variables(Zandbak().parse(read_source(lid, leden[lid], is_hoofd=False).xml))
    return namen


def refuse_unused(naam: str, gegevens: Mapping[str, object], gebruikt: set[str]) -> None:
    """Refuse what no tag uses. Raises ConfiguratieFout."""
    over = sorted(set(gegevens) - gebruikt)
    if over:
        raise ConfiguratieFout(
            [
                f"Het sjabloon '{naam}' gebruikt het gegeven '{sleutel}' niet."
                + "".join(
                    f" Bedoelde u '{lijkt_op}'?" for lijkt_op in difflib.get_close_matches(sleutel, gebruikt, n=1)
                )
                for sleutel in over
            ],
            "Verbeter of verwijder deze sleutels in het gegevensbestand, of vul soepel (--soepel).",
        )
