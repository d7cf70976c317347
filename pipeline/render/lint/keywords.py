"""The first word of a tag that steers: which there are, which was meant, and the expression behind it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from jinja2 import TemplateSyntaxError, nodes

from pipeline.render.lint.tags import Niveau, Tag
from pipeline.render.sandbox import Zandbak

OPENT = ("if", "for")
TAKKEN = ("elif", "else")
SLUIT = MappingProxyType({"endif": "if", "endfor": "for"})
_CEL = ("colspan", "cellbg", "vm", "hm")  #: of docxtpl's own, for cells
_WOORDEN = (*OPENT, *TAKKEN, *SLUIT, "set", *_CEL)
_NEDERLANDS = MappingProxyType(
    {"als": "if", "indien": "if", "voor": "for", "anders": "else", "einde": "endif", "end": "endif", "elseif": "elif"}
)
_NOOIT = ("include", "import", "from", "extends", "block", "macro", "call", "filter", "autoescape", "raw", "with", "do")
_NIVEAUS = ("tr", "tc", "p", "r")
_OMGEVING = Zandbak()
_LIJKT = 0.7
_NAMEN = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_TEKST = re.compile(r"'[^']*'|\"[^\"]*\"")
_LOSSE_PUNT = re.compile(r"\.\s*(?:[^\w\s]|$)")
_VERGELIJK = re.compile(r"(?<![=!<>])=(?!=)")


@dataclass(frozen=True, eq=False)
class Gelezen:
    """A tag, understood as far as it goes: `woord` is "" for a value, `knoop` None when its code cannot be read."""

    tag: Tag
    woord: str
    knoop: nodes.Node | None = None
    fout: tuple[str, str, str] | None = None  #: code, reason, remedy


def read_keyword(tag: Tag) -> Gelezen:
    """Read one tag by itself, whatever stands around it."""
    if tag.is_waarde:
        return _read_value(tag)
    bedoeld, hulp = _guess(tag)
    if not bedoeld.woord:
        return Gelezen(tag, "", fout=("tag-onbekend", hulp, "LEESMIJ.md bij de sjablonen zegt welke tags er zijn."))
    woord, rest = bedoeld.woord, bedoeld.code.removeprefix(bedoeld.woord).strip()
    if hulp:
        return Gelezen(bedoeld, woord, _parse(woord, rest), ("tag-onbekend", hulp, "Typ de tag zoals voorgesteld."))
    return _read_rest(tag, woord, rest)


def _read_value(tag: Tag) -> Gelezen:
    if tag.niveau is not Niveau.TEKST:
        reden = f"een waarde heeft geen letter {tag.niveau} na de haken; dat hoort enkel bij {{% … %}}"
        return Gelezen(tag, "", fout=("waarde-met-niveau", reden, f"Schrijf {{{{ {tag.code} }}}}."))
    knoop = _parse_value(tag.code)
    return Gelezen(tag, "", knoop, None if knoop is not None else explain(tag.code))


def _read_rest(tag: Tag, woord: str, rest: str) -> Gelezen:
    if woord in SLUIT or woord in ("else", "vm", "hm"):
        if not rest:
            return Gelezen(tag, woord)
        if woord == "else" and rest.startswith("if "):
            knoop = _parse("elif", rest.removeprefix("if "))
            return Gelezen(
                tag, "elif", knoop, ("tag-onbekend", "bedoelde u elif?", "Schrijf elif in plaats van else if.")
            )
        reden = f"na {woord} hoort niets meer"
        return Gelezen(tag, woord, fout=("tag-fout", reden, f"Haal weg wat na {woord} staat."))
    knoop = _parse(woord, rest)
    return Gelezen(tag, woord, knoop, None if knoop is not None else explain(rest, lus=woord == "for"))


def _guess(tag: Tag) -> tuple[Tag, str]:
    """The tag that this is or was meant to be, with what is wrong with it; one without code when nobody can tell."""
    woord, rest = tag.woord, tag.code.removeprefix(tag.woord).strip()
    if woord in _WOORDEN:
        return tag, ""
    if not woord:
        return tag, "deze tag is leeg"
    if woord in _NOOIT or woord.removeprefix("end") in _NOOIT:
        return replace(tag, code=""), f"de tag {woord} is in een sjabloon niet toegelaten"
    if woord in _NIVEAUS and rest.split(" ", 1)[0] in _WOORDEN:
        bedoeld = replace(tag, code=rest, niveau=Niveau(woord))
        return bedoeld, f"bedoelde u {{%{woord} {rest} %}}, met die letter tegen de haken?"
    for niveau in _NIVEAUS:
        if woord.startswith(niveau) and woord.removeprefix(niveau) in _WOORDEN:
            code = f"{woord.removeprefix(niveau)} {rest}".strip()
            return replace(tag, code=code, niveau=Niveau(niveau)), f"bedoelde u {{%{niveau} {code} %}}, met een spatie?"
    dichtst = difflib.get_close_matches(woord.casefold(), _WOORDEN, n=1, cutoff=_LIJKT)
    lijkt = _NEDERLANDS.get(woord.casefold()) or next(iter(dichtst), "")
    code = f"{lijkt} {rest}".strip() if lijkt else ""
    return replace(tag, code=code), f"de tag {woord} bestaat niet" + (f" (bedoelde u {lijkt}?)" if lijkt else "")


@lru_cache(maxsize=4096)  # the templates of a table ask much the same
def _parse(woord: str, rest: str) -> nodes.Node | None:
    """The node of a tag that steers; of a condition or a cell its expression."""
    if woord in ("colspan", "cellbg"):
        return _parse_value(rest)
    einde = {"if": "{% endif %}", "for": "{% endfor %}"}
    woord = "if" if woord == "elif" else woord
    try:
        knoop = _OMGEVING.parse(f"{{% {woord} {rest} %}}{einde.get(woord, '')}").body[0]
    except (TemplateSyntaxError, IndexError):
        return None
    return knoop.test if isinstance(knoop, nodes.If) else knoop


@lru_cache(maxsize=4096)
def _parse_value(code: str) -> nodes.Node | None:
    try:
        uit = _OMGEVING.parse(f"{{{{ {code} }}}}").body[0]
    except (TemplateSyntaxError, IndexError):
        return None
    return uit.nodes[0] if isinstance(uit, nodes.Output) and len(uit.nodes) == 1 else None


def explain(code: str, *, lus: bool = False) -> tuple[str, str, str]:
    """What is probably wrong with an expression that cannot be read: code, reason, remedy."""
    fout = "tag-fout"
    if not code:
        return fout, "in deze tag staat niets", "Vul ze aan of haal ze weg."
    if lus and " in " not in code:
        return fout, "in deze lus ontbreekt in", "Schrijf ze zoals {%p for casus in casussen %}."
    if code.count("'") % 2 or code.count('"') % 2:
        return fout, "een aanhalingsteken is niet gesloten", "Zet ' voor en na de tekst."
    if any(code.count(open_) != code.count(sluit) for open_, sluit in ("()", "[]")):
        return fout, "een haakje is niet gesloten", "Sluit elk haakje dat u opent."
    kaal = _TEKST.sub("''", code)
    if _VERGELIJK.search(kaal):
        return fout, "om te vergelijken dient ==, niet =", f"Schrijf {_VERGELIJK.sub('==', code)}."
    if _LOSSE_PUNT.search(kaal):
        return fout, "na een punt ontbreekt een naam", "Haal de punt weg, of vul aan."
    namen = _NAMEN.findall(code)
    if not lus and len(namen) > 1 and " ".join(namen) == " ".join(code.split()):
        keuzes = " of ".join(dict.fromkeys((".".join(namen), "_".join(namen))))
        return (
            "spatie-in-naam",
            f"in de naam van een veld staat een spatie (bedoelde u {keuzes}?)",
            "Haal de spatie weg.",
        )
    return fout, "deze tag is fout geschreven", "LEESMIJ.md bij de sjablonen zegt hoe een tag eruitziet."
