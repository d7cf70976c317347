"""The page that the large proof ends in, for who has to answer for the data and did not write the program."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kanaries_pdf import PLAATSEN as PDF_PLAATSEN
from kanaries_word import PLAATSEN as WORD_PLAATSEN
from support_nazicht import iterate_zinnen, list_missed
from support_vangst import POORTEN, Vangst, list_clean, list_leaks, try_leak
from test_inspect_reeks import measure_alarms
from test_verify_pdf import KOOI, make_printed
from test_verify_word import list_members, make_finished

from pipeline.verify import verify

ALLE = slice(None)
_TEKENS = {True: "caught", False: "–", None: ""}


@dataclass
class Meting:
    """What scrambles came to, added up; paths that differed, never contents."""

    roeringen: int = 0
    beelden: int = 0
    woorden: int = 0
    stappen: int = 0
    verschillen: dict[str, int] = field(default_factory=dict)
    ongedaan: list[str] = field(default_factory=list)

    def add(self, ander: Meting) -> None:
        self.roeringen += ander.roeringen
        self.beelden += ander.beelden
        self.woorden += ander.woorden
        self.stappen += ander.stappen
        self.verschillen = dict(Counter(self.verschillen) + Counter(ander.verschillen))
        self.ongedaan = sorted({*self.ongedaan, *ander.ongedaan})


@dataclass
class Regel:
    """A table, and one mode of its documents."""

    tafel: str
    anoniem: bool
    documenten: set[str] = field(default_factory=set)
    paren: set[tuple[str, str]] = field(default_factory=set)
    meting: Meting = field(default_factory=Meting)


def write_rapport(
    regels: list[Regel],
    aantal: int,
    vinger: str,
    duur: float,
    *,
    lekken: Sequence[str] | None = None,
    plaatsen: slice = ALLE,
) -> tuple[str, bool]:
    """The page in Markdown, and whether everything held. A test plants fewer leaks and canaries than there are."""
    vangsten = [try_leak(naam) for naam in (list_leaks() if lekken is None else lekken)]
    samen = Meting()
    for regel in regels:
        samen.add(regel.meting)
    word, pdf = count_canaries(plaatsen)
    poorten, zinnen, gemist = _write_gates(word, pdf)
    goed = not samen.verschillen and not samen.ongedaan and not list_clean() and not gemist
    goed = goed and all(v.is_gevangen for v in vangsten) and word[0] == word[1] and pdf[0] == pdf[1]
    uitkomst = "**Everything below held.**" if goed else "**Something below did not hold: do not deliver.**"
    machine = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    delen = [
        f"# Proof of confidentiality\n\n{uitkomst} Code and data `{vinger}`; {machine}; {duur / 60:.0f} minutes.",
        _write_scrambles(regels, samen, aantal),
        _write_leaks(vangsten),
        poorten,
        zinnen,
        _BELOFTE,
    ]
    return "\n\n".join(delen) + "\n", goed


def _write_scrambles(regels: list[Regel], samen: Meting, aantal: int) -> str:
    verschil = sum(samen.verschillen.values())
    kop = (
        "## What is not flagged changes nothing\n\n"
        f"For each table, document and role among its recipients, invented cases were scrambled {aantal:,} times: "
        "everything that was not flagged for that recipient was replaced, emptied, deleted, added, multiplied and put "
        f"in another order ({samen.stappen:,} changes in all), and his copies were made anew.\n\n"
        f"- scrambles run: **{samen.roeringen:,}**\n- copies compared: {samen.beelden:,}, of which "
        f"{samen.woorden:,} as finished Word files, byte by byte\n- copies, files or bytes that differed: "
        f"**{verschil}**{_tell(list(samen.verschillen))}\n"
        f"- kinds of change that came too seldom to prove anything: {len(samen.ongedaan)}{_tell(samen.ongedaan)}\n\n"
    )
    tabel = ["| table | mode | documents | document × role | scrambles | differing |", "|---|---|---:|---:|---:|---:|"]
    for r in regels:
        delen = (r.tafel, "anonymous" if r.anoniem else "by name", len(r.documenten), len(r.paren))
        tabel.append(
            f"| {' | '.join(map(str, delen))} | {r.meting.roeringen:,} | {sum(r.meting.verschillen.values())} |"
        )
    return kop + "\n".join(tabel)


def _tell(namen: list[str]) -> str:
    return f" ({', '.join(sorted(namen)[:5])})" if namen else ""


def _write_leaks(vangsten: list[Vangst]) -> str:
    """The table of who caught what; leaks with the same fate share a row."""
    gevangen = sum(v.is_gevangen for v in vangsten)
    per_poort = ", ".join(f"{poort} {sum(bool(v.gezien[n]) for v in vangsten)}" for n, poort in enumerate(POORTEN))
    groepen: dict[tuple[str, tuple[bool | None, ...]], list[str]] = {}
    for vangst in vangsten:
        groepen.setdefault((vangst.waar, vangst.gezien), []).append(vangst.naam)
    tabel = [f"| where | leaks | {' | '.join(POORTEN)} |", "|---|---|:-:|:-:|:-:|"]
    for (waar, gezien), namen in groepen.items():
        tabel.append(f"| {waar} | {'; '.join(namen)} | {' | '.join(_TEKENS[g] for g in gezien)} |")
    return (
        f"## The proof bites\n\nOf **{len(vangsten)}** faults planted on purpose, **{gevangen}** were caught by at "
        f"least one gate ({per_poort}). Where a field is empty, that gate does not look.\n\n" + "\n".join(tabel)
    )


def count_canaries(plaatsen: slice = ALLE) -> tuple[tuple[int, int], tuple[int, int]]:
    """Places in Word and in PDF where a planted word was refused, of all places."""
    beeld, sjabloon, _ = make_finished()
    word = [bool(verify(beeld, sjabloon, plant(list_members()))) for plant in [*WORD_PLAATSEN.values()][plaatsen]]
    beeld, sjabloon, gemaakt = make_finished(KOOI)
    echt = make_printed(KOOI)
    pdf = [bool(verify(beeld, sjabloon, gemaakt, plant(echt))) for plant in [*PDF_PLAATSEN.values()][plaatsen]]
    return (sum(word), len(word)), (sum(pdf), len(pdf))


def _write_gates(word: tuple[int, int], pdf: tuple[int, int]) -> tuple[str, str, int]:
    alle = list(iterate_zinnen())
    plekken = sum(len(zin.plekken) for zin in alle)
    gemist = sum(len(list_missed(zin)) for zin in alle)
    bladzijden, op_naam, anoniem = measure_alarms()
    poorten = (
        "## The gate on finished files\n\nA word planted where a file can hold one was refused in "
        f"**{word[0]} of {word[1]}** places of a Word file and **{pdf[0]} of {pdf[1]}** of a PDF; files as they should "
        "be all pass."
    )
    zinnen = (
        "## The gates on free text\n\n"
        f"In {len(alle)} invented sentences, {plekken - gemist} of {plekken} stretches that point at somebody made the "
        f"gates ask ({gemist} missed). On the {bladzijden:.0f} pages of clean text in the samples they ask "
        f"{op_naam:.1f} questions a page about a case by name, and {anoniem:.1f} about an anonymous one, where every "
        "number is asked about."
    )
    return poorten, zinnen, gemist


_BELOFTE = """\
## What this does not promise

- That a text tells nothing: a description can point at somebody without any word that identifies ("the only girl in
  fourth year with diabetes"). People flag, and the gates only make them look again.
- What a recipient does with a file, and what others do who can reach the werkmap.
- More than the closed list of releases says: facts on it leave without a tick, and were held equal here. Each table's
  list stands in its `deling.toml`, with grounds.
- That the worlds are real: they are invented, four cases each, with flags of all kinds. A fault that needs a fifth
  case, or a value that no world holds, is not seen.
- PDFs were not compared one by one: a PDF follows from its Word file alone, which the suite shows on samples, so that
  equal Word files carry the proof."""
