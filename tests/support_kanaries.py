"""Forms with a canary in every answer, and where a canary may never sing: messages, reasons, manifests, left-overs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from support_fill import W14, W15, Element, W, edit_word, iter_controls

#: Answers that no message may repeat. Each is a word of its own, so that a leak tells where it came from.
KANARIE = re.compile(r"kanarie\d{4}zq", re.IGNORECASE)
_VAST = ("contentLocked", "sdtContentLocked")
_KEUZE = ("dropDownList", "comboBox", "date")
_TEKST = ("text", "richText")


def make_kanarie(nummer: int) -> str:
    """A word that stands nowhere else."""
    return f"Kanarie{nummer:04d}zq"


def plant(docx: bytes, *, keuzes: bool, buiten: tuple[str, ...] = ()) -> tuple[bytes, int]:
    """A form with a canary in every text, and with `keuzes` typed over every list and date as well.

    `buiten` are the beginnings of tags that stay as they are. Gives the form and how many canaries it holds.
    """
    aantal = 0

    def doe(document: Element) -> None:
        nonlocal aantal
        for tag, sdt in iter_controls(document):
            if _may_hold(sdt, keuzes=keuzes) and not tag.startswith(buiten or ("\0",)):
                aantal += 1
                _write(sdt, make_kanarie(aantal))

    return edit_word(docx, doe), aantal


def _may_hold(sdt: Element, *, keuzes: bool) -> bool:
    soort = sdt.find(f"{W}sdtPr")
    if soort is None or next(sdt.iterdescendants(f"{W}sdt"), None) is not None:
        return False
    slot = soort.find(f"{W}lock")
    if (slot is not None and slot.get(f"{W}val") in _VAST) or soort.find(f"{W15}repeatingSectionItem") is not None:
        return False
    if soort.find(f"{W14}checkbox") is not None:
        return False
    is_keuze = any(soort.find(f"{W}{naam}") is not None for naam in _KEUZE)
    return keuzes or not is_keuze


def _write(sdt: Element, woord: str) -> None:
    """As one who types over whatever stands there."""
    soort = sdt.find(f"{W}sdtPr")
    assert soort is not None
    for weg in soort.findall(f"{W}showingPlcHdr"):
        soort.remove(weg)
    teksten = list(sdt.iter(f"{W}t"))
    for stijl in list(sdt.iter(f"{W}rStyle")):
        ouder = stijl.getparent()
        if ouder is not None and ouder is not soort.find(f"{W}rPr"):
            ouder.remove(stijl)
    for nummer, tekst in enumerate(teksten):
        tekst.text = woord if nummer == 0 else ""


def find_kanaries(werkmap: Path, tijdelijk: Path, uitvoer: str) -> Iterator[str]:
    """Where a canary sings although it may not: in what was printed, in reasons, in manifests, in what was left."""
    # A table that breaks a word over two lines would hide it.
    teksten = {"de uitvoer": uitvoer, "de uitvoer, aaneen": re.sub(r"[\s│┃]", "", uitvoer)}
    for pad in (*werkmap.glob("quarantaine/*.reden.*"), *werkmap.glob("uit/**/*.json"), *werkmap.glob("uit/**/*.ics")):
        teksten[str(pad.relative_to(werkmap))] = pad.read_text(encoding="utf-8", errors="replace")
    for pad in werkmap.rglob("*"):
        if not {"in", "archief", "quarantaine"} & set(pad.relative_to(werkmap).parts):
            teksten[f"naam van {pad.relative_to(werkmap)}"] = pad.name
    for plaats, tekst in teksten.items():
        for woord in sorted(set(KANARIE.findall(tekst))):
            yield f"{plaats}: {woord}"
    yield from (f"{pad.name} bleef achter" for pad in tijdelijk.rglob("*") if pad.is_file())
