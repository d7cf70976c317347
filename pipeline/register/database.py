"""Opening the register's file: its schema, its settings, and what SQLite's errors mean in Dutch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from pipeline import disk
from pipeline.errors import ExitCode, OverlegFout
from pipeline.register.vraagcodes import rename_vragen

NAAM = "register.sqlite"
RESERVE, ARCHIEF = "reserve", "archief"
VERSIE = 3
TERUGZETTEN = (
    f"Verwerk niets meer. Zet de nieuwste kopie uit de map “{RESERVE}” terug: overleg herstel, met uw werkmap "
    "erachter. Vraag hulp als dat niet lukt."
)

OPBOUWEN = (
    f"Verwerk niets meer. Zet {NAAM} terug uit een reservekopie van uw organisatie. Is er geen, bouw het register dan "
    "opnieuw op: overleg herstel MAP --uit-archief"
)

_SCHEMA = (
    "CREATE TABLE dossier (code TEXT PRIMARY KEY, inhoud TEXT NOT NULL) STRICT",
    "CREATE TABLE inzending (sha256 TEXT PRIMARY KEY, inhoud TEXT NOT NULL) STRICT",
    """CREATE TABLE nummer (nummer TEXT PRIMARY KEY, soort TEXT NOT NULL, betreft TEXT NOT NULL,
        gebruikt_door TEXT NOT NULL) STRICT""",
    "CREATE UNIQUE INDEX nummer_open ON nummer (soort, betreft) WHERE gebruikt_door = ''",
    """CREATE TABLE verstrekking (sleutel TEXT NOT NULL, versie INTEGER NOT NULL, inhoud TEXT NOT NULL,
        PRIMARY KEY (sleutel, versie)) STRICT""",
    # AUTOINCREMENT keeps the highest number ever given in sqlite_sequence, so that a cut tail shows.
    """CREATE TABLE gebeurtenis (volgnummer INTEGER PRIMARY KEY AUTOINCREMENT, op TEXT NOT NULL, soort TEXT NOT NULL,
        betreft TEXT NOT NULL, inhoudsom TEXT NOT NULL, vorige TEXT NOT NULL, som TEXT NOT NULL) STRICT""",
    # Apart from the chain, and both NULL once destroyed: the chain holds over what is no longer there.
    """CREATE TABLE inhoud (volgnummer INTEGER PRIMARY KEY REFERENCES gebeurtenis (volgnummer),
        zout BLOB, tekst TEXT) STRICT""",
    """CREATE TRIGGER gebeurtenis_vast BEFORE UPDATE ON gebeurtenis
        BEGIN SELECT RAISE(ABORT, 'gebeurtenissen veranderen nooit'); END""",
    """CREATE TRIGGER gebeurtenis_blijft BEFORE DELETE ON gebeurtenis
        BEGIN SELECT RAISE(ABORT, 'gebeurtenissen verdwijnen nooit'); END""",
    # What codes are drawn from: the same werkmap draws the same next code, so that a trial run shows the real one.
    "CREATE TABLE trekking (geheim BLOB NOT NULL, aantal INTEGER NOT NULL) STRICT",
    "INSERT INTO trekking VALUES (randomblob(32), 0)",
)
#: By version: what brings a register of the version before to it. A new register goes through all of them too.
_STAPPEN = {
    1: _SCHEMA,
    2: (
        """CREATE TABLE verzending (sleutel TEXT NOT NULL, versie INTEGER NOT NULL, inhoud TEXT NOT NULL,
            PRIMARY KEY (sleutel, versie)) STRICT""",
        "CREATE TABLE vernietiging (casuscode TEXT PRIMARY KEY, inhoud TEXT NOT NULL) STRICT",
        "CREATE TABLE nazicht (id TEXT PRIMARY KEY, casuscode TEXT NOT NULL, inhoud TEXT NOT NULL) STRICT",
        # Work that is left, not history: a path goes when its file is gone.
        "CREATE TABLE op_te_ruimen (pad TEXT PRIMARY KEY) STRICT",
    ),
    3: (),
}
#: By version: what has to be worked out when a register comes to it.
_OMZETTINGEN = {3: rename_vragen}


class RegisterFout(OverlegFout):
    """The register cannot be used as it is."""

    exit_code = ExitCode.CONFIGURATIE


@contextmanager
def translate_faults() -> Iterator[None]:
    """Turn SQLite's errors into a RegisterFout in Dutch."""
    try:
        yield
    except sqlite3.Error as fout:
        raise _describe_fault(getattr(fout, "sqlite_errorcode", 0) & 0xFF) from fout


