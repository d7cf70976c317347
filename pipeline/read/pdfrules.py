"""The lines that were drawn on a PDF page, and the cells between them."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import neg

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from pipeline.read.pdfglyphs import MAX_OBJECTS, Box

_THIN = 3.0
_SHORTEST = 8.0
_SNAP = 3.0  #: lines so near are one, and a line that ends so near another meets it
_MAX_RULES = 800
_MAX_SEGMENTS = 400
_MAX_CELLS = 1_500


@dataclass(frozen=True)
class Rule:
    """A line at one height (or one distance from the left), from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class GridCell:
    """A cell: its row and column in the grid, how many of each it covers, and where it is."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True)
class Grid:
    """A table as it was drawn: the edges of its columns, those of its rows from the top, its cells from top left on."""

    columns: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        """Return where it is."""
        return self.columns[0], self.heights[-1], self.columns[-1], self.heights[0]

    def find(self, box: Box) -> GridCell | None:
        """Return the cell that holds the middle of a box."""
        across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        column, row = bisect_left(self.columns, across) - 1, bisect_left(self.heights, -up, key=neg) - 1
        return self._by_place.get((row, column))

    @cached_property
    def _by_place(self) -> dict[tuple[int, int], GridCell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }


def find_grids(page: pdfium.PdfPage) -> list[Grid]:
    """Return the tables of a page from top to bottom; of one in a cell of another only the outer."""
    level, upright = _list_rules(page)
    grids = [grid for group in _group(level, upright) if (grid := _build(*group)) is not None]
    outer = [grid for grid in grids if not any(_lies_in(grid.box, other.box) for other in grids if other is not grid)]
    return sorted(outer, key=lambda grid: -grid.box[3])


def _list_rules(page: pdfium.PdfPage) -> tuple[list[Rule], list[Rule]]:
    """The level lines and the upright ones; none at all of a page that is a drawing."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for number, item in enumerate(page.get_objects(max_depth=1)):
        if number >= MAX_OBJECTS:
            break
        if item.type != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        for left, bottom, right, top in _iterate_strokes(item):
            if top - bottom <= _THIN and right - left >= _SHORTEST:
                level.append(Rule((bottom + top) / 2, left, right))
            elif right - left <= _THIN and top - bottom >= _SHORTEST:
                upright.append(Rule((left + right) / 2, bottom, top))
        if len(level) + len(upright) > _MAX_RULES:
            return [], []
    return _snap(level), _snap(upright)


def _iterate_strokes(item: pdfium.PdfObject) -> Iterator[Box]:
    """A thin shape as it is; of a shape of straight lines each line."""
    left, bottom, right, top = item.get_bounds()
    if right - left <= _THIN or top - bottom <= _THIN:
        yield left, bottom, right, top
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if stroke.value and not fill.value:
        yield from _iterate_segments(item)


def _iterate_segments(item: pdfium.PdfObject) -> Iterator[Box]:
    matrix = item.get_matrix()
    across, up = ctypes.c_float(), ctypes.c_float()
    here: tuple[float, float] | None = None
    count = pdfium_c.FPDFPath_CountSegments(item)
    for index in range(count if count <= _MAX_SEGMENTS else 0):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(across), ctypes.byref(up))
        before, here = here, matrix.on_point(across.value, up.value)
        if before is not None and pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_LINETO:
            (x, y), (to_x, to_y) = before, here
            yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def _snap(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line as one: borders are drawn cell by cell."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if lines and rule.at - lines[-1][0].at <= _SNAP:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return [joined for line in lines for joined in _join(line)]


def _join(line: Sequence[Rule]) -> Iterator[Rule]:
    at = sum(rule.at for rule in line) / len(line)
    start, end = min(line, key=lambda r: r.start).start, float("-inf")
    for rule in sorted(line, key=lambda r: r.start):
        if end > float("-inf") and rule.start > end + _SNAP:
            yield Rule(at, start, end)
            start = rule.start
        end = max(end, rule.end)
    yield Rule(at, start, end)


def _group(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The lines that meet, directly or through others."""
    met = {across: [up for up in upright if _meet(across, up)] for across in level}
    crossing: dict[Rule, list[Rule]] = {}
    for across, ups in met.items():
        for up in ups:
            crossing.setdefault(up, []).append(across)
    seen: set[Rule] = set()
    for first in met:
        if first in seen or not met[first]:
            continue
        group, standing, waiting = {first}, set[Rule](), [first]
        while waiting:
            new = set(met[waiting.pop()]) - standing
            standing |= new
            more = {across for up in new for across in crossing[up]} - group
            group |= more
            waiting += more
        seen |= group
        yield list(group), list(standing)


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        upright.start - _SNAP <= level.at <= upright.end + _SNAP
        and level.start - _SNAP <= upright.at <= level.end + _SNAP
    )


def _build(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    """The grid of lines that meet; None for a frame around text, which is no table."""
    columns = _edges([r.at for r in upright], [edge for r in level for edge in (r.start, r.end)])
    heights = _edges([r.at for r in level], [edge for r in upright for edge in (r.start, r.end)])[::-1]
    if len(columns) < 2 or len(heights) < 2 or len(columns) + len(heights) < 5:
        return None
    if (len(columns) - 1) * (len(heights) - 1) > _MAX_CELLS:
        return None
    spans = [list(_iterate_spans(columns, (top + bottom) / 2, upright)) for top, bottom in pairwise(heights)]
    cells: list[GridCell] = []
    for row, row_spans in enumerate(spans):
        for start, end in row_spans:
            middle = (columns[start] + columns[end]) / 2
            if row and (start, end) in spans[row - 1] and not _is_crossed(middle, heights[row], level):
                above = next(c for c in reversed(cells) if c.column == start and c.row + c.rows == row)
                cells.remove(above)
                box = (above.box[0], heights[row + 1], above.box[2], above.box[3])
                cells.append(GridCell(above.row, start, above.rows + 1, end - start, box))
            else:
                box = (columns[start], heights[row + 1], columns[end], heights[row])
                cells.append(GridCell(row, start, 1, end - start, box))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(tuple(columns), tuple(heights), tuple(cells))


def _edges(lines: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Where lines stand, and where those across them end without one: the outer border may be missing."""
    edges: list[float] = []
    for at in sorted(lines):
        if not edges or at - edges[-1] > _SNAP:
            edges.append(at)
    for end in (min(ends), max(ends)):
        if all(abs(end - at) > 2 * _SNAP for at in edges):
            edges.append(end)
    return sorted(edges)


def _iterate_spans(columns: Sequence[float], height: float, upright: Sequence[Rule]) -> Iterator[tuple[int, int]]:
    """The columns that no line parts at this height, as first edge and last."""
    start = 0
    for edge in range(1, len(columns)):
        if edge == len(columns) - 1 or _is_crossed(height, columns[edge], upright):
            yield start, edge
            start = edge


def _is_crossed(where: float, edge: float, rules: Sequence[Rule]) -> bool:
    return any(abs(rule.at - edge) <= _SNAP and rule.start <= where <= rule.end for rule in rules)


def _lies_in(inner: Box, outer: Box) -> bool:
    return (
        outer[0] - 1 <= inner[0]
        and inner[2] <= outer[2] + 1
        and outer[1] - 1 <= inner[1]
        and inner[3] <= outer[3] + 1
        and inner != outer
    )
