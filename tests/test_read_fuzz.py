"""Whatever the bytes are, reading gives a form or a refusal of ours, twice the same, and touches nothing."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_docx import build_docx, p, r, sdt

sys.path.insert(0, str(Path(__file__).parent / "fuzz"))

from fuzz import KINDS, judge, make
from mutators import HARMLESS, preserve
from oracle import READER, find_fault, find_invented, read
from seeds import load_small

from pipeline.read.direct import read_direct
from pipeline.read.lezing import Gelezen, Lezing
from schemas.inzending import RuwFormulier

FUZZ = Path(__file__).parent / "fuzz" / "fuzz.py"
MUTANTEN = 20_000
FORM = build_docx(p(r("Naam: "), sdt(r("Ans") + r("je"), tag="naam")))


@pytest.mark.parametrize("kind", KINDS)
def test_thousands_of_damaged_forms_are_read_or_refused_and_no_answer_is_invented(kind: str) -> None:
    """In a process of its own, with a limit for memory and for each file a limit for time."""
    opdracht = [sys.executable, str(FUZZ), "--soort", kind, "--werkers", "1", "--aantal", str(MUTANTEN // len(KINDS))]
    klaar = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    (outcome,) = json.loads(klaar.stdout).values()
    assert outcome["faults"] == [] and outcome["count"] == sum(outcome["became"].values()) == MUTANTEN // len(KINDS)
    read, refused = outcome["became"]["gelezen"], outcome["count"] - outcome["became"]["gelezen"]
    assert read > 20 and (refused > 20 or kind == HARMLESS)


def test_a_number_gives_the_same_mutant_and_another_number_another() -> None:
    for kind in KINDS:
        eerste, zelfde, ander = (make(kind, nummer, load_small()) for nummer in (3, 3, 4))
        assert eerste == zelfde != ander


def test_a_form_saved_by_another_program_differs_in_many_places() -> None:
    verschillen = [preserve(load_small(), random.Random(nummer)) for nummer in range(20)]  # noqa: S311
    assert all(voor != na for voor, na in verschillen)
    assert {judge(HARMLESS, nummer, load_small()) for nummer in range(20)} == {("", "gelezen")}


# --- the judge itself: what it is there to catch, it catches --------------------------------------------------------


def _edit(lezing: Lezing, waarde: str) -> Gelezen:
    assert isinstance(lezing, Gelezen)
    (eerste,) = lezing.formulier.antwoorden
    antwoorden = (eerste.model_copy(update={"waarde": waarde}),)
    return lezing.model_copy(update={"formulier": lezing.formulier.model_copy(update={"antwoorden": antwoorden})})


def test_an_answer_that_is_nowhere_in_the_file_is_caught() -> None:
    assert find_fault(FORM, again=True) == ("", "gelezen")
    liegt = replace(READER, look=lambda bestand, inhoud: _edit(read_direct(bestand, inhoud), "Bas"))
    assert find_fault(FORM, again=False, reader=liegt)[0].startswith("antwoord dat niet in het bestand staat")


def test_words_that_are_split_over_runs_or_stand_in_an_attribute_are_no_invention() -> None:
    ruw = read(FORM)
    assert isinstance(ruw, RuwFormulier)
    assert [a.waarde for a in ruw.antwoorden] == ["Ansje"] and find_invented(FORM, ruw.antwoorden) == []
    keuze = build_docx(p(sdt(r(""), '<w:date w:fullDate="2024-02-01T00:00:00Z"/>', tag="datum")))
    (antwoord,) = ruw.antwoorden
    assert find_invented(keuze, (antwoord.model_copy(update={"waarde": "2024-02-01"}),)) == []
    assert find_invented(keuze, (antwoord.model_copy(update={"waarde": "2024-03-01"}),)) != []


def test_a_foreign_exception_is_caught() -> None:
    def stumble(_bestand: str, _inhoud: bytes) -> Lezing:
        raise KeyError("w:val")

    assert find_fault(FORM, again=False, reader=replace(READER, look=stumble)) == ("KeyError ontsnapt", "fout")


def test_a_file_that_is_written_meanwhile_is_caught(tmp_path: Path) -> None:
    def scribble(bestand: str, inhoud: bytes) -> Lezing:
        (tmp_path / "kopie").write_bytes(inhoud)
        return read_direct(bestand, inhoud)

    assert find_fault(FORM, again=False, reader=replace(READER, look=scribble))[0].startswith("raakt aan: open")


def test_a_reader_that_says_something_else_the_second_time_is_caught() -> None:
    namen = iter(("Ansje", "Ans"))
    wispelturig = replace(READER, look=lambda b, inhoud: _edit(read_direct(b, inhoud), next(namen)))
    assert find_fault(FORM, again=True, reader=wispelturig) == ("leest de tweede keer anders", "fout")


# --- what no mutator makes ------------------------------------------------------------------------------------------


@given(content=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0"]))
@settings(max_examples=200, deadline=None)
def test_random_bytes_are_read_or_refused(content: bytes, start: bytes) -> None:
    assert find_fault(start + content, again=True)[0] == ""


@given(
    tags=st.lists(
        st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "fldChar", "pPr"])
    )
)
@settings(max_examples=200, deadline=None)
def test_elements_in_any_order_and_depth_are_read_or_refused(tags: list[str]) -> None:
    body = "".join(f"<w:{tag}>" for tag in tags) + "x" + "".join(f"</w:{tag}>" for tag in reversed(tags))
    assert find_fault(build_docx(body), again=True)[0] == ""
