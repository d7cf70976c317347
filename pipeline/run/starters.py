"""Files to double-click in a werkmap, one a step, for Windows, macOS and Linux: they run a step and stay open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from schemas.documentsoort import Moment
from schemas.tafeldata import Tafeldata

MAP = "starten"
_SLOT = (
    ("0", "Klaar. Wat er nog te doen is, leest u in overzicht.html."),
    ("1", "Klaar. Er wacht iets op u: lees wat hierboven staat, of kijk in overzicht.html."),
    ("5", "Een pakket is tegengehouden; de andere zijn gemaakt. Lees hierboven waarom."),
    ("6", "Deze werkmap is in gebruik. Sluit het andere venster en probeer opnieuw."),
)
_ANDERS = "Dit is niet gelukt. Er is niets verloren: lees hierboven wat u kunt doen."
_GEEN = "Het programma overleg is niet gevonden. Vraag wie het installeerde om hulp."


class Starter(NamedTuple):
    """One file below the werkmap."""

    naam: str
    inhoud: bytes
    uitvoerbaar: bool


class _Stap(NamedTuple):
    naam: str
    opdracht: str


def list_starters(data: Tafeldata) -> tuple[Starter, ...]:
    """The starters of this table; the same bytes for the same data."""
    return tuple(starter for stap in _list_steps(data) for starter in _build(stap))


def _list_steps(data: Tafeldata) -> Iterator[_Stap]:
    """In the order of a month."""
    stappen = [("verwerk", "verwerk .")]
    stappen += [("nazicht", "nazicht . --vraag-per-vraag")]
    stappen += [(f"bereid-{overleg.id}", f"bereid . --overleg {overleg.id}") for overleg in data.tafel.overleggen]
    verslagen = [o.id for o in data.tafel.overleggen if data.get_documenten(Moment.VERSLAG, o.id)]
    stappen += [(f"verslag-{overleg}", f"verslag . --overleg {overleg}") for overleg in verslagen]
    stappen += [("verzonden", "verzonden ."), ("termijnen", "termijnen ."), ("handleiding", "handleiding .")]
    for nummer, (naam, opdracht) in enumerate(stappen, start=1):
        yield _Stap(f"{nummer}-{naam}", opdracht)


def _build(stap: _Stap) -> Iterator[Starter]:
    yield Starter(f"{MAP}/{stap.naam}.cmd", _build_cmd(stap.opdracht), False)
    for soort in ("command", "sh"):
        yield Starter(f"{MAP}/{stap.naam}.{soort}", _build_sh(stap.opdracht), True)


def _build_cmd(opdracht: str) -> bytes:
    regels = [
        "@echo off",
        "chcp 65001 >nul",
        "set PYTHONUTF8=1",
        'cd /d "%~dp0.."',
        "where overleg >nul 2>nul && goto eigen",
        "where py >nul 2>nul && goto python",
        f"echo {_GEEN}",
        "goto einde",
        ":eigen",
        f"call overleg {opdracht}",
        "goto slot",
        ":python",
        f"py -m pipeline {opdracht}",
        ":slot",
        "set CODE=%ERRORLEVEL%",
        "echo.",
        *(f'if "%CODE%"=="{code}" (echo {zin}& goto einde)' for code, zin in _SLOT),
        f"echo {_ANDERS}",
        ":einde",
        "echo.",
        "pause",
    ]
    return ("\r\n".join(regels) + "\r\n").encode("utf-8")


def _build_sh(opdracht: str) -> bytes:
    regels = [
        "#!/usr/bin/env bash",
        'cd "$(dirname "$0")/.." || exit 1',
        "if command -v overleg >/dev/null; then",
        f"  overleg {opdracht}; code=$?",
        "elif python3 -c 'import pipeline' 2>/dev/null; then",
        f"  python3 -m pipeline {opdracht}; code=$?",
        "else",
        f"  echo '{_GEEN}'; code=127",
        "fi",
        "echo",
        'case "$code" in',
        *(f"  {code}) echo '{zin}' ;;" for code, zin in _SLOT),
        "  127) ;;",
        f"  *) echo '{_ANDERS}' ;;",
        "esac",
        "if [ -t 0 ]; then read -r -p 'Druk op Enter om dit venster te sluiten. ' _; fi",
        'exit "$code"',
    ]
    return ("\n".join(regels) + "\n").encode("utf-8")
