"""The fields of a PDF form, from the widgets on its pages up to the fields that they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NullObject,
    StreamObject,
    TextStringObject,
)

from pipeline.read.normalise import clean_value
from pipeline.read.pdfopen import get_dict, iter_annotations, resolve
from pipeline.read.pdftext import Box

_MAX_DEPTH = 32
_INVISIBLE = 0x1 | 0x2 | 0x20  # invisible, hidden, no view


@dataclass(eq=False)
class Widget:
    """One appearance of a field on a page."""

    page: int
    box: Box
    hidden: bool
    state: str | None
    on_state: str
    title: str


@dataclass(eq=False)
class Field:
    """One field with its full name, type, flags, raw value, options and widgets."""

    name: str
    kind: str
    flags: int
    value: object
    options: list[tuple[str, str]]
    title: str
    widgets: list[Widget] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        """Return whether nobody who looks at the page sees this field."""
        return bool(self.widgets) and all(widget.hidden for widget in self.widgets)


def read_fields(reader: PdfReader) -> list[Field]:
    """Return the fields in page order, then those that stand on no page; push buttons and signatures left out."""
    found: dict[int, Field] = {}
    for page, annotation in iter_annotations(reader):
        if annotation.get("/Subtype") == "/Widget":
            chain = _climb(annotation)
            owner = next((node for node in chain if "/T" in node), annotation)
            known = found.setdefault(id(owner), _build_field(_climb(owner)))
            known.widgets.append(_build_widget(page, annotation))
    for node in _iter_leaves(get_dict(reader.root_object, "/AcroForm")):
        found.setdefault(id(node), _build_field(_climb(node)))
    return [field for field in found.values() if field.kind in ("/Tx", "/Btn", "/Ch")]


def read_text(value: object) -> str:
    """Return a PDF string, name or stream as text."""
    value = resolve(value)
    if isinstance(value, StreamObject):
        value = value.get_data()
    if isinstance(value, NameObject):
        return value.lstrip("/")
    if isinstance(value, TextStringObject):
        return clean_value(value)
    if isinstance(value, bytes | ByteStringObject):
        encoding = "utf-16" if value[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8-sig"
        try:
            return clean_value(value.decode(encoding))
        except UnicodeDecodeError:
            return clean_value(value.decode("latin-1"))
    return "" if value is None or isinstance(value, NullObject | DictionaryObject) else clean_value(str(value))


def _climb(node: DictionaryObject) -> list[DictionaryObject]:
    """Return the node and its parents; a cycle ends."""
    chain: list[DictionaryObject] = []
    current: object = node
    while isinstance(current, DictionaryObject) and len(chain) < _MAX_DEPTH:
        if any(current is known for known in chain):
            break
        chain.append(current)
        current = resolve(current.get("/Parent"))
    return chain


def _inherit(chain: list[DictionaryObject], key: str) -> object:
    return next((resolve(node[key]) for node in chain if key in node), None)


def _build_field(chain: list[DictionaryObject]) -> Field:
    names = [read_text(node["/T"]) for node in reversed(chain) if "/T" in node]
    value = _inherit(chain, "/V")
    for kid in resolve(chain[0].get("/Kids")) or () if value is None else ():  # type: ignore[attr-defined]
        kid_value = resolve(kid)
        if isinstance(kid_value, DictionaryObject) and "/V" in kid_value:
            value = resolve(kid_value["/V"])
            break
    flags = _inherit(chain, "/Ff")
    return Field(
        name=".".join(filter(None, names)),
        kind=str(_inherit(chain, "/FT")),
        flags=int(flags) if isinstance(flags, int) else 0,
        value=value,
        options=_read_options(_inherit(chain, "/Opt")),
        title=read_text(_inherit(chain, "/TU")),
    )


def _build_widget(page: int, annotation: DictionaryObject) -> Widget:
    flags = resolve(annotation.get("/F"))
    normal = get_dict(get_dict(annotation, "/AP"), "/N")
    states = [str(key) for key in normal if key != "/Off" and not isinstance(normal, StreamObject)]
    state = resolve(annotation.get("/AS"))
    return Widget(
        page=page,
        box=read_box(annotation),
        hidden=isinstance(flags, int) and bool(flags & _INVISIBLE),
        state=None if state is None else str(state).lstrip("/"),
        on_state=states[0].lstrip("/") if states else "",
        title=read_text(annotation.get("/TU")),
    )


def read_box(annotation: DictionaryObject) -> Box:
    """Return the rectangle of an annotation, corners in order; an empty one when it has none."""
    value = resolve(annotation.get("/Rect"))
    numbers = [float(resolve(part)) for part in value] if isinstance(value, ArrayObject) else []  # type: ignore[arg-type]
    if len(numbers) != 4:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = numbers
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _read_options(value: object) -> list[tuple[str, str]]:
    options: list[tuple[str, str]] = []
    for entry in value if isinstance(value, ArrayObject) else ():
        option = resolve(entry)
        if isinstance(option, ArrayObject) and len(option) == 2:
            options.append((read_text(option[0]), read_text(option[1])))
        else:
            options.append((read_text(option), read_text(option)))
    return options


def _iter_leaves(form: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the end fields of the tree; each node once, however its kids loop."""
    seen: set[int] = set()
    waiting: list[object] = list(reversed(_kids(form, "/Fields")))
    while waiting:
        node = waiting.pop()
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        inner = [kid for kid in _kids(node, "/Kids") if isinstance(kid, DictionaryObject) and "/T" in kid]
        if inner:
            waiting.extend(reversed(inner))
        elif "/T" in node:
            yield node


def _kids(node: DictionaryObject, key: str) -> list[object]:
    kids = resolve(node.get(key))
    return [resolve(kid) for kid in kids] if isinstance(kids, ArrayObject) else []
