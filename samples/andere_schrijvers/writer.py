"""A Writer document, for LibreOffice to save: it makes the fields, the frames and the pages, not this text."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from html import escape

from blokken import Blok, Veld

_SPACES = " ".join(
    f'xmlns:{kort}="urn:oasis:names:tc:opendocument:xmlns:{lang}"'
    for kort, lang in {
        "office": "office:1.0",
        "text": "text:1.0",
        "table": "table:1.0",
        "style": "style:1.0",
        "form": "form:1.0",
        "draw": "drawing:1.0",
        "fo": "xsl-fo-compatible:1.0",
        "svg": "svg-compatible:1.0",
    }.items()
)
_LETTER = 'style:font-name="Liberation Sans" fo:font-family="Liberation Sans"'
_GEWOON = f"""<style:default-style style:family="paragraph"><style:text-properties {_LETTER} fo:font-size="10pt"/>
</style:default-style><style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:default-outline-level="1"/>"""
_STIJLEN = f"""<style:style style:name="kop" style:family="paragraph" style:parent-style-name="Heading_20_1">
<style:paragraph-properties fo:margin-top="0.3cm"
 fo:margin-bottom="0.1cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="13pt"/></style:style>
<style:style style:name="veld" style:family="paragraph"><style:text-properties {_LETTER} fo:font-size="9pt"/>
</style:style>
<style:style style:name="links" style:family="table-column"><style:table-column-properties
 style:column-width="7cm"/></style:style>
<style:style style:name="rechts" style:family="table-column"><style:table-column-properties
 style:column-width="10cm"/></style:style>
<style:style style:name="rij" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>
</style:style>
<style:style style:name="cel" style:family="table-cell"><style:table-cell-properties fo:padding="0.12cm"
 fo:border="0.5pt solid #999999"/></style:style>
