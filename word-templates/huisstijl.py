"""Styles, letterhead and tables of the standard templates: the one place where they look like something.

Every measure is in twentieths of a point (twip) unless its name says otherwise; 567 twip = 1 cm.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Twips
from docx.text.paragraph import Paragraph

LETTER = "Calibri"
ACCENT = "1F4E5F"  # 9,2 : 1 on white
ACCENT_LICHT = "E8F0F2"  # ACCENT on it 7,9 : 1
TEKST = "1A1A1A"
GRIJS = "595959"  # 7 : 1 on white
LIJN = "B8C4C8"
AANDACHT = "8A5A00"
AANDACHT_LICHT = "FDF3E1"

BREEDTE, HOOGTE = 11906, 16838  # A4
ZIJMARGE = 1247
TEKSTBREEDTE = BREEDTE - 2 * ZIJMARGE
BOVEN, KOP_AFSTAND = 1900, 624
ONDER, VOET_AFSTAND = 1927, 510
CELRUIMTE, CELRUIMTE_KLEIN = 40, 16  #: above and below the text of a cell

Alinea = tuple[str, str]  #: style and text

HARDE_SPATIE = "\u00a0"  #: what it joins stays on one line
VERSIE = f"versie{HARDE_SPATIE}{{{{ kop.versie }}}}"

NIEUWE_RUN = "\x1f"  #: what follows stands in a run of its own
Rij = str | Sequence[Sequence[Alinea]]


def _cell_margins(ruimte: int) -> str:
    maten = (("top", ruimte), ("left", 100), ("bottom", ruimte), ("right", 100))
    zijden = "".join(f'<w:{zijde} w:w="{maat}" w:type="dxa"/>' for zijde, maat in maten)
    return f"<w:tblCellMar>{zijden}</w:tblCellMar>"


def _style(soort: str, naam: str, basis: str, ppr: str, rpr: str, volgende: str = "") -> str:
    """One style as WordprocessingML; its id is its name without blanks."""
    ident = naam.replace(" ", "")
    standaard = ' w:default="1"' if naam in ("Normal", "Default Paragraph Font", "Normal Table") else ""
    op = f'<w:basedOn w:val="{basis.replace(" ", "")}"/>' if basis else ""
    na = f'<w:next w:val="{volgende.replace(" ", "")}"/>' if volgende else ""
    kern = f"<w:pPr>{ppr}</w:pPr>" * bool(ppr) + f"<w:rPr>{rpr}</w:rPr>" * bool(rpr)
    return (
        f'<w:style w:type="{soort}" w:styleId="{ident}"{standaard}><w:name w:val="{naam}"/>{op}{na}<w:qFormat/>'
        f"{kern}</w:style>"
    )


def _font(halve_punten: int, kleur: str = "", vet: bool = False) -> str:
    return (
        "<w:b/>" * vet
        + f'<w:color w:val="{kleur}"/>' * bool(kleur)
        + f'<w:sz w:val="{halve_punten}"/><w:szCs w:val="{halve_punten}"/>'
    )


def _space(voor: int, na: int, regel: int = 264, houd_bij: bool = False) -> str:
    return "<w:keepNext/><w:keepLines/>" * houd_bij + "<w:widowControl/>" + _spacing(voor, na, regel)


def _spacing(voor: int, na: int, regel: int, soort: str = "auto") -> str:
    return f'<w:spacing w:before="{voor}" w:after="{na}" w:line="{regel}" w:lineRule="{soort}"/>'


def _heading(niveau: int, halve_punten: int, voor: int, na: int) -> str:
    omtrek = f'<w:outlineLvl w:val="{niveau - 1}"/>'
    opmaak = _space(voor, na, 252, True) + omtrek
    return _style("paragraph", f"heading {niveau}", "Normal", opmaak, _font(halve_punten, ACCENT, True), "Normal")


def _bullet_style() -> str:
    lijst = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    opmaak = "<w:keepLines/>" + lijst + '<w:spacing w:before="0" w:after="80"/><w:ind w:left="340" w:hanging="340"/>'
    return _style("paragraph", "List Bullet", "Normal", opmaak, "")


def _styles() -> str:
    """The whole styles part: nothing that the templates do not use."""
    letters = "".join(f' w:{soort}="{LETTER}"' for soort in ("ascii", "hAnsi", "eastAsia", "cs"))
    tabel = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_cell_margins(CELRUIMTE)}</w:tblPr></w:style>'
    )
    return (
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{letters}/>"
        f'<w:color w:val="{TEKST}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="nl-BE" w:eastAsia="nl-BE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_space(0, 120)}</w:pPr></w:pPrDefault></w:docDefaults>"
        + _style("paragraph", "Normal", "", "", "")
        + _style("character", "Default Paragraph Font", "", "", "")
        + tabel
        + '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
        + _style("paragraph", "Title", "Normal", _space(0, 80, 240, True), _font(44, ACCENT, True), "Subtitle")
        + _style("paragraph", "Subtitle", "Normal", _space(0, 140, 252, True), _font(23, GRIJS), "Normal")
        + _heading(1, 30, 320, 120)
        + _heading(2, 24, 220, 80)
        + _heading(3, 21, 140, 60)
        + _bullet_style()
        + _small_styles()
        + "</w:styles>"
    )


def _small_styles() -> str:
    """Header, footer, letter and table cells."""
    return (
        _style("paragraph", "header", "Normal", _space(0, 0, 240), _font(17, GRIJS))
        + _style("paragraph", "footer", "Normal", _space(0, 0, 240), _font(16, GRIJS))
        + _style("paragraph", "Afzender", "header", "", _font(24, ACCENT, True))
        + _style("paragraph", "Markering", "header", '<w:jc w:val="right"/>', _font(18, ACCENT, True))
        + _style("paragraph", "Kopregel", "header", _rule("bottom", ACCENT, 12), _font(6))
        + _style("paragraph", "Voetmarkering", "footer", _rule("top", LIJN, 4) + _spacing(0, 40, 240), _font(15, GRIJS))
        + _style("paragraph", "Adres", "Normal", _space(0, 0), "")
        + _style("paragraph", "Betreft", "heading 1", _spacing(280, 240, 264), _font(23), "Normal")
        + _style("paragraph", "Celtekst", "Normal", _CELREGELS + _spacing(0, 0, 252), _font(20))
        + _style("paragraph", "Celkop", "Celtekst", "<w:keepNext/>", _font(18, ACCENT, True))
        + _style("paragraph", "Cellabel", "Celtekst", "", _font(19, GRIJS))
        + _style("paragraph", "Celklein", "Celtekst", "", _font(17, GRIJS))
        + _style("paragraph", "Celfijn", "Celtekst", "", _font(17))
        + _style("paragraph", "Celtitel", "Celtekst", "", _font(20, ACCENT, True))
        + _style("paragraph", "Celslot", "Celtekst", _spacing(0, 0, 20, "exact"), _font(2))
        + _style("paragraph", "Kadertitel", "Celtekst", _space(0, 40, 252, True), _font(20, ACCENT, True))
        + _style("paragraph", "Kaderlijst", "List Bullet", _space(0, 20, 252), _font(20))
        + _style("paragraph", "Kaderalinea", "Celtekst", _CELREGELS + _spacing(0, 60, 252), "")
        + _style("paragraph", "Groet", "Normal", _space(200, 160, 264, True), "")
        + _style("paragraph", "Gegeven", "Normal", _GEGEVEN + _spacing(0, 20, 247) + _INSPRONG, _font(17, GRIJS))
        + _style("paragraph", "Legende", "Normal", _spacing(60, 120, 247), _font(17, GRIJS))
        + _style("paragraph", "Tussenruimte", "Normal", _spacing(0, 140, 20, "exact"), _font(2))
        + _style("paragraph", "Schrijfregel", "Normal", _rule("bottom", LIJN, 4) + _spacing(280, 0, 240), _font(12))
    )


# Paragraphs and no table: every engine keeps paragraphs together, none a table without clipping a row.
_GEGEVEN = '<w:keepNext/><w:keepLines/><w:tabs><w:tab w:val="left" w:pos="1400"/></w:tabs>'
_INSPRONG = '<w:ind w:left="1400" w:hanging="1400"/>'
# rdocx moves a whole paragraph to the next page, out of its row, when widow control forbids the split.
_CELREGELS = '<w:widowControl w:val="0"/>'


def _rule(zijde: str, kleur: str, dikte: int) -> str:
    return f'<w:pBdr><w:{zijde} w:val="single" w:sz="{dikte}" w:space="1" w:color="{kleur}"/></w:pBdr>'


_NUMBERING = (
    f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
    '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr>'
    f'<w:rPr><w:rFonts w:ascii="{LETTER}" w:hAnsi="{LETTER}"/><w:color w:val="{ACCENT}"/></w:rPr></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_SETTINGS = (
    f'<w:settings {nsdecls("w")}><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="nl-BE"/><w:decimalSymbol w:val=","/>'
    '<w:listSeparator w:val=";"/></w:settings>'
)


def make_document(voet: str = "") -> WordDocument:
    """An empty document with our styles, page and letterhead; `voet` follows the marking at the foot."""
    document = Document()
    _replace(document.styles.element, _styles())
    _replace(document.settings.element, _SETTINGS)
    _replace(document.part.numbering_part.element, _NUMBERING)
    _drop_theme(document)
    section = document.sections[0]
    section.page_width, section.page_height = Twips(BREEDTE), Twips(HOOGTE)
    section.left_margin = section.right_margin = Twips(ZIJMARGE)
    section.top_margin, section.header_distance = Twips(BOVEN), Twips(KOP_AFSTAND)
    section.bottom_margin, section.footer_distance = Twips(ONDER), Twips(VOET_AFSTAND)
    _add_header(section)
    _add_footer(section, voet)
    return document


def _replace(element: BaseOxmlElement, xml: str) -> None:
    """Give a part's root the contents of another, since the part holds on to its root."""
    element[:] = list(parse_xml(xml))


