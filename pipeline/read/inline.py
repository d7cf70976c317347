"""Reading what stands within a paragraph: runs, fields, content controls, insertions and deletions."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from lxml import etree

from pipeline.read import controls, legacy
from pipeline.read.model import Control, Marked, Paragraph, Part
from pipeline.read.ooxml import children, get_val, is_on, mc, w
from pipeline.read.runs import RunStyle, read_piece, read_style
from pipeline.read.state import OpenField, State

REMOVED = frozenset({w("del"), w("moveFrom")})
INSERTED = frozenset({w("ins"), w("moveTo")})
_NOT_SHOWN = (
    "pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr instrText delText delInstrText rt fldData customXmlPr "
    "smartTagPr ffData"
)
_NO_TEXT = frozenset({w(name) for name in _NOT_SHOWN.split()} | {mc("Fallback")})
_TEXT_OF_RUN = (w("t"), f"{mc('AlternateContent')}/{mc('Choice')}/{w('t')}")
_TRACKED = (w("ins"), w("del"), w("moveFrom"), w("moveTo"))


def read_paragraph(state: State, element: etree._Element) -> Paragraph:
    """Return one paragraph; its text boxes wait in `state.boxes`."""
    if not state.row_place:
        state.paragraphs += 1
    properties = element.find(w("pPr"))
    paragraph = Paragraph(state.plaats, heading=_is_heading(state, properties))
    if properties is not None:
        mark = properties.find(w("rPr"))
        paragraph.joins_next = mark is not None and mark.find(w("del")) is not None
        if mark is not None and any(mark.find(name) is not None for name in _TRACKED):
            state.findings.add("wijzigingen-niet-aanvaard", "het document")
    paragraph.bold = _is_bold(element)
    with _line(state, paragraph.items):
        read_inline(state, element, RunStyle())
    paragraph.struck = any(is_on(strike) for strike in element.iter(w("strike"), w("dstrike")))
    return paragraph


def read_inline(state: State, element: etree._Element, style: RunStyle) -> None:
    """Read the children of anything inside a paragraph into the innermost target."""
    for child in children(element):
        if child.tag == w("r"):
            _read_run(state, child)
        elif child.tag == w("sdt"):
            _read_control(state, child)
        elif child.tag in REMOVED:
            state.findings.add("wijzigingen-niet-aanvaard", "het document")
        elif child.tag not in _NO_TEXT:
            _read_other(state, child, style)


def choose_alternative(element: etree._Element) -> etree._Element | None:
    """Return the one branch of an AlternateContent that counts: the same box stands in the other branch again."""
    choice = element.find(mc("Choice"))
    return choice if choice is not None else element.find(mc("Fallback"))


def _line(state: State, items: list[Part]) -> AbstractContextManager[None]:
    """A field that runs over several paragraphs takes them as its own lines."""
    if state.fields and any(field.control is not None for field in state.fields):
        state.emit("\n")
        return nullcontext()
    return state.collecting(items)


def _read_other(state: State, child: etree._Element, style: RunStyle) -> None:
    if child.tag in INSERTED:
        state.findings.add("wijzigingen-niet-aanvaard", "het document")
    if child.tag == w("txbxContent"):
        state.boxes.append(child)
        return
    if child.tag == mc("AlternateContent"):
        branch = choose_alternative(child)
        if branch is not None:
            read_inline(state, branch, style)
        return
    if child.tag == w("fldChar"):
        _read_field_mark(state, child)
        return
    piece = read_piece(child, style)
    if piece is None:
        read_inline(state, child, style)
    else:
        _emit_piece(state, piece, style)


def _emit_piece(state: State, piece: str, style: RunStyle) -> None:
    if style.hidden or style.struck:
        if piece.strip():
            state.findings.add("verborgen-tekst" if style.hidden else "doorgehaalde-tekst", state.plaats)
        return
    state.emit(Marked(piece, style.looks) if style.looks else piece)


def _read_run(state: State, run: etree._Element) -> None:
    read_inline(state, run, read_style(run, state.sources.hidden_styles))


def _read_control(state: State, sdt: etree._Element) -> None:
    properties = controls.read_properties(sdt)
    content = sdt.find(w("sdtContent"))
    if content is None:
        return
    if controls.is_transparent(sdt, properties):
        read_inline(state, content, RunStyle())
        return
    control = controls.build_control(properties, state.plaats, state.table, state.rij)
    _add(state, control)
    with state.collecting(control.parts):
        read_inline(state, content, RunStyle())
    controls.finish(control, properties, state.sources)


def _read_field_mark(state: State, mark: etree._Element) -> None:
    kind = mark.get(w("fldCharType"))
    if kind == "begin":
        _open_field(state, mark.find(w("ffData")))
    elif kind == "end" and state.fields:
        field = state.fields.pop()
        if field.control is not None and field.data is not None:
            parts = field.control.parts
            state.targets = [target for target in state.targets if target is not parts]
            legacy.finish_legacy(field.control, field.data)


def _open_field(state: State, data: etree._Element | None) -> None:
    state.check_open_fields()
    kind = legacy.find_kind(data) if data is not None else None
    if data is None or kind is None:
        state.fields.append(OpenField(None, None))
        return
    control = legacy.build_legacy(data, kind, state.plaats, state.table, state.rij)
    _add(state, control)
    state.targets.append(control.parts)
    state.fields.append(OpenField(control, data))
    # A field that never ends would else keep no value at all.
    legacy.finish_legacy(control, data)


def _add(state: State, control: Control) -> None:
    if state.targets:
        state.targets[-1].append(control)


def _is_heading(state: State, properties: etree._Element | None) -> bool:
    if properties is None:
        return False
    return properties.find(w("outlineLvl")) is not None or get_val(properties, "pStyle") in state.sources.heading_styles


def _is_bold(element: etree._Element) -> bool:
    runs = [run for run in element.iter(w("r")) if any(run.find(path) is not None for path in _TEXT_OF_RUN)]
    return bool(runs) and all(read_style(run, frozenset()).bold for run in runs)