<style:style style:name="kader" style:family="graphic"><style:graphic-properties style:wrap="none"
 style:vertical-pos="top" style:vertical-rel="paragraph"/></style:style>"""

#: writes what stands beside a label
Schrijver = Callable[[Veld], str]


class Velden:
    """The ways in which LibreOffice may hold an answer; form controls are declared apart from where they stand."""

    def __init__(self, *, leeg: bool = False) -> None:
        """Start without controls; with `leeg` they hold nothing, and `antwoorden` says by name what they should."""
        self.formulier: list[str] = []
        self.antwoorden: dict[str, str | bool] = {}
        self._leeg = leeg
        self._nummers = itertools.count(1)

    def write_typed(self, veld: Veld) -> str:
        """Just words; every option with a box in front."""
        return _paragraph(escape(write_options(veld)))

    def write_chosen(self, veld: Veld) -> str:
        """Just what was typed or chosen."""
        return _paragraph(escape(veld.tekst))

    def write_nothing(self, _veld: Veld) -> str:
        """Room for an answer."""
        return _paragraph("")

    def write_old(self, veld: Veld) -> str:
        """Form fields as Word had them before 2007."""
        if veld.meer:
            return "".join(_paragraph(f"{self._old_box(o in veld.gekozen)} {escape(o)}") for o in veld.opties)
        if veld.opties:
            lijst = "".join(_param("Dropdown_ListEntry", o) for o in ("Kies…", *veld.opties))
            nummer = 1 + veld.opties.index(veld.tekst) if veld.tekst else 0
            return _paragraph(self._old("DROPDOWN", lijst + _param("Dropdown_Selected", str(nummer))))
        naam = f"Text{next(self._nummers)}"
        begin = f'<field:fieldmark-start text:name="{naam}" field:type="{_OUD}FORMTEXT"/>'
        return _paragraph(f"{begin}{escape(veld.tekst) or 5 * chr(0x2002)}<field:fieldmark-end/>")

    def write_control(self, veld: Veld) -> str:
        """Form controls with the names that LibreOffice gives them by itself."""
        if veld.meer:
            return "".join(_paragraph(f"{self._box(o in veld.gekozen)} {escape(o)}") for o in veld.opties)
        tekst = "" if self._leeg else veld.tekst
        if veld.opties:
            gekozen = f" form:current-selected={_TRUE}"
            rijen = "".join(
                f'<form:option form:label="{escape(o)}"{gekozen if o == tekst else ""}/>' for o in veld.opties
            )
            vast = 'form:dropdown="true" form:bound-column="1" form:list-source-type="value-list"'
            return _paragraph(self._control("listbox", "List Box", veld.tekst, vast, rijen, "9cm"))
        waarde = f'form:current-value="{escape(tekst)}"' if tekst else ""
        return _paragraph(self._control("text", "Text Box", veld.tekst, waarde, "", "9.5cm"))

    def _old(self, soort: str, inhoud: str) -> str:
        naam = f"{soort.title()}{next(self._nummers)}"
        return f'<field:fieldmark text:name="{naam}" field:type="{_OUD}FORM{soort}">{inhoud}</field:fieldmark>'

    def _old_box(self, aan: bool) -> str:
        return self._old("CHECKBOX", _param("Checkbox_Checked", "true") if aan else "")

    def _box(self, aan: bool) -> str:
        stand = 'form:current-state="checked"' if aan and not self._leeg else ""
        return self._control("checkbox", "Check Box", aan, stand, "", "0.4cm")

    def _control(self, soort: str, naam: str, antwoord: str | bool, kenmerken: str, inhoud: str, breed: str) -> str:
        nummer = next(self._nummers)
        self.antwoorden[f"{naam} {nummer}"] = antwoord
        self.formulier.append(
            f'<form:{soort} form:name="{naam} {nummer}" form:id="c{nummer}" xml:id="c{nummer}" {kenmerken}>'
            f"{inhoud}</form:{soort}>"
        )
        return (
            f'<draw:control draw:text-style-name="veld" text:anchor-type="as-char" svg:width="{breed}" '
            'svg:height="0.45cm" '
            f'draw:control="c{nummer}"/>'
        )


def build_document(titel: str, delen: Sequence[str], velden: Velden) -> bytes:
    """The document as flat OpenDocument: a title and the parts that the functions below write."""
    formulier = "".join(velden.formulier)
    besturing = f'<office:forms><form:form form:name="Form">{formulier}</form:form></office:forms>' if formulier else ""
    inhoud = f"{besturing}{_heading(titel)}{''.join(delen)}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} {_FIELD} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{_GEWOON}</office:styles>"
        f"<office:automatic-styles>{_STIJLEN}</office:automatic-styles>"
        f"<office:body><office:text>{inhoud}</office:text></office:body></office:document>"
    ).encode()


def write_block(blok: Blok, schrijf: Schrijver, nummer: int = 0) -> str:
    """A heading, and a table with a label and an answer in each row; `nummer` picks another name for each label."""
    rijen = ((_paragraph(escape(name_veld(veld, nummer))), schrijf(veld)) for veld in blok.velden)
    return _heading(blok.titel) + _table(("links", "rechts"), rijen)


def write_rows(titel: str, blokken: Sequence[Blok], nummer: int = 0) -> str:
    """A table with a row for each of these blocks, under a row of labels; of options only the chosen ones."""
    velden = [n for n in range(len(blokken[0].velden)) if any(blok.velden[n].gekozen for blok in blokken)]
    kop = tuple(_paragraph(escape(name_veld(blokken[0].velden[n], nummer))) for n in velden)
    rijen = (tuple(_paragraph(escape(blok.velden[n].tekst)) for n in velden) for blok in blokken)
    return _heading(titel) + _table(("",) * len(velden), (kop, *rijen))


def write_frame(blok: Blok) -> str:
    """A text frame with a line for each question."""
    regels = "".join(_paragraph(escape(f"{v.label}: {write_options(v)}")) for v in blok.velden)
    return _heading(blok.titel) + (
        '<text:p><draw:frame draw:style-name="kader" text:anchor-type="paragraph" svg:width="17cm">'
        f'<draw:text-box fo:min-height="1cm">{regels}</draw:text-box></draw:frame></text:p>'
    )


def name_veld(veld: Veld, nummer: int) -> str:
    """Its label, or another name that it is known by."""
    return ([veld.label, *veld.aliassen] if nummer else [veld.label])[min(nummer, len(veld.aliassen))]


def write_options(veld: Veld) -> str:
    """What was typed, or every option with a box in front."""
    tekens = (f"{'☒' if optie in veld.gekozen else '☐'} {optie}" for optie in veld.opties)
    return "   ".join(tekens) if veld.opties else veld.tekst


_FIELD = 'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
_OUD = "vnd.oasis.opendocument.field."
_KOLOM = "table:style-name"
_TRUE = '"true"'


def _table(kolommen: Sequence[str], rijen: Iterable[tuple[str, ...]]) -> str:
    breedtes = "".join(f"<table:table-column{f' {_KOLOM}={naam!r}' if naam else ''}/>" for naam in kolommen)
    inhoud = (f'<table:table-row table:style-name="rij">{"".join(map(_cell, rij))}</table:table-row>' for rij in rijen)
    return f"<table:table>{breedtes}{''.join(inhoud)}</table:table>"


def _heading(tekst: str) -> str:
    return f'<text:h text:style-name="kop" text:outline-level="1">{escape(tekst)}</text:h>'


def _cell(inhoud: str) -> str:
    return f'<table:table-cell table:style-name="cel">{inhoud}</table:table-cell>'


def _paragraph(inhoud: str) -> str:
    return f"<text:p>{inhoud}</text:p>"


def _param(naam: str, waarde: str) -> str:
    return f'<field:param field:name="{naam}" field:value="{escape(waarde)}"/>'