def _drop_theme(document: WordDocument) -> None:
    """The styles name their font and colours, so a theme would only bring a second truth."""
    for sleutel, relatie in list(document.part.rels.items()):
        if relatie.reltype.endswith(("/theme", "/fontTable")):
            del document.part.rels[sleutel]


def _add_header(section: Section) -> None:
    links: list[Alinea] = [("Afzender", "{{ kop.afzender }}"), ("header", "{{ kop.tafel }}")]
    rechts: list[Alinea] = [("Markering", "VERTROUWELIJK")]
    regel = section.header.paragraphs[0]
    regel.style = "Kopregel"
    regel._p.addprevious(make_table((TEKSTBREEDTE - 2700, 2700), [[links, rechts]], lijnen=False))


def _add_footer(section: Section, extra: str) -> None:
    voet = section.footer
    markering = voet.paragraphs[0]
    markering.style = "Voetmarkering"
    markering.add_run("{{ kop.markering }}" + extra)
    regel = voet.add_paragraph(style="footer")
    kenmerk = f"{{{{ kop.documentnummer }}}}, {VERSIE} — {{{{ kop.datum }}}}"
    regel.add_run(f"Exemplaar voor {{{{ kop.exemplaar_voor }}}} — {kenmerk} — pagina{HARDE_SPATIE}")
    _add_field(regel, "PAGE")
    regel.add_run(f"{HARDE_SPATIE}van{HARDE_SPATIE}")
    _add_field(regel, "NUMPAGES")


