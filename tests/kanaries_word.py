"""Places in a Word file where a word can hide, each with what plants one there.

A place gets the members of a finished document of ours and gives the bytes of the same document with one canary in it,
packed as ours are: all that differs is the canary.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping

KANARIE = "Kanarievogel"
Leden = Mapping[str, bytes]
Plant = Callable[[Leden], bytes]

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOC, _HEAD, _FOOT = "word/document.xml", "word/header1.xml", "word/footer1.xml"
_STYLES, _SETTINGS, _NUMBERS = "word/styles.xml", "word/settings.xml", "word/numbering.xml"
_CORE, _APP, _TYPES = "docProps/core.xml", "docProps/app.xml", "[Content_Types].xml"
_RELS, _DOCRELS = "_rels/.rels", "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RUN = f"<w:r><w:t>{KANARIE}</w:t></w:r>"
_PAR = f"<w:p>{_RUN}</w:p>"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_zip(leden: Leden, doe: Callable[[zipfile.ZipInfo], None] = lambda _lid: None) -> bytes:
    """Pack members as ours are packed; `doe` changes the first one."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pakket:
        for nummer, naam in enumerate(sorted(leden)):
            lid = zipfile.ZipInfo(naam, (1980, 1, 1, 0, 0, 0))
            lid.compress_type, lid.create_system = zipfile.ZIP_DEFLATED, 0
            if nummer == 0:
                doe(lid)
            pakket.writestr(lid, leden[naam])
    return uit.getvalue()


def _swap(lid: str, oud: str, nieuw: str, *, eerste: bool = True) -> Plant:
    """Replace the first (or last) piece of text that fits a pattern."""

    def plant(leden: Leden) -> bytes:
        tekst = leden[lid].decode()
        treffers = list(re.finditer(oud, tekst))
        assert treffers, (lid, oud)
        plek = treffers[0 if eerste else -1]
        return write_zip({**leden, lid: (tekst[: plek.start()] + plek.expand(nieuw) + tekst[plek.end() :]).encode()})

    return plant


def _body(xml: str) -> Plant:
    return _swap(_DOC, r"<w:sectPr", xml.replace("\\", r"\\") + "<w:sectPr", eerste=False)


def _part(lid: str, inhoud: str | bytes, soort: str = "", relatie: str = "", van: str = _DOCRELS) -> Plant:
    """Add a part, with its content type and a relationship where they are asked for."""

    def plant(leden: Leden) -> bytes:
        nieuw = dict(leden)
        nieuw[lid] = inhoud if isinstance(inhoud, bytes) else inhoud.encode()
        if soort:
            regel = f'<Override PartName="/{lid}" ContentType="{soort}"/></Types>'
            nieuw[_TYPES] = nieuw[_TYPES].replace(b"</Types>", regel.encode())
        if relatie:
            doel = lid.removeprefix("word/") if van == _DOCRELS else lid
            regel = f'<Relationship Id="rId99" Type="{relatie}" Target="{doel}"/></Relationships>'
            nieuw[van] = nieuw[van].replace(b"</Relationships>", regel.encode())
        return write_zip(nieuw)

    return plant


