"""The manual as a sequence of blocks: what a template can print, and what the Word file is held against."""

from __future__ import annotations

from enum import StrEnum

from schemas.base import Model


class Opmaak(StrEnum):
    """How a piece of text looks; a piece looks one way only."""

    GEWOON = "gewoon"
    VET = "vet"
    CURSIEF = "cursief"
    CODE = "code"
    CODE_VET = "code_vet"
    LINK = "link"


class Bloksoort(StrEnum):
    """What a block is; the template has a place for each."""

    HOOFDSTUK = "hoofdstuk"
    PARAGRAAF = "paragraaf"
    ALINEA = "alinea"
    PUNT = "punt"
    NUMMER = "nummer"
    VERVOLG = "vervolg"
    OPDRACHT = "opdracht"
    SCHERM = "scherm"
    TABEL = "tabel"
    BEELD = "beeld"


class Stuk(Model):
    """A piece of text in one look; `anker` is the place that a link leads to."""

    tekst: str
    opmaak: Opmaak = Opmaak.GEWOON
    anker: str = ""


class Cel(Model):
    """A cell of a table."""

    stukken: tuple[Stuk, ...]


class Tabelrij(Model):
    """A row of a table."""

    cellen: tuple[Cel, ...]


class Blok(Model):
    """One block, with the line of the source on which it begins."""

    soort: Bloksoort
    regel: int
    stukken: tuple[Stuk, ...] = ()
    anker: str = ""  #: of a heading: where links to it lead
    lijst: int = 0  #: of a numbered point: which list it belongs to, from 1
    in_lijst: bool = False  #: of a block within a point
    regels: tuple[str, ...] = ()  #: of a command or a screen
    kop: tuple[Cel, ...] = ()  #: of a table
    rijen: tuple[Tabelrij, ...] = ()
    bestand: str = ""  #: of a picture: its path beside the source

    @property
    def tekst(self) -> str:
        """The text without its looks; of a picture what it shows."""
        return "".join(stuk.tekst for stuk in self.stukken)


class Handleiding(Model):
    """The whole: its title and its blocks."""

    titel: str
    blokken: tuple[Blok, ...]

    def list_koppen(self) -> tuple[Blok, ...]:
        """Chapters and their sections, in order."""
        return tuple(b for b in self.blokken if b.soort in (Bloksoort.HOOFDSTUK, Bloksoort.PARAGRAAF))

    def list_beelden(self) -> tuple[Blok, ...]:
        """Pictures, in order."""
        return tuple(b for b in self.blokken if b.soort is Bloksoort.BEELD)