def _add_field(alinea: Paragraph, code: str) -> None:
    veld = f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    alinea._p.append(parse_xml(veld))


def _cell(breedte: int, alineas: Sequence[Alinea], eigenschappen: str = "") -> str:
    tekst = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{stijl.replace(" ", "")}"/></w:pPr>'
        + "".join(f'<w:r><w:t xml:space="preserve">{escape(deel)}</w:t></w:r>' for deel in tekst.split(NIEUWE_RUN))
        + "</w:p>"
        for stijl, tekst in alineas
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{breedte}" w:type="dxa"/>{eigenschappen}</w:tcPr>{tekst}</w:tc>'


def _shade(kleur: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{kleur}"/>'


def _margins(zijkant: int) -> str:
    return f'<w:tcMar><w:left w:w="{zijkant}" w:type="dxa"/><w:right w:w="{zijkant}" w:type="dxa"/></w:tcMar>'


def _row(breedten: Sequence[int], rij: Rij, eigenschappen: str = "", hoogte: int = 0) -> str:
    """A row of cells; a text instead of cells is a tag that steers rows and vanishes with its own row."""
    if isinstance(rij, str):
        rij = [[("Celtekst", f"{{%tr {rij} %}}")], *([("Celtekst", "")] for _ in breedten[1:])]
        hoogte = 0
    ruimte = f'<w:trPr><w:trHeight w:val="{hoogte}" w:hRule="atLeast"/></w:trPr>' * bool(hoogte)
    cellen = "".join(_cell(b, cel, eigenschappen) for b, cel in zip(breedten, rij, strict=True))
    return f"<w:tr>{ruimte}{cellen}</w:tr>"


def make_table(
    breedten: Sequence[int],
    rijen: Sequence[Rij],
    kop: Sequence[str] = (),
    lijnen: bool = True,
    hoogte: int = 0,
    bijeen: bool = False,
    ruimte: int = CELRUIMTE,
) -> BaseOxmlElement:
    """A table as wide as its columns together, which say their width twice: in the grid and in each cell.

    Args:
        breedten: widths of the columns.
        rijen: rows of cells of (style, text), or a tag such as "for veld in rubriek.velden".
        kop: texts of a header row that returns on every page.
        lijnen: a thin line between rows.
        hoogte: least height of a row, to write in.
        bijeen: keep a short table on one page, by its paragraphs (a row that may not split would be clipped).
        ruimte: above and below the text of a cell.

    """
    zijden = ("top", "bottom", "insideH")
    rand = "".join(f'<w:{zijde} w:val="single" w:sz="4" w:space="0" w:color="{LIJN}"/>' for zijde in zijden)
    kopcellen = "".join(
        _cell(b, [("Celkop", tekst)], _shade(ACCENT_LICHT)) for b, tekst in zip(breedten, kop, strict=bool(kop))
    )
    tabel = _table(
        breedten,
        f"<w:tblBorders>{rand}</w:tblBorders>" * lijnen,
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{kopcellen}</w:tr>" * bool(kop)
        + "".join(_row(breedten, rij, "" if lijnen else _margins(0), hoogte) for rij in rijen),
        '<w:tblLook w:val="0020" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>' * bool(kop),
        ruimte,
    )
    for eigenschappen in tabel.iter(qn("w:pPr")) if bijeen else ():
        eigenschappen.append(OxmlElement("w:keepNext"))
    return tabel


def make_box(alineas: Sequence[Alinea], rand: str = ACCENT, grond: str = ACCENT_LICHT) -> BaseOxmlElement:
    """A tinted box with a thick line at its left."""
    lijn = f'<w:tcBorders><w:left w:val="single" w:sz="24" w:space="0" w:color="{rand}"/></w:tcBorders>'
    cel = _cell(TEKSTBREEDTE, alineas, lijn + _shade(grond) + _margins(200))
    return _table((TEKSTBREEDTE,), "", f"<w:tr>{cel}</w:tr>")


def _table(
    breedten: Sequence[int], randen: str, rijen: str, kijk: str = "", ruimte: int = CELRUIMTE
) -> BaseOxmlElement:
    # LibreOffice takes the padding above and below from the table itself only, not from its style.
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(breedten)}" w:type="dxa"/>{randen}'
        f'<w:tblLayout w:type="fixed"/>{_cell_margins(ruimte)}{kijk}</w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{b}"/>' for b in breedten)
        + f"</w:tblGrid>{rijen}</w:tbl>"
    )
    return parse_xml(xml)


