"""The Jinja environment of a template: strict, escaping, and unable to do anything but print and repeat.

A template is written by people who may edit Word files, so it is not trusted with more than the values it
prints. It reaches keys of dicts only: no attribute, no method, no function of Python.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NoReturn

from jinja2 import StrictUndefined, TemplateRuntimeError, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

FILTERS = ("capitalize", "count", "first", "join", "last", "length", "lower", "trim", "upper")
TESTS = ("even", "none", "odd")

#: Loops inside loops: casussen, rubrieken, rijen, velden.
MAX_LUSDIEPTE = 4

_TOEGELATEN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
    nodes.Test,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
    nodes.Tuple,
    nodes.List,
    nodes.Assign,
)


class OnbekendVeld(StrictUndefined):
    """A name that a Deelbeeld does not have: using it in any way is an error that names it."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return "een tag vraagt een onderdeel dat er niet is, zoals het eerste van een lege lijst"
        bekend = [str(naam) for naam in self._undefined_obj] if isinstance(self._undefined_obj, dict) else []
        return f"het veld '{self._undefined_name}' bestaat niet{_suggest(str(self._undefined_name), bekend)}"


def _suggest(naam: str, bekend: Sequence[str]) -> str:
    lijkt_op = difflib.get_close_matches(naam, bekend, n=1)
    return f" (bedoelde u '{lijkt_op[0]}'?)" if lijkt_op else ""


def _offer(naam: str, bekend: Sequence[str]) -> str:
    return f"{_suggest(naam, bekend)}; toegelaten zijn {', '.join(bekend)}"


class Zandbak(ImmutableSandboxedEnvironment):
    """Jinja cut down to printing fields, conditions and loops."""

    def __init__(self) -> None:
        super().__init__(undefined=OnbekendVeld, autoescape=True, finalize=print_value)
        self.globals.clear()
        self.filters = {naam: self.filters[naam] for naam in FILTERS}
        self.tests = {naam: self.tests[naam] for naam in TESTS}

    def bound(self, boom: nodes.Template) -> None:
        """Put bounds in a checked template: none here, where the values are those of one document."""

    def getattr(self, obj: object, attribute: str) -> object:
        """Look a name up among the keys of a dict; `loop` alone keeps its own attributes."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        return self._look_up(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Look up a key of a dict or a place in a list."""
        if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self._look_up(obj, argument)

    def is_safe_callable(self, obj: object) -> bool:  # noqa: ARG002
        """Nothing can be called."""
        return False

    def unsafe_undefined(self, obj: object, attribute: str) -> Undefined:
        """What is unsafe is as unknown as what does not exist."""
        return self.undefined(obj=obj, name=attribute)

    def _look_up(self, obj: object, name: object) -> object:
        if isinstance(obj, Undefined):
            str(obj)
        if isinstance(obj, dict) and name in obj:
            return obj[name]
        return self.undefined(obj=obj, name=str(name))


def print_value(value: object) -> str:
    """Print text and numbers exactly as they are; the environment escapes them afterwards."""
    if type(value) is str:
        return value
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        _refuse_value(value)
    # str() drops any Markup, so that no filter can smuggle unescaped text through.
    return str(value)


def _refuse_value(value: object) -> NoReturn:
    soort = "een lijst" if isinstance(value, list) else "een groep velden" if isinstance(value, dict) else "geen tekst"
    raise TemplateRuntimeError(f"een tag wil iets afdrukken dat {soort} is; kies een veld met tekst")


def find_forbidden(boom: nodes.Template, bekende_namen: frozenset[str] | None) -> Iterator[tuple[int, str]]:
    """Say, with line number, everything in a parsed template that the dialect does not have; None: any name may be."""
    gebruikt = list(boom.find_all(nodes.Name))
    namen = {naam.name for naam in gebruikt if bekende_namen is None or naam.ctx == "store"} | {"loop"}
    namen |= bekende_namen or set()
    for knoop in _walk(boom):
        if fout := _describe_fault(knoop, namen):
            yield knoop.lineno or 1, fout
    if _measure_loops(boom) > MAX_LUSDIEPTE:
        yield 1, f"er staan meer dan {MAX_LUSDIEPTE} lussen in elkaar"


def is_foreign(boom: nodes.Node) -> bool:
    """Whether it wants something of the program, or something that is no printing, condition or loop."""
    return any(
        not isinstance(knoop, _TOEGELATEN) or (isinstance(knoop, nodes.Getattr) and knoop.attr.startswith("__"))
        for knoop in _walk(boom)
    )


def _walk(knoop: nodes.Node) -> Iterator[nodes.Node]:
    yield knoop
    if isinstance(knoop, _TOEGELATEN):
        for kind in knoop.iter_child_nodes():
            yield from _walk(kind)


def _describe_fault(knoop: nodes.Node, namen: set[str]) -> str:
    """The fault of one node, or ""."""
    if not isinstance(knoop, _TOEGELATEN):
        return f"deze soort tag ({type(knoop).__name__}) is in een sjabloon niet toegelaten"
    if isinstance(knoop, nodes.Getattr) and knoop.attr.startswith("__"):
        return f"een tag vraagt iets van het programma zelf ('{knoop.attr}')"
    if isinstance(knoop, nodes.Getitem) and not isinstance(knoop.arg, nodes.Const):
        return "tussen [ ] mag enkel een vast getal of een vaste naam staan"
    if isinstance(knoop, nodes.For) and knoop.recursive:
        return "een lus mag zichzelf niet herhalen (recursive)"
    if isinstance(knoop, nodes.Filter) and knoop.name not in FILTERS:
        return f"de bewerking '|{knoop.name}' bestaat niet{_offer(knoop.name, FILTERS)}"
    if isinstance(knoop, nodes.Test) and knoop.name not in TESTS:
        return f"de voorwaarde 'is {knoop.name}' bestaat niet{_offer(knoop.name, TESTS)}"
    if isinstance(knoop, nodes.Name) and knoop.ctx == "load" and knoop.name not in namen:
        return str(OnbekendVeld(obj=dict.fromkeys(sorted(namen)), name=knoop.name)._undefined_message)
    return ""


def _measure_loops(knoop: nodes.Node) -> int:
    dieper = max((_measure_loops(kind) for kind in knoop.iter_child_nodes()), default=0)
    return dieper + isinstance(knoop, nodes.For)
