"""The template of the manual: a title page, the chapters with their pages, and then block after block."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement
from huisstijl import make_book, make_paragraph, make_runs, make_wide_table

from pipeline.manual.parse import KOLOMMEN, LIJSTEN

_UITLEG = (
    "Dit is de handleiding bij versie {{ versie }} van het programma. Kreeg u een nieuwe versie? Maak de handleiding "
    "dan opnieuw met de opdracht ‘overleg handleiding’."
)
_NUMMER = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{{ blok.lijst }}"/></w:numPr>'
_HOUD_BIJ = '<w:keepNext w:val="{{ blok.houd_bij }}"/>'
_HANG = '<w:ind w:left="{{ blok.inspring + 340 }}" w:hanging="220" w:right="120"/>'


class _Boek:
    """The book in the making."""

    def __init__(self) -> None:
        self.document = make_book("{{ titel }}", LIJSTEN)
        self._einde = self.document.element.body.sectPr

    def add(self, *elementen: BaseOxmlElement) -> None:
        for element in elementen:
            self._einde.addprevious(element)

    def tag(self, code: str) -> None:
        self.add(make_paragraph("Normal", _text(f"{{%p {code} %}}")))

    def write(self, tekst: str, stijl: str, opmaak: str = "") -> None:
        self.add(make_paragraph(stijl, _text(tekst), opmaak))


def make_handleiding() -> WordDocument:
    """For who leads a table and is no programmer."""
    boek = _Boek()
    _add_title_page(boek)
    _add_contents(boek)
    boek.write("", "Tussenruimte", "<w:pageBreakBefore/>")
    boek.tag("for blok in blokken")
    boek.tag("if blok.soort == 'hoofdstuk'")
    boek.add(make_paragraph("heading 1", _text("{{ blok.tekst }}")))
    for soort, stijl, opmaak in (
        ("alinea", "Normal", ""),
        ("punt", "List Bullet", ""),
        ("nummer", "List Number", _NUMMER),
        ("vervolg", "List Continue", ""),
    ):
        boek.tag(f"elif blok.soort == '{soort}'")
        boek.add(make_paragraph(stijl, make_runs("blok.stukken"), _HOUD_BIJ + opmaak))
    boek.tag("elif blok.soort == 'paragraaf'")
    boek.add(make_paragraph("heading 2", _text("{{ blok.tekst }}")))
    boek.tag("elif blok.soort == 'beeld'")
    boek.add(make_paragraph("Beeld", _text("{{ blok.tekst }}")))
    boek.tag("elif blok.soort == 'tabel'")
    _add_tables(boek)
    for soort, stijl in (("opdracht", "Opdracht"), ("scherm", "Scherm")):
        boek.tag(f"elif blok.soort == '{soort}'")
        _add_lines(boek, stijl)
    boek.tag("endif")
    boek.tag("endfor")
    return boek.document


def _text(tekst: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{tekst}</w:t></w:r>'


def _spacing(na: int) -> str:
    return f'<w:spacing w:before="0" w:after="{na}"/>'


def _add_title_page(boek: _Boek) -> None:
    boek.write("{{ programma }}", "Afzender", '<w:spacing w:before="3400" w:after="120"/>')
    boek.write("{{ titel }}", "Title")
    boek.write("Versie {{ versie }} — {{ datum }}", "Subtitle", '<w:spacing w:after="600"/>')
    boek.write(_UITLEG, "Voorblad")


def _add_contents(boek: _Boek) -> None:
    boek.write("Inhoud", "Inhoudstitel", "<w:pageBreakBefore/>")
    boek.tag("for kop in inhoud")
    for voorwaarde, stijl in (("if kop.niveau == 1", "toc 1"), ("else", "toc 2")):
        boek.tag(voorwaarde)
        # LibreOffice leads nowhere from a link whose text is not in this style.
        link = f'<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>{_text("{{ kop.tekst }}").removeprefix("<w:r>")}'
        regel = link + "<w:r><w:tab/></w:r>" + _text("0")
        boek.add(
            make_paragraph(stijl, f'<w:hyperlink w:anchor="{{{{ kop.anker }}}}" w:history="1">{regel}</w:hyperlink>')
        )
    boek.tag("endif")
    boek.tag("endfor")


def _add_tables(boek: _Boek) -> None:
    for plaats, aantal in enumerate(KOLOMMEN):
        boek.tag(f"{'elif' if plaats else 'if'} blok.kolommen == {aantal}")
        boek.add(make_wide_table(aantal))
    boek.tag("endif")
    boek.write("", "Tussenruimte")


def _add_lines(boek: _Boek, stijl: str) -> None:
    """Each line a paragraph; none but the last may stand at the foot of a page.

    Each says its own spacing: the built-in PDF engine has no contextual spacing, and would set the lines apart.
    """
    boek.tag("for regel in blok.regels")
    for voorwaarde, opmaak in (
        ("if loop.last", _spacing(160) + _HANG),
        ("else", "<w:keepNext/>" + _spacing(0) + _HANG),
    ):
        boek.tag(voorwaarde)
        boek.write("{{ regel }}", stijl, opmaak)
    boek.tag("endif")
    boek.tag("endfor")
