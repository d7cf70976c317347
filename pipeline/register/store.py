"""Reading and writing the register: dossiers, inzendingen, numbers that were given out, verstrekkingen."""

from __future__ import annotations

import datetime as dt
import functools
import hmac
import sqlite3
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import Field

from pipeline.register.archive import Bewaarboek
from pipeline.register.backup import verify_newest, write_copy
from pipeline.register.chain import BEGIN, HERBOUWD, append, get_head, report, verify_chain, verify_stand
from pipeline.register.database import NAAM, RegisterFout, open_copy, open_file, translate_faults
from pipeline.register.kenmerken import write_kenmerken
from pipeline.register.rows import parse_row
from pipeline.register.sent import Verzendboek
from pipeline.register.vraagcodes import derive_vraagsleutel
from schemas.base import Model, Vertrouwelijk
from schemas.bevinding import Bevinding
from schemas.code import spell_code
from schemas.dossier import Dossier
from schemas.verstrekking import SHA256, Verstrekking

POGINGEN = 1000
_LENGTE = 6


class Uitkomst(StrEnum):
    """What became of an inzending."""

    VERWERKT = "verwerkt"
    QUARANTAINE = "quarantaine"


class Inzendingregel(Vertrouwelijk):
    """One file that came in, by its content. `casuscode` is "" when it belongs to no case."""

    sha256: str = Field(pattern=SHA256)
    bestand: str
    ontvangen_op: dt.date
    uitkomst: Uitkomst
    casuscode: str = ""


class Nummerregel(Model):
    """A number that the register gave out once. `gebruikt_door` is the SHA-256 of the file that used it, or ""."""

    nummer: str
    soort: str
    betreft: str
    gebruikt_door: str = ""


class Herbouwing(Model):
    """The first event of a register that was built anew: when, and from what."""

    op: dt.date
    hoofd: str  #: of the register that went, as far as known: of the newest sheet beside it, else of a manifest
    hoofden: tuple[str, ...]  #: all heads of it that manifests print
    formulieren: int  #: originals that were read again


