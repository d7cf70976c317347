"""What came in, before anybody trusted it: the raw form and the submission that carried it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from schemas.base import Vertrouwelijk
from schemas.bevinding import Bevinding


class RuweSoort(StrEnum):
    """By which road the answer stood in the file."""

    TEKST = "tekst"  #: a text control or text field
    VINKJE = "vinkje"  #: a tick box; `waarde` is a bool
    KEUZE = "keuze"  #: a dropdown, combo or radio group; `waarde` is the shown text
    DATUM = "datum"  #: a date picker; `waarde` is the shown text, as typed
    LABEL = "label"  #: no field at all: a label with a value beside, below or behind it


class RuwAntwoord(Vertrouwelijk):
    """One answer as the reader saw it. Untrusted text.

    `leeg` is true for a placeholder, a blank or an untouched field (then `waarde` is "" or False).
    `tag` is the content control's tag or the PDF field's name; None for label/value answers.
    `rij` counts the items of a repeating section from 0; None outside one.
    """

    label: str
    waarde: str | bool | tuple[str, ...]
    soort: RuweSoort
    plaats: str  #: "tabel 2, rij 3" or "pagina 1, veld aanmelder.naam"
    leeg: bool
    tag: str | None = None
    rij: int | None = None
    kop: str = ""  #: the heading above it in the document, to tell two equal labels apart


class RuweTabel(Vertrouwelijk):
    """A table as a grid of texts (merged cells once, ticks as ☒ or ☐), rows may differ in length."""

    plaats: str
    rijen: tuple[tuple[str, ...], ...]
    kop: str = ""  #: the heading above it


class Herkomst(Vertrouwelijk):
    """By which message a form came: what its headers say, which nobody checked. Never shared."""

    bericht: str = Field(pattern=r"^[0-9a-f]{64}$")  #: SHA-256 of the message
    afzender: str = ""
    verzonden_op: dt.datetime | None = None


class RuwFormulier(Vertrouwelijk):
    """All that the reader found in one file: answers in document order, tables, and what it did not understand."""

    bestand: str
    soort: str  #: "docx" or "pdf"; "odt", "doc" or "rtf" when it was converted to be read
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    antwoorden: tuple[RuwAntwoord, ...] = ()
    tabellen: tuple[RuweTabel, ...] = ()
    tekst: str = ""  #: all visible text, to recognise a form and to search for identities
    bevindingen: tuple[Bevinding, ...] = ()
    herkomst: Herkomst | None = None  #: None when it lay in the folder by itself
