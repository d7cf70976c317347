"""The proof bites: every seeded leak is caught by at least one gate, and the table of who catches what is as it was."""

from __future__ import annotations

import pytest
from support_vangst import POORTEN, list_clean, list_leaks, try_leak

#: What only equal bytes show: the words are all words that may stand there, or do not stand in a document.
ALLEEN_GELIJKE_BYTES = {
    "cases in the order of a name",
    "rows in the order of a hidden field",
    "file name with a name",
    "key with the name of the form's file",
    "account of fields that are not in the copy",
    "no copy because of a blank",
    "with whom else it is shared",
    "name of the file",
    "line of the log",
    "text of an exception",
    "subject of the mail",
    "address of the mail",
}
#: What a person let through, no program can tell from what was meant; only the gate on free text asks.
ALLEEN_NAZICHT = {"a flagged sentence that names somebody who is not shown"}


@pytest.mark.parametrize("naam", list_leaks())
def test_every_seeded_leak_is_caught_and_by_the_gates_that_the_table_names(naam: str) -> None:
    vangst = try_leak(naam)
    gelijk, woordenschat, nazicht = vangst.gezien
    assert vangst.is_gevangen
    assert gelijk is (naam not in ALLEEN_NAZICHT)
    if naam not in ALLEEN_GELIJKE_BYTES | ALLEEN_NAZICHT:
        assert woordenschat, POORTEN[1]
    if naam in ALLEEN_NAZICHT:
        assert nazicht, POORTEN[2]


def test_without_a_leak_no_gate_complains() -> None:
    assert list_clean() == []


def test_there_are_leaks_of_every_kind() -> None:
    assert len(list_leaks()) >= 60
    assert set(list_leaks()) >= ALLEEN_GELIJKE_BYTES | ALLEEN_NAZICHT
