"""The tags of a paragraph as they were typed, also when Word split them over runs; and what looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.render.lint.finding import Vondst, make_vondst
from pipeline.render.lint.places import Plek
from schemas.bevinding import Ernst


class Niveau(StrEnum):
    """What a tag vanishes with, by the letters behind its first bracket."""

    TEKST = ""
    RUN = "r"
    ALINEA = "p"
    CEL = "tc"
    RIJ = "tr"


@dataclass(frozen=True, eq=False)
class Tag:
    """One tag. `code` is what stands between its brackets, with straight quotes and without its level."""

    tekst: str
    niveau: Niveau
    code: str
    is_waarde: bool
    plek: Plek
    stuk: tuple[int, int]

    def report(self, code: str, reden: str, remedie: str, ernst: Ernst = Ernst.FOUT) -> Vondst:
        """A fault of this tag, which is quoted."""
        return make_vondst(code, self.plek, f"{quote(self.tekst)}: {reden}.", remedie, ernst=ernst, stuk=self.stuk)

    @property
    def woord(self) -> str:
        """The first word of a tag that steers."""
        return self.code.split(maxsplit=1)[0] if self.code else ""


_BINNEN = r"(?:(?!\{\{|\{%|\{#|\}\}|%\}|#\}).)*"
_TAG = re.compile(rf"\{{\{{({_BINNEN})\}}\}}|\{{%({_BINNEN})%\}}|\{{#{_BINNEN}#\}}", re.DOTALL)
_HAKEN = re.compile(r"\{[{%#]|[}%#]\}")
_NIVEAU = re.compile(r"(tr|tc|p|r) (.*)", re.DOTALL)
#: What somebody surely meant as a tag: one bracket around a field of a group, or two with a blank between.
_BIJNA = re.compile(r"\{\s*[A-Za-z_]\w*(?:\.\w+)+\s*\}|\{ \{\s*\w[\w.|]*\s*\} \}|\{ %\s*\w[^{}%]*% \}")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_CITAAT = 80
_SLUIT = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENT = {sluit: open_ for open_, sluit in _SLUIT.items()}


def quote(tekst: str) -> str:
    """A piece of a template as it stands there, on one line."""
    tekst = " ".join(tekst.split())
    return f"“{tekst if len(tekst) <= _CITAAT else tekst[:_CITAAT] + '…'}”"


def read_tags(plek: Plek) -> tuple[list[Tag], list[Vondst]]:
    """The tags of a paragraph in order, and every bracket that belongs to none."""
    tags: list[Tag] = []
    vondsten: list[Vondst] = []
    begin = 0
    for gevonden in _TAG.finditer(plek.tekst):
        vondsten += _find_loose(plek, begin, gevonden.start())
        begin = gevonden.end()
        waarde, sturing = gevonden.groups()
        if waarde is not None or sturing is not None:
            tags.append(_make_tag(plek, gevonden, waarde is not None))
    return tags, vondsten + list(_find_loose(plek, begin, len(plek.tekst)))


def _make_tag(plek: Plek, gevonden: re.Match[str], is_waarde: bool) -> Tag:
    code = (gevonden[1] or gevonden[2] or "").translate(_QUOTES)
    niveau = _NIVEAU.match(code)
    if niveau:
        code = niveau[2]
    code = code.strip().removeprefix("-").removesuffix("-").strip()
    return Tag(gevonden[0], Niveau(niveau[1] if niveau else ""), code, is_waarde, plek, gevonden.span())


def _find_loose(plek: Plek, begin: int, einde: int) -> Iterator[Vondst]:
    tekst = plek.tekst[begin:einde]
    haken = list(_HAKEN.finditer(tekst))
    for nummer, haak in enumerate(haken):
        volgende = haken[nummer + 1].start() if nummer + 1 < len(haken) else len(tekst)
        vorige = haken[nummer - 1].end() if nummer else 0
        if haak[0] in _SLUIT:
            van, tot, ontbreekt = haak.start(), volgende, f"deze tag is niet gesloten; er ontbreekt {_SLUIT[haak[0]]}"
        else:
            van, tot, ontbreekt = vorige, haak.end(), f"deze tag is niet geopend; er ontbreekt {_OPENT[haak[0]]}"
        yield make_vondst(
            "tag-niet-gesloten",
            plek,
            f"{quote(tekst[van:tot])}: {ontbreekt}.",
            "Typ de ontbrekende haken, in dezelfde alinea.",
            ernst=Ernst.FOUT,
            stuk=(begin + van, begin + tot),
        )
    if not haken:
        yield from _find_almost(plek, tekst, begin)


def _find_almost(plek: Plek, tekst: str, begin: int) -> Iterator[Vondst]:
    """What is printed as it stands, though it was surely meant as a tag."""
    for gevonden in _BIJNA.finditer(tekst):
        kern = gevonden[0].strip("{}% ")
        bedoeld = f"{{% {kern} %}}" if "%" in gevonden[0] else f"{{{{ {kern} }}}}"
        yield make_vondst(
            "geen-tag",
            plek,
            f"{quote(gevonden[0])}: dit is geen tag en wordt afgedrukt zoals het er staat. Bedoelde u {bedoeld}?",
            "Typ twee haken zonder spatie ertussen, of haal dit weg.",
            stuk=(begin + gevonden.start(), begin + gevonden.end()),
        )