def _describe_fault(code: int) -> RegisterFout:
    meldingen = {
        sqlite3.SQLITE_CORRUPT: ("Het register is beschadigd.", TERUGZETTEN),
        sqlite3.SQLITE_NOTADB: (f"{NAAM} is geen register, of het is beschadigd.", TERUGZETTEN),
        sqlite3.SQLITE_FULL: (
            "De schijf is vol.",
            "Maak ruimte en geef dezelfde opdracht opnieuw: wat al klaar was, blijft, en niets komt dubbel.",
        ),
        sqlite3.SQLITE_BUSY: ("Het register is in gebruik.", "Sluit het andere programma en probeer opnieuw."),
        sqlite3.SQLITE_READONLY: ("U mag niet schrijven in het register.", "Vraag schrijfrechten op de werkmap."),
        sqlite3.SQLITE_CANTOPEN: (
            "Het register kan niet geopend worden.",
            "Kijk of de werkmap bereikbaar is, en zet ze in een map met een korter pad als haar pad heel lang is.",
        ),
        sqlite3.SQLITE_IOERR: ("Het register is niet te lezen of te schrijven.", "Kijk of de werkmap bereikbaar is."),
        sqlite3.SQLITE_CONSTRAINT: ("Dit past niet bij wat al in het register staat; er is niets gewijzigd.", ""),
    }
    return RegisterFout(*meldingen.get(code, (f"Het register geeft een fout (SQLite {code}).", TERUGZETTEN)))


def open_file(pad: Path) -> sqlite3.Connection:
    """Open or make the register at `pad`. Raises RegisterFout."""
    _refuse_vanished(pad)
    with translate_faults():
        return _prepare(sqlite3.connect(pad, isolation_level=None))


def open_copy(pad: Path) -> sqlite3.Connection:
    """A copy in memory of the register at `pad`, empty when there is none; the file is left alone."""
    _refuse_vanished(pad)
    kopie = sqlite3.connect(":memory:", isolation_level=None)
    with translate_faults():
        if pad.exists():
            # After a kill in mid-transaction SQLite must roll back first, which a read-only open cannot.
            modus = "rw" if pad.with_name(pad.name + "-journal").exists() else "ro"
            with closing(sqlite3.connect(f"{_make_uri(pad)}?mode={modus}", uri=True)) as bron:
                bron.backup(kopie)
        return _prepare(kopie)


def _make_uri(pad: Path) -> str:
    plaats = pad.resolve().as_posix()
    return f"file://{'' if plaats.startswith('/') and not plaats.startswith('//') else '/'}{quote(plaats)}"


def _refuse_vanished(pad: Path) -> None:
    # SQLite would make a new, empty register without a word.
    with disk.translate_faults(pad):
        if pad.exists() and pad.stat().st_size:
            return
        if list_copies(pad.parent):
            raise RegisterFout(f"{NAAM} ontbreekt of is leeg, en er zijn reservekopieën.", TERUGZETTEN)
        archief = pad.parent / ARCHIEF
        if archief.is_dir() and any(archief.iterdir()):
            raise RegisterFout(f"{NAAM} ontbreekt of is leeg, terwijl in “{ARCHIEF}” formulieren liggen.", OPBOUWEN)


def list_copies(werkmap: Path) -> tuple[Path, ...]:
    """The copies in `reserve/`, oldest first."""
    return tuple(sorted((werkmap / RESERVE).glob("register-*.sqlite"), key=lambda pad: pad.name))


def _prepare(verbinding: sqlite3.Connection) -> sqlite3.Connection:
    try:
        for instelling in ("journal_mode = DELETE", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            verbinding.execute(f"PRAGMA {instelling}").fetchall()
        _make_schema(verbinding)
    except (sqlite3.Error, RegisterFout):
        verbinding.close()
        raise
    return verbinding


def _make_schema(verbinding: sqlite3.Connection) -> None:
    versie = int(verbinding.execute("PRAGMA user_version").fetchone()[0])
    if versie > VERSIE:
        raise RegisterFout(
            f"Dit register is van een nieuwere versie van dit programma (register {versie}, dit programma {VERSIE}).",
            "Installeer de nieuwste versie van het programma en probeer opnieuw.",
        )
    if versie == VERSIE:
        return
    if versie == 0 and verbinding.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise RegisterFout(f"{NAAM} is een databank, maar geen register.", TERUGZETTEN)
    verbinding.execute("BEGIN IMMEDIATE")
    for stap in range(versie + 1, VERSIE + 1):
        for opdracht in _STAPPEN[stap]:
            verbinding.execute(opdracht)
        if stap in _OMZETTINGEN:
            _OMZETTINGEN[stap](verbinding)
    verbinding.execute(f"PRAGMA user_version = {VERSIE}")
    verbinding.execute("COMMIT")
