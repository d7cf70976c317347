"""A laptop closed in the middle: the next run completes the work, each form handled once, each package whole."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from killpoints import count_kills
from support_werkmap import Werkmapje, make_form

from pipeline.register import Register

_PUNTEN = 8


class _Maand:
    """An intake of two forms and one that is none, then the triagetafel."""

    def prepare(self, werkmap: Path) -> None:
        mapje = Werkmapje.make(werkmap)
        mapje.drop(make_form(), "volledig.docx")
        mapje.drop(make_form({"veiligheid.crisis": "", "aanmelder.email": "b@example.org"}), "onvolledig.docx")
        mapje.drop(b"geen formulier", "brief.docx")

    def work(self, werkmap: Path) -> None:
        mapje = Werkmapje(werkmap / "werkmap")
        mapje.process("2026-11-23")
        mapje.prepare("triagetafel", "2026-11-27")

    def check_killed(self, werkmap: Path) -> None:
        for manifest in (werkmap / "werkmap/uit").glob("[!.]*/*/manifest*.json"):
            _check_package(manifest)

    def check(self, werkmap: Path) -> None:
        mapje = Werkmapje(werkmap / "werkmap")
        assert mapje.list_files("in") == []
        assert len(mapje.list_files("archief")) == 2
        assert mapje.list_files("quarantaine") == [
            f"quarantaine/brief.docx{staart}" for staart in ("", ".reden.json", ".reden.txt")
        ]
        assert len(mapje.list_dossiers()) == 2
        manifesten = sorted((mapje.map / "uit").glob("*/*/manifest*.json"))
        assert [pad.name for pad in manifesten] == ["manifest.json"] * 5
        for manifest in manifesten:
            _check_package(manifest)
        with Register.open(mapje.map, alleen_lezen=True) as register:
            assert register.verify() == ()


maand = _Maand()


def _check_package(manifest: Path) -> None:
    """All that the manifest names is there, as it says."""
    for bestand in json.loads(manifest.read_text("utf-8"))["bestanden"]:
        inhoud = (manifest.parent / bestand["naam"]).read_bytes()
        assert hashlib.sha256(inhoud).hexdigest() == bestand["sha256"]


def test_a_month_killed_anywhere_is_completed_by_the_next_run() -> None:
    assert count_kills("maand", "test_run_kill", _PUNTEN) == _PUNTEN