class Register(Verzendboek, Bewaarboek):
    """The register of one werkmap. Use it in a `with` block; every method may raise RegisterFout.

    A method that writes is a transaction by itself, or part of the one around it.
    """

    def __init__(self, verbinding: sqlite3.Connection, werkmap: Path, *, alleen_lezen: bool) -> None:
        """Use `open` instead."""
        self._verbinding = verbinding
        self._werkmap = werkmap
        self._alleen_lezen = alleen_lezen

    @classmethod
    def open(cls, werkmap: Path, *, alleen_lezen: bool = False) -> Self:
        """Open the werkmap's register, making it when there is none.

        `alleen_lezen` works on a copy in memory: what is written there is gone afterwards, and no file is touched.
        """
        maak = open_copy if alleen_lezen else open_file
        return cls(maak(werkmap / NAAM), werkmap, alleen_lezen=alleen_lezen)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. What was not committed is gone."""
        self._verbinding.close()

    def get_mark(self) -> str:
        """What tells this werkmap's register from that of any other, and tells nothing else."""
        ((geheim,),) = self._select("SELECT hex(geheim) FROM trekking")
        return hmac.digest(bytes.fromhex(geheim), b"werkmap", "sha256").hex()

    def get_vraagsleutel(self) -> bytes:
        """What goes into the names of the questions about free text, so that nobody else can try words on them."""
        return derive_vraagsleutel(self._verbinding)

    def list_dossiers(self) -> tuple[Dossier, ...]:
        """All dossiers, by code."""
        return tuple(_parse_dossier(rij[0]) for rij in self._select("SELECT inhoud FROM dossier ORDER BY code"))

    def list_codes(self) -> tuple[str, ...]:
        """The codes of all cases, in order."""
        return tuple(rij[0] for rij in self._select("SELECT code FROM dossier ORDER BY code"))

    def list_gemeld(self) -> tuple[str, ...]:
        """The codes of the cases about which a melding came in, in order."""
        vraag = "SELECT code FROM dossier WHERE json_array_length(inhoud, '$.meldingen') > 0 ORDER BY code"
        return tuple(rij[0] for rij in self._select(vraag))

    def iterate_dossiers(self) -> Iterator[Dossier]:
        """All dossiers, by code, one in memory at a time: for who looks at each of them once."""
        for code in self.list_codes():
            dossier = self.get_dossier(code)
            if dossier is not None:
                yield dossier

    def get_dossier(self, code: str) -> Dossier | None:
        """The dossier with this code, or None. Nothing holds on to it: reading it again costs little."""
        rijen = self._select("SELECT inhoud FROM dossier WHERE code = ?", code)
        return parse_row(Dossier, rijen[0][0]) if rijen else None

    def save_dossier(self, dossier: Dossier, gebeurtenis: str, op: dt.date) -> None:
        """Add or replace a dossier. `gebeurtenis` says what happened, without contents of the form."""
        tekst = dossier.model_dump_json()
        with self.transaction():
            self._verbinding.execute("INSERT OR REPLACE INTO dossier VALUES (?, ?)", (dossier.code, tekst))
            append(self._verbinding, op, gebeurtenis, f"dossier {dossier.code}", tekst)

    def get_inzending(self, sha256: str) -> Inzendingregel | None:
        """What became of the file with this content, or None when it never came in."""
        rijen = self._select("SELECT inhoud FROM inzending WHERE sha256 = ?", sha256)
        return parse_row(Inzendingregel, rijen[0][0]) if rijen else None

    def add_inzending(self, regel: Inzendingregel) -> None:
        """Note a file. One from quarantine may come back and be taken in; one that was taken in stays so."""
        tekst = regel.model_dump_json()
        with self.transaction():
            eerder = self.get_inzending(regel.sha256)
            if eerder == regel:
                return
            if eerder and eerder.uitkomst is Uitkomst.VERWERKT:
                raise RegisterFout("Dit formulier is al verwerkt; er is niets gewijzigd.")
            self._verbinding.execute("INSERT OR REPLACE INTO inzending VALUES (?, ?)", (regel.sha256, tekst))
            betreft = f"inzending {regel.sha256}"
            append(self._verbinding, regel.ontvangen_op, f"inzending: {regel.uitkomst}", betreft, tekst)

    def draw_code(self, op: dt.date) -> str:
        """A new meaningless code: unpredictable without this register's secret, and never from what a form holds.

        The day goes in, so that a register put back from `reserve/` does not draw again what it drew since.
        """
        with self.transaction():
            ((geheim, aantal),) = self._select("SELECT hex(geheim), aantal FROM trekking")
            self._verbinding.execute("UPDATE trekking SET aantal = aantal + 1")
        som = hmac.digest(bytes.fromhex(geheim), f"{op.isoformat()} {aantal}".encode(), "sha256")
        return spell_code(som, _LENGTE)

    def issue_nummer(self, soort: str, betreft: str, nieuw: Callable[[], str]) -> str:
        """The open number for (soort, betreft), or a new one from `nieuw` that was never given out before."""
        with self.transaction():
            rijen = self._select(
                "SELECT nummer FROM nummer WHERE soort = ? AND betreft = ? AND gebruikt_door = ''", soort, betreft
            )
            if rijen:
                return str(rijen[0][0])
            kandidaten = (nieuw() for _ in range(POGINGEN))
            nummer = next((kandidaat for kandidaat in kandidaten if self.get_nummer(kandidaat) is None), None)
            if nummer is None:
                raise RegisterFout(f"Er is geen vrij nummer meer voor {soort}.")
            regel = Nummerregel(nummer=nummer, soort=soort, betreft=betreft)
            self._verbinding.execute("INSERT INTO nummer VALUES (?, ?, ?, '')", (nummer, soort, betreft))
            append(self._verbinding, None, "nummer uitgegeven", f"nummer {nummer}", regel.model_dump_json())
            return nummer

    def get_nummer(self, nummer: str) -> Nummerregel | None:
        """What this number was given out for, or None when it never was."""
        rijen = self._select("SELECT nummer, soort, betreft, gebruikt_door FROM nummer WHERE nummer = ?", nummer)
        if not rijen:
            return None
        return Nummerregel(nummer=rijen[0][0], soort=rijen[0][1], betreft=rijen[0][2], gebruikt_door=rijen[0][3])

    def use_nummer(self, nummer: str, sha256: str) -> None:
        """Mark the number as used by the file with this content; a number serves one file only."""
        with self.transaction():
            regel = self.get_nummer(nummer)
            if regel is None:
                raise RegisterFout("Dit nummer heeft het register nooit uitgegeven.")
            if regel.gebruikt_door == sha256:
                return
            if regel.gebruikt_door:
                raise RegisterFout("Dit nummer is al gebruikt door een ander document.")
            self._verbinding.execute("UPDATE nummer SET gebruikt_door = ? WHERE nummer = ?", (sha256, nummer))
            nu = regel.model_copy(update={"gebruikt_door": sha256})
            append(self._verbinding, None, "nummer gebruikt", f"nummer {nummer}", nu.model_dump_json())

    def get_verstrekking(self, sleutel: str) -> Verstrekking | None:
        """The latest version of this copy, or None."""
        rijen = self._select("SELECT inhoud FROM verstrekking WHERE sleutel = ? ORDER BY versie DESC LIMIT 1", sleutel)
        return _parse_verstrekking(rijen[0][0]) if rijen else None

    def list_verstrekkingen(self) -> tuple[Verstrekking, ...]:
        """All versions of all copies, by sleutel and versie."""
        rijen = self._select("SELECT inhoud FROM verstrekking ORDER BY sleutel, versie")
        return tuple(_parse_verstrekking(rij[0]) for rij in rijen)

    def list_mappen(self) -> frozenset[str]:
        """The folders in `uit/` in which anything was ever made ready."""
        rijen = self._select("SELECT DISTINCT json_extract(inhoud, '$.map') FROM verstrekking")
        return frozenset(rij[0].split("/")[0] for rij in rijen)

    def add_verstrekking(self, verstrekking: Verstrekking) -> None:
        """Add the next version of a copy. What was handed out never changes."""
        sleutel, versie, tekst = verstrekking.sleutel, verstrekking.versie, verstrekking.model_dump_json()
        with self.transaction():
            eerder = self.get_verstrekking(sleutel)
            if eerder == verstrekking:
                return
            if versie != (eerder.versie + 1 if eerder else 1):
                raise RegisterFout(f"Versie {versie} van {verstrekking.documentnummer} is niet de volgende versie.")
            self._verbinding.execute("INSERT INTO verstrekking VALUES (?, ?, ?)", (sleutel, versie, tekst))
            betreft = f"verstrekking {sleutel} versie {versie}"
            append(self._verbinding, verstrekking.klaargezet_op, "klaargezet", betreft, tekst)

    def backup(self, op: dt.date) -> Path | None:
        """Copy the register to `reserve/`, and write beside it what it could not be built anew without.

        None when nothing changed since the last copy, or on a copy in memory.
        """
        if self._alleen_lezen:
            return None
        with translate_faults():
            kopie = write_copy(self._verbinding, self._werkmap, op)
        self.keep_kenmerken()
        return kopie

    def keep_kenmerken(self) -> None:
        """Write beside the register what is new, where no copy of it is made: a number that was just given out."""
        if not self._alleen_lezen:
            with translate_faults():
                write_kenmerken(self._verbinding, self._werkmap)

    def renew_kenmerken(self) -> None:
        """Write anew all that is kept beside the register, so that nothing is left of what was destroyed."""
        with translate_faults():
            write_kenmerken(self._verbinding, self._werkmap, opnieuw=True)

    def get_herbouwing(self) -> Herbouwing | None:
        """From what this register was built anew, the last time that it was; None when it never was."""
        vraag = """SELECT tekst FROM gebeurtenis JOIN inhoud USING (volgnummer)
            WHERE betreft = ? ORDER BY volgnummer DESC LIMIT 1"""
        rijen = self._select(vraag, HERBOUWD)
        return parse_row(Herbouwing, rijen[0][0]) if rijen else None

    def get_head(self) -> str:
        """Hash of the last event. Salted, so it says nothing of what happened."""
        with translate_faults():
            return get_head(self._verbinding)[1]

    def list_heads(self) -> frozenset[str]:
        """Every hash that was the head at some time, in the register that this one was built from too."""
        eigen = (rij[0] for rij in self._select("SELECT som FROM gebeurtenis"))
        herbouwing = self.get_herbouwing()
        return frozenset({BEGIN, *eigen, *(herbouwing.hoofden if herbouwing else ())})

    def verify(self) -> tuple[Bevinding, ...]:
        """What is wrong with the register: damage, a broken chain, changes from outside, a cut tail."""
        try:
            return self._verify()
        except sqlite3.DatabaseError:
            return (report("register-beschadigd", "bestand", "Het bestand is beschadigd of niet te lezen."),)

    def _verify(self) -> tuple[Bevinding, ...]:
        if [rij[0] for rij in self._verbinding.execute("PRAGMA integrity_check")] != ["ok"]:
            return (report("register-beschadigd", "bestand", "Het bestand is beschadigd."),)
        keten = (*verify_chain(self._verbinding), *verify_stand(self._verbinding))
        return (*keten, *verify_newest(self._verbinding, self._werkmap))


@functools.lru_cache(maxsize=1_000)
def _parse_dossier(tekst: str) -> Dossier:
    """A run lists all dossiers again and again, and most did not change in between: each text is read once."""
    return parse_row(Dossier, tekst)


@functools.lru_cache(maxsize=10_000)
def _parse_verstrekking(tekst: str) -> Verstrekking:
    """As `_parse_dossier`; what was handed out never changes."""
    return parse_row(Verstrekking, tekst)


def open_reserve(kopie: Path) -> Register:
    """A copy from `reserve/`, to look at; the file is left alone. Raises RegisterFout."""
    return Register(open_copy(kopie), kopie.parent, alleen_lezen=True)
