"""The replace family of docxtpl: another picture or file in the place of one that a template holds.

docxtpl passes in silence over what it does not find, and puts a JPEG where the file says PNG. Here each of them is
found beforehand and is of the same kind, or the data are refused.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from pipeline.errors import ConfiguratieFout
from pipeline.render.context import make_visible
from pipeline.render.inserts import Bestand, Vervanging
from pipeline.render.pictures import find_type
from pipeline.render.subdocument import judge_package
from pipeline.render.template import list_parts, open_template
from schemas.fouttekst import suggest
from schemas.woorden import join_words

_MEDIA, _INGESLOTEN = "word/media/", "word/embeddings/"
#: What an embedded file of each kind must hold.
_KERN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_REMEDIE = "Verbeter $vervang in het gegevensbestand, of het bestand dat het noemt."


@dataclass(frozen=True)
class _Paar:
    """A part of the template and what takes its place; `hoe` names the entry in messages."""

    hoe: str
    lid: str
    soort: str
    nieuw: Bestand


def find_embedded(naam: str, sjabloon: bytes, vervanging: Vervanging) -> frozenset[str]:
    """The embedded files of a template that others take the place of, by member.

    Raises:
        ConfiguratieFout: one that is not there, or a new one of another kind; lists all faults.

    """
    if not vervanging.ingesloten and not vervanging.onderdeel:
        return frozenset()
    delen = _list_members(open_template(naam, sjabloon), _INGESLOTEN)
    paren = [
        *_match(delen, vervanging.ingesloten, "ingesloten", naam),
        *_match_names(delen, [paar for paar in vervanging.onderdeel if not paar[0].startswith(_MEDIA)], naam),
    ]
    fouten = [paar for paar in paren if isinstance(paar, str)]
    gevonden = [paar for paar in paren if isinstance(paar, _Paar)]
    _raise([*fouten, *map(_compare_package, gevonden), *_find_double(gevonden)])
    return frozenset(paar.lid for paar in gevonden)


def check_pictures(naam: str, document: WordDocument, vervanging: Vervanging) -> None:
    """Find every picture that another takes the place of, of the same kind. Raises ConfiguratieFout with all faults."""
    delen = _list_members(document, _MEDIA)
    paren = [
        *_match_pictures(document, vervanging.afbeelding, naam),
        *_match(delen, vervanging.media, "media", naam),
        *_match_names(delen, [paar for paar in vervanging.onderdeel if paar[0].startswith(_MEDIA)], naam),
    ]
    gevonden = [paar for paar in paren if isinstance(paar, _Paar)]
    fouten = [paar if isinstance(paar, str) else _compare_picture(paar) for paar in paren]
    _raise([*fouten, *_find_double(gevonden)])


def replace_parts(sjabloon: bytes, vervanging: Vervanging) -> bytes:
    """Let docxtpl put the new files in a template of which all was found."""
    tpl = DocxTemplate(io.BytesIO(sjabloon))
    tpl.render_init()  # without it docxtpl cannot save what it did not render
    tpl.allow_missing_pics = True  # all are there; of two names of one picture it would call the second missing
    for naam, nieuw in vervanging.afbeelding:
        tpl.replace_pic(naam, io.BytesIO(nieuw.inhoud))
    for oud, nieuw in vervanging.media:
        tpl.replace_media(io.BytesIO(oud.inhoud), io.BytesIO(nieuw.inhoud))
    # Its functions for these two want a path to read again; what was checked is what goes in.
    for oud, nieuw in vervanging.ingesloten:
        tpl.crc_to_new_embedded[tpl.get_file_crc(io.BytesIO(oud.inhoud))] = nieuw.inhoud
    tpl.zipname_to_replace = {lid: nieuw.inhoud for lid, nieuw in vervanging.onderdeel}
    uit = io.BytesIO()
    tpl.save(uit)
    return uit.getvalue()


def _list_members(document: WordDocument, map_: str) -> dict[str, Part]:
    leden = {part.partname.membername: part for part in document.part.package.iter_parts()}
    return {lid: part for lid, part in leden.items() if lid.startswith(map_)}


def _match(
    delen: dict[str, Part], paren: Collection[tuple[Bestand, Bestand]], groep: str, naam: str
) -> Iterator[_Paar | str]:
    """The parts that are equal to each old file."""
    for oud, nieuw in paren:
        gelijk = [lid for lid, part in delen.items() if part.blob == oud.inhoud]
        if not gelijk:
            yield f"Gegeven '$vervang.{groep}': in sjabloon '{naam}' zit geen bestand dat gelijk is aan “{oud.naam}”."
        yield from (_Paar(f"$vervang.{groep}", lid, delen[lid].content_type, nieuw) for lid in gelijk)


def _match_names(delen: dict[str, Part], paren: Collection[tuple[str, Bestand]], naam: str) -> Iterator[_Paar | str]:
    for lid, nieuw in paren:
        if lid in delen:
            yield _Paar("$vervang.onderdeel", lid, delen[lid].content_type, nieuw)
        elif lid.startswith((_MEDIA, _INGESLOTEN)):
            zin = f"Gegeven '$vervang.onderdeel': sjabloon '{naam}' heeft geen onderdeel “{make_visible(lid)}”."
            yield f"{zin}{suggest(lid, delen)}"
        else:
            zin = f"Gegeven '$vervang.onderdeel': “{make_visible(lid)}” kan niet vervangen worden"
            yield f"{zin}; enkel wat begint met {_MEDIA} of {_INGESLOTEN}."


def _match_pictures(document: WordDocument, paren: Collection[tuple[str, Bestand]], naam: str) -> Iterator[_Paar | str]:
    """The pictures by the name, title or alternative text that they have in Word."""
    genoemd = list(_list_pictures(document))
    for woord, nieuw in paren:
        gevonden = [part for namen, part in genoemd if woord in namen]
        if not gevonden:
            bekend = sorted({ander for namen, _ in genoemd for ander in namen})
            lijkt_op = difflib.get_close_matches(woord, bekend, n=1)
            hulp = f" Bedoelde u “{lijkt_op[0]}”?" if lijkt_op else f" Er zijn: {', '.join(bekend) or 'geen'}."
            zin = f"Gegeven '$vervang.afbeelding': sjabloon '{naam}' heeft geen afbeelding “{make_visible(woord)}”."
            yield f"{zin}{hulp}"
        for part in gevonden:
            yield _Paar("$vervang.afbeelding", part.partname.membername, part.content_type, nieuw)


def _list_pictures(document: WordDocument) -> Iterator[tuple[set[str], Part]]:
    """Every picture that docxtpl can replace, with what it goes by; one in a group of shapes it does not see."""
    for _, part in list_parts(document):
        for beeld in part.element.iter(qn("a:graphicData")) if isinstance(part, XmlPart) else ():
            blip = beeld.find(f"{qn('pic:pic')}/{qn('pic:blipFill')}/{qn('a:blip')}")
            kenmerken = beeld.find(f"{qn('pic:pic')}/{qn('pic:nvPicPr')}/{qn('pic:cNvPr')}[@name]")
            relatie = None if blip is None else part.rels.get(blip.get(qn("r:embed"), ""))
            if kenmerken is not None and relatie is not None and relatie.reltype == RT.IMAGE:
                namen = {str(kenmerken.get(naam, "")) for naam in ("name", "title", "descr")}
                yield namen - {""}, relatie.target_part


def _compare_picture(paar: _Paar) -> str:
    soort = find_type(paar.nieuw.inhoud)
    if soort == paar.soort:
        return ""
    kort = paar.soort.rsplit("/", 1)[-1].upper()
    anders = "is geen afbeelding die Word kent" if not soort else "is een ander soort afbeelding"
    return f"Gegeven '{paar.hoe}': “{paar.nieuw.naam}” {anders}; bewaar ze als {kort}."


def _compare_package(paar: _Paar) -> str:
    uitgang = paar.lid.rsplit(".", 1)[-1].lower()
    kern = _KERN.get(uitgang)
    if kern is None:
        return f"Gegeven '{paar.hoe}': {paar.lid} kan niet vervangen worden; enkel {', '.join(_KERN)}."
    namen = judge_package(f"Bestand “{paar.nieuw.naam}”", paar.nieuw.inhoud, _REMEDIE).names
    if kern not in namen:
        return f"Gegeven '{paar.hoe}': “{paar.nieuw.naam}” is geen .{uitgang}-bestand zoals {paar.lid}."
    if any(lid.endswith("vbaProject.bin") for lid in namen):
        return f"Gegeven '{paar.hoe}': “{paar.nieuw.naam}” bevat een macro; bewaar het zonder."
    return ""


def _find_double(paren: Collection[_Paar]) -> Iterator[str]:
    """Parts that two different files should take the place of; pictures may share one."""
    for lid in sorted({paar.lid for paar in paren}):
        nieuwe = {paar.nieuw.inhoud: paar.nieuw.naam for paar in paren if paar.lid == lid}
        if len(nieuwe) > 1:
            namen = join_words([*nieuwe.values()])
            yield f"Gegeven '$vervang': {lid} kan maar door één bestand vervangen worden, niet door {namen}."


def _raise(fouten: list[str]) -> None:
    if any(fouten):
        raise ConfiguratieFout([fout for fout in dict.fromkeys(fouten) if fout], _REMEDIE)
