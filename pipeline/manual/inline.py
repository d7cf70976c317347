"""The text of one paragraph or cell: its pieces, each in one look."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from schemas.handleiding import Opmaak, Stuk

#: What would be left in a text if a mark were written wrong.
_MERKTEKEN = re.compile(r"\*\*|__|`|\]\(|!\[|\[\^|~~|</?[a-z]+[ />]")
_HARDE_SPATIE = "\u00a0"
_HOOFDSTUK = re.compile(rf"\b[Hh]oofdstuk(?:ken)?[ {_HARDE_SPATIE}](\d+)")
_SAMEN = {
    (Opmaak.GEWOON, "strong"): Opmaak.VET,
    (Opmaak.GEWOON, "em"): Opmaak.CURSIEF,
    (Opmaak.GEWOON, "code_inline"): Opmaak.CODE,
    (Opmaak.VET, "code_inline"): Opmaak.CODE_VET,
    (Opmaak.GEWOON, "link"): Opmaak.LINK,
}


class TekstFout(Exception):
    """Something in a text that the manual does not have a look for."""


def read_text(inhoud: SyntaxTreeNode | None, ankers: Mapping[str, str]) -> tuple[Stuk, ...]:
    """Read the pieces of a text.

    In: the inline node of a paragraph, heading or cell, and where each heading lies by the name that a link gives it
    (`#1-installeren`) and by the number of its chapter (`1`). Out: its pieces; neighbours of one look are one.
    Raises TekstFout with a Dutch reason.
    """
    delen = [] if inhoud is None else [stuk for kind in inhoud.children for stuk in _read(kind, Stuk(tekst=""), ankers)]
    groepen = itertools.groupby(delen, key=lambda stuk: (stuk.opmaak, stuk.anker))
    samen = [
        Stuk(tekst="".join(stuk.tekst for stuk in groep), opmaak=opmaak, anker=anker)
        for (opmaak, anker), groep in groepen
    ]
    return tuple(deel for stuk in samen for deel in _link_chapters(stuk, ankers))


def _read(knoop: SyntaxTreeNode, om: Stuk, ankers: Mapping[str, str]) -> Iterator[Stuk]:
    """The pieces of one node, within the look and link of what stands around it."""
    if knoop.type == "text":
        if gevonden := _MERKTEKEN.search(knoop.content):
            raise TekstFout(f"er blijft een opmaakteken staan: {gevonden.group()}")
        yield om.model_copy(update={"tekst": knoop.content})
    elif knoop.type in ("softbreak", "hardbreak"):
        yield om.model_copy(update={"tekst": " " if knoop.type == "softbreak" else "\n"})
    elif (opmaak := _SAMEN.get((om.opmaak, knoop.type))) is None:
        raise TekstFout(f"dit kan de handleiding niet tonen: {knoop.type} in {om.opmaak.value}")
    elif knoop.type == "code_inline":
        yield Stuk(tekst=knoop.content, opmaak=opmaak, anker=om.anker)
    else:
        anker = _find_place(knoop, ankers) if opmaak is Opmaak.LINK else ""
        for kind in knoop.children:
            yield from _read(kind, Stuk(tekst="", opmaak=opmaak, anker=anker), ankers)


def _find_place(link: SyntaxTreeNode, ankers: Mapping[str, str]) -> str:
    doel = unquote(str(link.attrs.get("href", "")))
    if doel not in ankers:
        raise TekstFout(f"een link leidt naar {doel}, en dat is geen kop van de handleiding")
    return ankers[doel]


def _link_chapters(stuk: Stuk, ankers: Mapping[str, str]) -> Iterator[Stuk]:
    """Let each "hoofdstuk 12" lead to that chapter, and stay on one line."""
    plaats = 0
    for gevonden in _HOOFDSTUK.finditer(stuk.tekst) if stuk.opmaak is Opmaak.GEWOON else ():
        if gevonden[1] not in ankers:
            raise TekstFout(f"er is geen {gevonden[0]}")
        yield stuk.model_copy(update={"tekst": stuk.tekst[plaats : gevonden.start()]})
        yield Stuk(tekst=gevonden[0].replace(" ", _HARDE_SPATIE), opmaak=Opmaak.LINK, anker=ankers[gevonden[1]])
        plaats = gevonden.end()
    if stuk.tekst[plaats:]:
        yield stuk.model_copy(update={"tekst": stuk.tekst[plaats:]})