# The manual: a book to print, with chapters that are found by number, and lines to type.

SCHRIJFMACHINE = "Courier New"  #: has the lines of a screen's tables, and a twin of the same width in LibreOffice
INSPRONG = 340
_VULTEKEN = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEKSTBREEDTE}"/></w:tabs>'
_LETTERS = "".join(f' w:{soort}="{SCHRIJFMACHINE}"' for soort in ("ascii", "hAnsi", "eastAsia", "cs"))
_MACHINE = f"<w:rFonts{_LETTERS}/>"
#: No check of spelling, and no hyphens where none should be typed.
_GEEN_TAAL = "<w:noProof/>"


def _typed(naam: str, halve_punten: int, kleur: str) -> str:
    """Lines to type or to read on a screen: together they are one block, and a line that is too long hangs."""
    opmaak = "<w:keepLines/>" + _shade(kleur) + "<w:suppressAutoHyphens/>" + _spacing(40, 160, 252)
    letters = _MACHINE + _GEEN_TAAL + _font(halve_punten)
    return _style("paragraph", naam, "Normal", opmaak, letters)


def _book_styles() -> str:
    """What the manual has and no document of a table."""
    getypt = _MACHINE + _GEEN_TAAL
    # Half a point smaller than what stands around it: its letters are wide.
    return (
        _style("character", "Getypt", "Default Paragraph Font", "", getypt + _font(18))
        + _style("character", "Getypt vet", "Getypt", "", "<w:b/>")
        + _style("character", "Hyperlink", "Default Paragraph Font", "", f'<w:color w:val="{ACCENT}"/>')
        + _style("paragraph", "List Number", "Normal", _spacing(0, 80, 264) + _hang(INSPRONG), "")
        + _style("paragraph", "List Continue", "Normal", _spacing(0, 80, 264) + f'<w:ind w:left="{INSPRONG}"/>', "")
        + _typed("Opdracht", 18, ACCENT_LICHT)
        + _typed("Scherm", 15, "F2F2F2")
        + _style("paragraph", "Beeld", "Normal", "<w:keepNext/>" + _spacing(120, 60, 240), "")
        + _style("paragraph", "Inhoudstitel", "Normal", _space(0, 160, 252, True), _font(30, ACCENT, True), "Normal")
        + _style("paragraph", "toc 1", "Normal", _VULTEKEN + _spacing(0, 50, 240), "")
        + _style("paragraph", "toc 2", "Normal", _VULTEKEN + _spacing(0, 50, 240) + f'<w:ind w:left="{INSPRONG}"/>', "")
        + _style("paragraph", "Voorblad", "Normal", _space(0, 60), _font(24, GRIJS))
    )


