"""An answer on its way: what RuwAntwoord says, and the table it stood in, until rows and copies are settled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.read.findings import Findings
from pipeline.read.model import Control
from pipeline.read.normalise import clean_value, drop_leaders
from pipeline.read.placeholders import is_phrase
from pipeline.read.ticks import normalise_ticks
from schemas.inzending import RuwAntwoord, RuweSoort

_SEPARATORS = " /|,;\t"


@dataclass(frozen=True)
class Draft:
    """One answer and the number of the table it stands in."""

    antwoord: RuwAntwoord
    table: int | None = None

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


def draft_label(label: str, text: str, plaats: str, table: int | None = None, *, struck: bool = False) -> Draft:
    """Return the answer of a label with a value beside, below or behind it."""
    value = normalise_ticks(drop_leaders(clean_value(text)))
    if struck:
        value = value.strip(_SEPARATORS)
    empty = not value or is_phrase(value)
    value = "" if empty else value
    return Draft(RuwAntwoord(label=label, waarde=value, soort=RuweSoort.LABEL, plaats=plaats, leeg=empty), table)
