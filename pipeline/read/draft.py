"""An answer on its way: what RuwAntwoord says, and the table it stood in, until rows and copies are settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.read.findings import Findings
from pipeline.read.looks import find_nadruk
from pipeline.read.model import Control
from pipeline.read.normalise import clean_value, drop_leaders
from pipeline.read.placeholders import is_phrase
from pipeline.read.ticks import normalise_ticks
from schemas.inzending import Ligging, LosseTekst, RuwAntwoord, RuweSoort

_SEPARATORS = " /|,;\t"


@dataclass(frozen=True)
class Draft:
    """One answer and the number of the table it stands in; `loose` for text that stands at no label at all."""

    antwoord: RuwAntwoord
    table: int | None = None
    loose: bool = False

    def with_rij(self, rij: int) -> Draft:
        """Return the same answer as one of row `rij`."""
        return replace(self, antwoord=self.antwoord.model_copy(update={"rij": rij}))


def draft_control(control: Control, label: str, findings: Findings) -> Draft:
    """Return the answer of a control and report what was odd about it."""
    control.label = label
    for code in control.codes:
        findings.add(code, control.plaats, label=label)
    antwoord = RuwAntwoord(
        label=label,
        waarde=control.value,
        soort=control.soort,
        plaats=control.plaats,
        leeg=control.empty,
        tag=control.tag,
        rij=control.rij,
    )
    return Draft(antwoord, control.table)


def draft_label(
    label: str, text: str, plaats: str, table: int | None = None, *, marked: str = "", struck: bool = False
) -> Draft:
    """Return the answer of a label with a value beside, below or behind it; `marked` is that text with its looks."""
    value = normalise_ticks(drop_leaders(clean_value(text)))
    if struck:
        value = value.strip(_SEPARATORS)
    empty = not value or is_phrase(value)
    value = "" if empty else value
    nadruk = find_nadruk(text, marked) if marked and not empty else ()
    antwoord = RuwAntwoord(label=label, waarde=value, soort=RuweSoort.LABEL, plaats=plaats, leeg=empty, nadruk=nadruk)
    return Draft(antwoord, table)


def draft_loose(
    text: str,
    plaats: str,
    table: int | None = None,
    *,
    marked: str = "",
    title: str = "",
    how: Ligging = Ligging.ERNAAST,
) -> Iterator[Draft]:
    """Yield the text as one that stands at no label, below the heading `title`; nothing when it says nothing."""
    draft = draft_label("", text, plaats, table, marked=marked)
    if any(map(str.isalnum, as_shown(draft))):
        antwoord = draft.antwoord.model_copy(update={"kop": title, "ligging": how})
        yield replace(draft, antwoord=antwoord, loose=True)


def part_loose(drafts: Sequence[Draft]) -> tuple[tuple[RuwAntwoord, ...], tuple[LosseTekst, ...]]:
    """Return the answers, and the text that stands at none with its place among them."""
    antwoorden: list[RuwAntwoord] = []
    los: list[LosseTekst] = []
    for draft in drafts:
        answer = draft.antwoord
        if not draft.loose:
            antwoorden.append(answer)
            continue
        los.append(
            LosseTekst(
                plaats=answer.plaats,
                tekst=as_shown(draft),
                na=len(antwoorden),
                titel=answer.kop,
                ligging=answer.ligging,
                nadruk=answer.nadruk,
            )
        )
    return tuple(antwoorden), tuple(los)


def as_shown(draft: Draft) -> str:
    """Return the text of a draft without a field."""
    return draft.antwoord.waarde if isinstance(draft.antwoord.waarde, str) else ""
