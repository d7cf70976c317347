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


class Opmaak(StrEnum):
    """How words stand out among others."""

    VET = "vet"
    ONDERSTREEPT = "onderstreept"
    GEMARKEERD = "gemarkeerd"  #: by a highlighter, or with a colour behind the words


class Ligging(StrEnum):
    """Where an answer stands that no field holds, and with that how sure it is that the label is one."""

    ERNAAST = "ernaast"  #: beside its label, or in a row or cell of its own
    ERONDER = "eronder"  #: in lines below its label: one of them may be another question with a tab
    TITEL = "titel"  #: all that stands below a heading, what was read as answers there included
    LABELCEL = "labelcel"  #: in the cell of a label, but not the label itself: guidance, as a rule
    VETTE_REGEL = "vette_regel"  #: below a bold line that stands right below a label: that may be the answer to it


class Nadruk(Vertrouwelijk):
    """A stretch of an answer that stands out. It may be the whole of it."""

    opmaak: Opmaak
    tekst: str


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
    nadruk: tuple[Nadruk, ...] = ()  #: what stands out in it; only where no field holds it
    ligging: Ligging = Ligging.ERNAAST


class LosseTekst(Vertrouwelijk):
    """Text that stands at no label: somebody's answer at the wrong place, or words of the form itself.

    Every heading is one as well, whatever stands below it: that is where another part begins.
    """

    plaats: str
    tekst: str
    na: int  #: how many of the answers stand before it
    titel: str = ""  #: the heading it stands below; what that heading asks holds it as well
    ligging: Ligging = Ligging.ERNAAST
    nadruk: tuple[Nadruk, ...] = ()


class RuweTabel(Vertrouwelijk):
    """A table as a grid of texts (merged cells once, ticks as ☒ or ☐), rows may differ in length."""

    plaats: str
    rijen: tuple[tuple[str, ...], ...]
    kop: str = ""  #: the heading above it
    nadruk: tuple[tuple[int, int, tuple[Nadruk, ...]], ...] = ()  #: row and column, and what stands out there


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
    los: tuple[LosseTekst, ...] = ()
    tekst: str = ""  #: all visible text, to recognise a form and to search for identities
    bevindingen: tuple[Bevinding, ...] = ()
    herkomst: Herkomst | None = None  #: None when it lay in the folder by itself