def _hang(maat: int) -> str:
    return f'<w:ind w:left="{maat}" w:hanging="{maat}"/>'


def make_book(titel: str, aantal_lijsten: int) -> WordDocument:
    """An empty book: no letterhead, and a first page without head and foot.

    Args:
        titel: at the head of each page.
        aantal_lijsten: how many numbered lists it can hold; the first has number 2.

    """
    document = make_document()
    document.styles.element.extend(list(parse_xml(f"<w:styles {nsdecls('w')}>{_book_styles()}</w:styles>")))
    _add_numbered_lists(document, aantal_lijsten)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.top_margin = Twips(1500)
    section.bottom_margin = Twips(1300)
    for deel in (section.header, section.footer):
        deel._element[:] = []
    kop = section.header.add_paragraph(style="header")
    kop.add_run(titel)
    section.header.add_paragraph(style="Kopregel")
    voet = section.footer.add_paragraph(style="Voetmarkering")
    voet.add_run(f"{{{{ programma }}}}, versie{HARDE_SPATIE}{{{{ versie }}}} — {{{{ datum }}}} — pagina{HARDE_SPATIE}")
    _add_field(voet, "PAGE")
    voet.add_run(f"{HARDE_SPATIE}van{HARDE_SPATIE}")
    _add_field(voet, "NUMPAGES")
    for leeg in (section.first_page_header, section.first_page_footer):
        leeg.paragraphs[0].style = "header"
    return document


