"""What a template prints, read from its tags alone: its own words, the fields it prints, and in which loops.

Nothing is evaluated here, and docxtpl is not asked: this is a second reading of the template, apart from the one that
makes the document. Conditions count as true, so what comes out is the most that a document may hold.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

#: A field: the keys that lead to it; ALL stands for each item of a list.
Path = tuple[str, ...]
ALL = "*"

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CONTROL = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PLACE = re.compile(r"(\{[{%])(?:p|tr|tc|r) ")
#: Tags that change a table cell and print nothing.
_CELL = re.compile(r"\{%\s*(?:(?:colspan|cellbg)\s[^%]*|vm|hm)\s*%\}")
#: What sets two values side by side with nothing between: a loop within a line, a sum of texts, a bare join.
_TOUCHING = re.compile(r"%\}[\w{][^\n]*?[\w}]\{%\s*endfor|\{\{[^}]*~|\|\s*join\s*(?!\s*\(\s*(?:\"[^\w\"]|'[^\w']))")
_SAME = {"lower", "upper", "trim", "capitalize"}
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_SETTING = Environment(autoescape=False)  # noqa: S701 - parses only, nothing is rendered


@dataclass(frozen=True)
class Loop:
    """A loop over the items of a field, each of them once; `own` are the loops around it that choose the field."""

    id: int
    path: Path
    own: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Site:
    """One place where a template prints: its own text, a field, or a number that it counts itself."""

    loops: tuple[Loop, ...]
    text: str = ""
    path: Path = ()
    own: frozenset[int] = frozenset()  #: the loops that choose the item that is printed
    counts: bool = False


@dataclass(frozen=True)
class _Value:
    path: Path
    own: frozenset[int] = frozenset()


@dataclass
class _Reader:
    """Walks a parsed template."""

    sites: list[Site] = field(default_factory=list)
    known: bool = True  #: whether every loop and name could be followed
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def walk(self, node: nodes.Node, loops: tuple[Loop, ...], scope: Mapping[str, _Value]) -> None:
        if isinstance(node, nodes.For):
            self._walk_loop(node, loops, scope)
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                self._print(part, loops, scope)
        elif isinstance(node, nodes.Assign):
            self.known = False
        else:
            inner = dict(scope)
            for child in node.iter_child_nodes():
                self.walk(child, loops, inner)

    def _walk_loop(self, node: nodes.For, loops: tuple[Loop, ...], scope: Mapping[str, _Value]) -> None:
        values = list(self._find_values(node.iter, scope))
        inner = dict(scope)
        if len(values) != 1 or not isinstance(node.target, nodes.Name):
            self.known = False
            return
        (value,) = values
        loop = Loop(next(self._ids), value.path, value.own)
        inner[node.target.name] = _Value((*value.path, ALL), value.own | {loop.id})
        for child in node.body:
            self.walk(child, (*loops, loop), inner)
        for child in node.else_:
            self.walk(child, loops, scope)

    def _print(self, node: nodes.Node, loops: tuple[Loop, ...], scope: Mapping[str, _Value]) -> None:
        if isinstance(node, nodes.TemplateData):
            self.sites.append(Site(loops, text=node.data))
            return
        for const, path, own in self._find_constants(node, scope):
            rounds = (*loops, Loop(next(self._ids), path, own)) if path else loops
            self.sites.append(Site(rounds, text=str(const.value)))
        if any(_is_counting(part) for part in _iterate(node)):
            self.sites.append(Site(loops, counts=True))
        for value in self._find_values(node, scope):
            self.sites.append(Site(loops, path=value.path, own=value.own))

    def _find_values(self, node: nodes.Node, scope: Mapping[str, _Value]) -> Iterator[_Value]:
        """Every field that an expression can give."""
        match node:
            case nodes.Name(name="loop") | nodes.Compare() | nodes.Not() | nodes.Test():
                return
            case nodes.CondExpr(expr1=een, expr2=ander):
                for deel in (een, *([ander] if ander is not None else [])):
                    yield from self._find_values(deel, scope)
            case nodes.Name(name=name):
                yield scope.get(name, _Value((name,)))
            case nodes.Getattr(node=inner, attr=key):
                yield from (_Value((*value.path, key), value.own) for value in self._find_values(inner, scope))
            case nodes.Getitem(node=inner, arg=nodes.Const(value=key)):
                step = ALL if isinstance(key, int) else str(key)
                yield from (_Value((*value.path, step), value.own) for value in self._find_values(inner, scope))
            case nodes.Filter(node=inner, name=name, args=args) if inner is not None and name not in _SAME:
                yield from self._find_items(inner, name, args, scope)
            case _:
                for child in node.iter_child_nodes():
                    yield from self._find_values(child, scope)

    def _find_constants(
        self, node: nodes.Node, scope: Mapping[str, _Value]
    ) -> Iterator[tuple[nodes.Const, Path, frozenset[int]]]:
        """Every text of the template within an expression; what joins a list comes with the field that it joins."""
        if isinstance(node, nodes.Const):
            yield node, (), frozenset()
        for child in node.iter_child_nodes():
            for const, path, own in self._find_constants(child, scope):
                if isinstance(node, nodes.Filter) and node.name == "join" and child in node.args and node.node:
                    for value in self._find_values(node.node, scope):
                        yield const, value.path, value.own
                else:
                    yield const, path, own

    def _find_items(
        self, node: nodes.Node, name: str, args: list[nodes.Expr], scope: Mapping[str, _Value]
    ) -> Iterator[_Value]:
        if name in ("count", "length"):
            return
        keys = [str(arg.value) for arg in args[1:] if isinstance(arg, nodes.Const)]
        for value in self._find_values(node, scope):
            yield _Value((*value.path, ALL, *keys), value.own)


def _iterate(node: nodes.Node) -> Iterator[nodes.Expr]:
    if isinstance(node, nodes.Expr):
        yield node
    yield from node.find_all(nodes.Expr)


def _is_counting(node: nodes.Expr) -> bool:
    if isinstance(node, nodes.Filter):
        return node.name in ("count", "length")
    return (isinstance(node, nodes.Name) and node.name == "loop") or isinstance(node, nodes.Add | nodes.Sub)


@dataclass(frozen=True)
class Reading:
    """What one part of a template prints; `known` is False when a loop or name could not be followed."""

    sites: tuple[Site, ...]
    known: bool


def read_tags(paragraphs: list[str]) -> Reading:
    """Read the tags in the text of a part, a string a paragraph."""
    bare = [_CELL.sub("", paragraph) for paragraph in paragraphs]
    text = "\n".join(_TAG.sub(lambda tag: _PLACE.sub(r"\1 ", tag[0]).translate(_QUOTES), p) for p in bare)
    reader = _Reader()
    try:
        reader.walk(_SETTING.parse(text), (), {})
    except TemplateSyntaxError:
        return Reading((), known=False)
    return Reading(tuple(reader.sites), reader.known)


@dataclass(frozen=True)
class Glue:
    """Where a field touches letters or digits of the template, or another field, without anything between."""

    pairs: frozenset[tuple[str, str]]
    touching: bool  #: two fields in a row
    trimmed: bool  #: a tag that takes the blanks around it away

    def explains(self, token: str, known: Container[str]) -> bool:
        """Whether a word is made of a known one and what touches it."""
        for before, behind in self.pairs:
            core = token[len(before) : len(token) - len(behind)]
            if core in known and token == before + core + behind:
                return True
        halves = ((token[:cut], token[cut:]) for cut in range(1, len(token)))
        if self.touching and any(first in known and second in known for first, second in halves):
            return True
        return self.trimmed and _is_chain(token, known)


def changes_cells(paragraphs: Iterable[str]) -> bool:
    """Whether a template repeats, joins or colours cells of a table, so that its grid is computed anew."""
    return any("{%tc " in paragraph or _CELL.search(paragraph) for paragraph in paragraphs)


def _is_chain(token: str, known: Container[str]) -> bool:
    """Whether a word is two or more known ones in a row."""
    cuts = [cut for cut in range(1, len(token)) if token[:cut] in known]
    return any(token[cut:] in known or _is_chain(token[cut:], known) for cut in cuts)


def find_glue(paragraphs: Iterable[str]) -> Glue:
    """Read where fields touch their neighbours; a condition between them does not part them."""
    pairs, touching, trimmed = set(), False, False
    for paragraph in paragraphs:
        pieces = re.split(r"\{\{.*?\}\}", _CONTROL.sub("", paragraph.casefold()))
        for before, behind in itertools.pairwise(pieces):
            pairs.add((_last_run(before), _first_run(behind)))
        touching |= any(not piece for piece in pieces[1:-1]) or bool(_TOUCHING.search(paragraph))
        trimmed |= "{%-" in paragraph or "-%}" in paragraph
    return Glue(frozenset(pairs - {("", "")}), touching, trimmed)


def _last_run(text: str) -> str:
    run = re.search(r"([^\W\d_]+|\d+)\Z", text)
    return run[0] if run else ""


def _first_run(text: str) -> str:
    run = re.match(r"[^\W\d_]+|\d+", text)
    return run[0] if run else ""
