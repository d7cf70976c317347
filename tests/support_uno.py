"""One LibreOffice that stays open, and fills in forms through UNO.

The filling is done in its own Basic, because its Python bridge need not be installed beside it.
"""

from __future__ import annotations

import itertools
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

WORD, ODT, DOC, RTF = "MS Word 2007 XML", "writer8", "MS Word 97", "Rich Text Format"
SECONDS = 60
#: between the lines of an answer, in a job
REGEL = "\x1e"

_MACRO = Path(__file__).with_name("libreoffice_vul.bas")
_DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE {} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{}">\n'
)
_LIBRARIES = (
    '<library:libraries xmlns:library="http://openoffice.org/2000/library">'
    '<library:library library:name="Invuller" library:link="false"/></library:libraries>'
)
_LIBRARY = (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Invuller" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Vul"/></library:library>'
)
_MODULE = (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Vul" '
    'script:language="StarBasic">{}</script:module>'
)
#: as if the profile were set up already: else LibreOffice puts its own empty library in the place of ours
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse">'
    "<value>true</value></prop></item></oor:items>"
)


@dataclass(frozen=True)
class Invulveld:
    """An answer for one control, by its place among all controls of the document.

    `soort` is "vinkje" ("1" or "0"), "datum" (as shown, and as ISO), "regels" (a paragraph each) or "tekst".
    """

    plaats: int
    soort: str
    delen: tuple[str, ...]


class Kantoor:
    """The running program."""

    def __init__(self, map_: Path, proces: subprocess.Popen[bytes]) -> None:
        self._map = map_
        self._proces = proces
        self._nummers = itertools.count(1)

    def fill(self, docx: bytes, velden: Sequence[Invulveld], filter_: str = WORD) -> bytes:
        """The form filled in, saved as `filter_` says. AssertionError tells what LibreOffice could not do."""
        stam = self._map / str(next(self._nummers))
        stam.with_suffix(".docx").write_bytes(docx)
        regels = [filter_, *("\t".join((str(v.plaats), v.soort, REGEL.join(v.delen))) for v in velden)]
        half = stam.with_suffix(".half")
        half.write_text("\n".join(regels), encoding="utf-8")
        half.rename(stam.with_suffix(".opdracht"))
        assert self._wait(stam.with_suffix(".klaar")) == "goed"
        return stam.with_suffix(".uit").read_bytes()

    def _wait(self, klaar: Path) -> str:
        einde = time.monotonic() + SECONDS
        while not klaar.exists():
            assert self._proces.poll() is None, "LibreOffice stopped"
            assert time.monotonic() < einde, "LibreOffice takes too long"
            time.sleep(0.005)
        return klaar.read_text(encoding="utf-8")


def run_program(*opdracht: str | Path) -> bytes:
    """What a program says that must do its work within two minutes."""
    return subprocess.run(opdracht, check=True, capture_output=True, timeout=120).stdout


@contextmanager
def open_office(map_: Path) -> Iterator[Kantoor]:
    """LibreOffice with a profile of its own under `map_`, until the end of the block."""
    profiel, werk = map_ / "profiel", map_ / "werk"
    werk.mkdir()
    write_profile(profiel / "user")
    macro = f'macro:///Invuller.Vul.Dien("{werk.as_uri()}")'
    opdracht = ["soffice", f"-env:UserInstallation={profiel.as_uri()}", "--headless", "--norestore", "--nologo"]
    proces = subprocess.Popen(
        [*opdracht, "--nodefault", "--nolockcheck", macro], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield Kantoor(werk, proces)
    finally:
        (werk / "stop").touch()
        try:
            proces.wait(SECONDS)
        finally:
            proces.kill()
            proces.wait()


def write_profile(gebruiker: Path, macro: Path = _MACRO) -> None:
    """Set up a profile of LibreOffice in which this macro is known as Invuller.Vul."""
    library = gebruiker / "basic" / "Invuller"
    library.mkdir(parents=True)
    (gebruiker / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    (library.parent / "script.xlc").write_text(
        _DOCTYPE.format("library:libraries", "libraries.dtd") + _LIBRARIES, encoding="utf-8"
    )
    (library / "script.xlb").write_text(_DOCTYPE.format("library:library", "library.dtd") + _LIBRARY, encoding="utf-8")
    module = _MODULE.format(escape(macro.read_text(encoding="utf-8")))
    (library / "Vul.xba").write_text(_DOCTYPE.format("script:module", "module.dtd") + module, encoding="utf-8")