def _add_numbered_lists(document: WordDocument, aantal: int) -> None:
    """One kind of numbering, and a list of it for each that begins anew."""
    vorm = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
        f'<w:pPr>{_hang(INSPRONG)}</w:pPr><w:rPr><w:b/><w:color w:val="{ACCENT}"/></w:rPr></w:lvl></w:abstractNum>'
    )
    nummering = document.part.numbering_part.element
    nummering.insert(1, parse_xml(vorm))
    for nummer in range(2, 2 + aantal):
        lijst = (
            f'<w:num {nsdecls("w")} w:numId="{nummer}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        nummering.append(parse_xml(lijst))


def make_runs(stukken: str) -> str:
    """Runs for a list of pieces of text, each in its own look; XML for within a paragraph."""
    looks = (
        ("vet", "<w:b/>"),
        ("cursief", "<w:i/>"),
        ("code", '<w:rStyle w:val="Getypt"/>'),
        ("code_vet", '<w:rStyle w:val="Getyptvet"/>'),
    )
    tekst = '<w:t xml:space="preserve">{{ stuk.tekst }}</w:t>'
    blauw = f'<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>{tekst}</w:r>'
    link = f'<w:hyperlink w:anchor="{{{{ stuk.anker }}}}" w:history="1">{blauw}</w:hyperlink>'
    delen = [_steer(f"for stuk in {stukken}"), _steer("if stuk.opmaak == 'link'"), link]
    for naam, opmaak in looks:
        delen += [_steer(f"elif stuk.opmaak == '{naam}'"), f"<w:r><w:rPr>{opmaak}</w:rPr>{tekst}</w:r>"]
    return "".join((*delen, _steer("else"), f"<w:r>{tekst}</w:r>", _steer("endif"), _steer("endfor")))


def _steer(code: str) -> str:
    """A run that steers what follows and vanishes."""
    return f"<w:r><w:t>{{%r {code} %}}</w:t></w:r>"


def make_paragraph(stijl: str, runs: str, opmaak: str = "") -> BaseOxmlElement:
    """A paragraph of runs as XML."""
    naam = stijl.replace(" ", "")
    return parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{naam}"/>{opmaak}</w:pPr>{runs}</w:p>')


def make_wide_table(aantal: int) -> BaseOxmlElement:
    """A table of a block: its columns, as wide as the block says, its header on every page, and its rows."""
    zijden = ("top", "bottom", "insideH")
    rand = "".join(f'<w:{zijde} w:val="single" w:sz="4" w:space="0" w:color="{LIJN}"/>' for zijde in zijden)
    breedten = [f"{{{{ blok.breedten[{nummer}] }}}}" for nummer in range(aantal)]

    def make_row(cellen: str, stijl: str, kleur: str, eigenschappen: str) -> str:
        inhoud = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{breedte}" w:type="dxa"/>{kleur}</w:tcPr><w:p><w:pPr><w:pStyle '
            f'w:val="{stijl}"/></w:pPr>{make_runs(f"{cellen}[{nummer}].stukken")}</w:p></w:tc>'
            for nummer, breedte in enumerate(breedten)
        )
        return f"<w:tr>{eigenschappen}{inhoud}</w:tr>"

    def make_tag(code: str) -> str:
        leeg = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{b}" w:type="dxa"/></w:tcPr><w:p/></w:tc>' for b in breedten[1:])
        cel = f'<w:tc><w:tcPr><w:tcW w:w="{breedten[0]}" w:type="dxa"/></w:tcPr>'
        return f"<w:tr>{cel}<w:p><w:r><w:t>{{%tr {code} %}}</w:t></w:r></w:p></w:tc>{leeg}</w:tr>"

    rijen = (
        make_row("blok.kop", "Celkop", _shade(ACCENT_LICHT), "<w:trPr><w:tblHeader/></w:trPr>")
        + make_tag("for rij in blok.rijen")
        + make_row("rij.cellen", "Celtekst", "", "")
        + make_tag("endfor")
    )
    kijk = '<w:tblLook w:val="0020" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{TEKSTBREEDTE}" w:type="dxa"/><w:tblBorders>{rand}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{_cell_margins(CELRUIMTE)}{kijk}</w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{b}"/>' for b in breedten)
        + f"</w:tblGrid>{rijen}</w:tbl>"
    )
    return parse_xml(xml)