def _xml(naam: str, inhoud: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{naam} xmlns:w="{W_NS}">{inhoud}</w:{naam}>'


def _zip(doe: Callable[[zipfile.ZipInfo], None]) -> Plant:
    """Pack anew with something odd about the first member."""
    return lambda leden: write_zip(leden, doe)


def _bytes(om: Callable[[bytes], bytes]) -> Plant:
    """Change the bytes of the finished file."""
    return lambda leden: om(write_zip(leden))


def _set(naam: str, waarde: object) -> Callable[[zipfile.ZipInfo], None]:
    return lambda lid: setattr(lid, naam, waarde)


def _comment_zip(ruw: bytes) -> bytes:
    return ruw[:-2] + struct.pack("<H", len(KANARIE)) + KANARIE.encode()


def _hide_between(ruw: bytes) -> bytes:
    """Put bytes between the last member and the table of contents, which then says where it begins."""
    begin = struct.unpack("<I", ruw[-6:-2])[0]
    tussen = KANARIE.encode()
    return ruw[:begin] + tussen + ruw[begin:-6] + struct.pack("<I", begin + len(tussen)) + ruw[-2:]


def _double(leden: Leden) -> bytes:
    """Write one member twice: a reader takes one of them, a curious eye the other."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pakket:
        for naam in (_APP, *sorted(leden)):
            lid = zipfile.ZipInfo(naam, (1980, 1, 1, 0, 0, 0))
            lid.compress_type, lid.create_system = zipfile.ZIP_DEFLATED, 0
            lid.filename = naam
            if naam in pakket.namelist():
                pakket.NameToInfo.pop(naam)
            pakket.writestr(lid, KANARIE if naam == _APP and not pakket.filelist else leden[naam])
    return uit.getvalue()


def _run(eigenschappen: str, tekst: str = KANARIE) -> str:
    return f"<w:p><w:r><w:rPr>{eigenschappen}</w:rPr><w:t>{tekst}</w:t></w:r></w:p>"


def _field(code: str, resultaat: str = "1") -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{resultaat}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def _sdt(eigenschappen: str) -> str:
    return f"<w:sdt><w:sdtPr>{eigenschappen}</w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>"


def _setting(xml: str) -> Plant:
    return _swap(_SETTINGS, "</w:settings>", f"{xml}</w:settings>")


def _core(xml: str) -> Plant:
    return _swap(_CORE, "</cp:coreProperties>", f"{xml}</cp:coreProperties>")


_REV = f'w:id="1" w:author="{KANARIE}" w:date="2026-01-01T00:00:00Z"'
_DRAW = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="9" cy="9"/><wp:docPr id="1" {0}/></wp:inline></w:drawing></w:r></w:p>'
)

#: Packed anew without a canary: what is refused below is refused for its canary.
NIETS: Plant = _zip(lambda _lid: None)
PLAATSEN: dict[str, Plant] = {
    # what anybody sees
    "gewone alinea": _body(_PAR),
    "woord gesplitst over stukken": _body("<w:p><w:r><w:t>Kanarie</w:t></w:r><w:r><w:t>vogel</w:t></w:r></w:p>"),
    "voorletters": _body("<w:p><w:r><w:t>K.V.</w:t></w:r></w:p>"),
    "getal": _body("<w:p><w:r><w:t>8317</w:t></w:r></w:p>"),
    "koptekst": _swap(_HEAD, "</w:hdr>", f"{_PAR}</w:hdr>"),
    "voettekst": _swap(_FOOT, "</w:ftr>", f"{_PAR}</w:ftr>"),
    "herhaling van een woord dat er al staat": _body("<w:p><w:r><w:t>pagina</w:t></w:r></w:p>"),
    # what nobody sees
    "verborgen tekst": _body(_run("<w:vanish/>")),
    "verborgen tekst van bekende woorden": _body(_run("<w:vanish/>", "pagina")),
    "witte tekst": _body(_run('<w:color w:val="FFFFFF"/>')),
    "heel kleine tekst": _body(_run('<w:sz w:val="1"/>')),
    "verborgen tabelrij": _body(
        f"<w:tbl><w:tblPr/><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>{_RUN}</w:p></w:tc></w:tr></w:tbl>"
    ),
    "verborgen alinea-einde": _body(f"<w:p><w:pPr><w:rPr><w:specVanish/></w:rPr></w:pPr>{_RUN}</w:p>"),
    "tekst buiten de alinea's": _body(KANARIE),
    "tekst achter een element": _swap(_DOC, "</w:p>", f"</w:p>{KANARIE}"),
    "commentaar in de XML": _body(f"<!-- {KANARIE} -->"),
    "commentaar voor de inhoud": _swap(_DOC, "<w:document", f"<!-- {KANARIE} --><w:document"),
    "commentaar achter de inhoud": _swap(_DOC, "</w:document>", f"</w:document><!-- {KANARIE} -->"),
    "verwerkingsopdracht": _body(f"<?{KANARIE} iets?>"),
    "CDATA": _body(f"<w:p><w:r><w:t><![CDATA[{KANARIE}]]></w:t></w:r></w:p>"),
    "doctype": _swap(_DOC, "<w:document", f'<!DOCTYPE x [<!ENTITY k "{KANARIE}">]><w:document'),
    "naamruimte": _swap(_DOC, "<w:document ", f'<w:document xmlns:k="urn:{KANARIE}" '),
    "onbekend attribuut": _swap(_DOC, "<w:p>", f'<w:p w:rsidR="{KANARIE}">'),
    "onbekend element": _body(f'<w:{KANARIE} w:val="1"/>'),
    # changes, remarks
    "ingevoegde tekst": _body(f"<w:p><w:ins {_REV}><w:r><w:t>pagina</w:t></w:r></w:ins></w:p>"),
    "gewiste tekst": _body(f"<w:p><w:del {_REV}><w:r><w:delText>{KANARIE}</w:delText></w:r></w:del></w:p>"),
    "verplaatste tekst": _body(f"<w:p><w:moveFrom {_REV}>{_RUN}</w:moveFrom></w:p>"),
    "vroegere opmaak": _body(f"<w:p><w:pPr><w:pPrChange {_REV}><w:pPr/></w:pPrChange></w:pPr></w:p>"),
    "opmerkingen": _part("word/comments.xml", _xml("comments", _PAR), f"{_MAIN}.comments+xml", f"{_OFFICE}/comments"),
    "personen": _part("word/people.xml", _xml("people", KANARIE)),
    "merk van een opmerking": _body(f'<w:p><w:commentRangeStart w:id="{KANARIE}"/></w:p>'),
    # controls and fields
    "titel van een besturingselement": _body(_sdt(f'<w:alias w:val="{KANARIE}"/>')),
    "merk van een besturingselement": _body(_sdt(f'<w:tag w:val="{KANARIE}"/>')),
    "niet gekozen keuze": _body(_sdt(f'<w:dropDownList><w:listItem w:value="{KANARIE}"/></w:dropDownList>')),
    "hulptekst van een formulierveld": _body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData>'
        f'<w:helpText w:val="{KANARIE}"/></w:ffData></w:fldChar></w:r></w:p>'
    ),
    "veldcode": _body(_field(f"DOCPROPERTY {KANARIE}")),
    "andere tak van een IF-veld": _body(_field(f'IF 1 = 1 "pagina" "{KANARIE}"')),
    "schakeloptie van een paginanummer": _body(_field(f"PAGE \\* {KANARIE}")),
    "bewaard resultaat van een veld": _body(_field("PAGE", KANARIE)),
    "eenvoudig veld": _body(f'<w:p><w:fldSimple w:instr=" AUTHOR {KANARIE} "/></w:p>'),
    "bladwijzer": _body(f'<w:p><w:bookmarkStart w:id="0" w:name="{KANARIE}"/><w:bookmarkEnd w:id="0"/></w:p>'),
    "machtiging": _body(f'<w:p><w:permStart w:id="1" w:ed="{KANARIE}"/></w:p>'),
    "slimme tag": _body(f'<w:p><w:smartTag w:uri="urn:k" w:element="{KANARIE}"><w:r/></w:smartTag></w:p>'),
    "custom XML om tekst": _body(f'<w:p><w:customXml w:element="{KANARIE}"><w:r/></w:customXml></w:p>'),
    # links and pictures
    "doel van een koppeling": _swap(
        _DOCRELS,
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{_OFFICE}/hyperlink" Target="https://{KANARIE}.example.org/"'
        ' TargetMode="External"/></Relationships>',
    ),
    "zweeftekst van een koppeling": _body(
        f'<w:p><w:hyperlink w:anchor="a" w:tooltip="{KANARIE}"><w:r/></w:hyperlink></w:p>'
    ),
    "naam van een afbeelding": _body(_DRAW.format(f'name="{KANARIE}"')),
    "alternatieve tekst": _body(_DRAW.format(f'name="x" descr="{KANARIE}"')),
    "titel van een afbeelding": _body(_DRAW.format(f'name="x" title="{KANARIE}"')),
    "losse afbeelding": _part("word/media/image1.png", b"\x89PNG\r\n\x1a\n" + KANARIE.encode()),
    "naam van een afbeeldingsbestand": _part(f"word/media/{KANARIE}.png", b"\x89PNG\r\n\x1a\n"),
    "tekstvak": _body(
        f'<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape title="{KANARIE}"/></w:pict></w:r></w:p>'
    ),
    "terugval voor oude versies": _body(
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Fallback>{_RUN}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ),
    "bijschrift van een tabel": _body(
        f'<w:tbl><w:tblPr><w:tblCaption w:val="{KANARIE}"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "breedte van een kolom": _swap(_DOC, r'<w:gridCol w:w="\d+"', '<w:gridCol w:w="8317"'),
    # other parts
    "titel in de eigenschappen": _swap(_CORE, "<dc:title>", f"<dc:title>{KANARIE} "),
    "auteur in de eigenschappen": _swap(_CORE, "<dc:creator>", f"<dc:creator>{KANARIE} "),
    "trefwoorden": _core(f"<cp:keywords>{KANARIE}</cp:keywords>"),
    "laatst bewaard door": _core(f"<cp:lastModifiedBy>{KANARIE}</cp:lastModifiedBy>"),
    "onderwerp": _core(f"<dc:subject>{KANARIE}</dc:subject>"),
    "moment van bewaren": _swap(_CORE, "1980-01-01T00:00:00Z", "2026-11-28T16:31:00Z"),
    "bedrijf": _swap(_APP, "</Properties>", f"<Company>{KANARIE}</Company></Properties>"),
    "sjabloonnaam": _swap(_APP, "</Properties>", f"<Template>{KANARIE}</Template></Properties>"),
    "programma": _swap(_APP, "Microsoft Office Word", KANARIE),
    "eigen eigenschap": _part("docProps/custom.xml", f"<Properties><x>{KANARIE}</x></Properties>"),
    "miniatuur": _part("docProps/thumbnail.jpeg", b"\xff\xd8" + KANARIE.encode()),
    "custom XML": _part("customXml/item1.xml", f"<x>{KANARIE}</x>"),
    "woordenlijst": _part("word/glossary/document.xml", _xml("glossaryDocument", _PAR)),
    "voetnoot zonder verwijzing": _part(
        "word/footnotes.xml", _xml("footnotes", f'<w:footnote w:id="7">{_PAR}</w:footnote>'), f"{_MAIN}.footnotes+xml"
    ),
    "koptekst zonder verwijzing": _part("word/header9.xml", _xml("hdr", _PAR), f"{_MAIN}.header+xml"),
    "ingesloten document": _part("word/afchunk1.htm", f"<p>{KANARIE}</p>", "text/html", f"{_OFFICE}/aFChunk"),
    "ingesloten werkblad": _part("word/embeddings/k.xlsx", KANARIE, "application/x-xlsx", f"{_OFFICE}/package"),
    "macro": _part("word/vbaProject.bin", KANARIE),
    "printerinstelling": _part("word/printerSettings1.bin", KANARIE),
    "wees in het pakket": _part(f"{KANARIE}.txt", ""),
    "instellingen: variabele": _setting(f'<w:docVars><w:docVar w:name="k" w:val="{KANARIE}"/></w:docVars>'),
    "instellingen: samenvoegen": _setting(f'<w:mailMerge><w:connectString w:val="{KANARIE}"/></w:mailMerge>'),
    "instellingen: gekoppeld sjabloon": _setting(f'<w:attachedTemplate w:val="{KANARIE}"/>'),
    "instellingen: bewerksessies": _setting('<w:rsids><w:rsid w:val="00AB83F7"/></w:rsids>'),
    "instellingen: taal": _swap(_SETTINGS, r'<w:themeFontLang w:val="[^"]*"', f'<w:themeFontLang w:val="{KANARIE}"'),
    "naam van een stijl": _swap(
        _STYLES,
        "</w:styles>",
        f'<w:style w:type="paragraph" w:styleId="k"><w:name w:val="{KANARIE}"/></w:style></w:styles>',
    ),
    "taal van een stijl": _swap(_STYLES, r'<w:lang w:val="[^"]*"', f'<w:lang w:val="{KANARIE}"'),
    "tekst van een opsomming": _swap(_NUMBERS, r'<w:lvlText w:val="[^"]*"', f'<w:lvlText w:val="{KANARIE}"'),
    "soort van een onderdeel": _swap(_TYPES, "</Types>", f'<Default Extension="{KANARIE}" ContentType="a/b"/></Types>'),
    "attribuut in de soorten": _swap(_TYPES, "<Default ", f'<Default k="{KANARIE}" '),
    "id van een verwijzing": _swap(_RELS, 'Id="rId1"', f'Id="{KANARIE}"'),
    # the package
    "opmerking bij het pakket": _bytes(_comment_zip),
    "bytes voor het pakket": _bytes(lambda ruw: KANARIE.encode() + ruw),
    "bytes achter het pakket": _bytes(lambda ruw: ruw + KANARIE.encode()),
    "bytes tussen de onderdelen": _bytes(_hide_between),
    "opmerking bij een onderdeel": _zip(_set("comment", KANARIE.encode())),
    "extra veld bij een onderdeel": _zip(_set("extra", struct.pack("<HH", 0x6375, len(KANARIE)) + KANARIE.encode())),
    "datum van een onderdeel": _zip(_set("date_time", (1983, 1, 7, 8, 31, 6))),
    "rechten van een onderdeel": _zip(_set("external_attr", 0x8317 << 16)),
    "onderdeel dat er tweemaal staat": _double,
}
