"""What comes of looking at one file: a form, a message with files in it, or a file that LibreOffice has to convert.

These travel as JSON between the process that reads and the one that asked.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from schemas.base import Vertrouwelijk
from schemas.bevinding import Bevinding
from schemas.inzending import Herkomst, RuwFormulier


class Bijlage(Vertrouwelijk):
    """A file that a message carries, and from whom. `naam` is for display only."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    naam: str
    inhoud: bytes
    herkomst: Herkomst


class Bericht(Vertrouwelijk):
    """A message that holds at least one document. Its words are not in here: nobody reads them but people.

    `overige` names what it carries besides documents, and what of it could not be opened.
    """

    soort: Literal["bericht"] = "bericht"
    bijlagen: tuple[Bijlage, ...] = Field(min_length=1)
    overige: tuple[str, ...] = ()


class Gelezen(Vertrouwelijk):
    """A form."""

    soort: Literal["formulier"] = "formulier"
    formulier: RuwFormulier


class OmTeZetten(Vertrouwelijk):
    """A document of another writer than Word, to be converted first. `bevindingen` is what was seen already."""

    soort: Literal["omzetten"] = "omzetten"
    extensie: str
    bevindingen: tuple[Bevinding, ...] = ()


class Geweigerd(Vertrouwelijk):
    """A file that cannot be read, and why."""

    soort: Literal["weigering"] = "weigering"
    bevinding: Bevinding


class Bezweken(Vertrouwelijk):
    """Reading this file took more memory than it may, or failed by a fault of ours: `waar` names the line."""

    soort: Literal["bezweken"] = "bezweken"
    waar: str = ""


Lezing = Gelezen | Bericht | OmTeZetten
Verslag = Annotated[Gelezen | Bericht | OmTeZetten | Geweigerd | Bezweken, Field(discriminator="soort")]
VERSLAG: TypeAdapter[Verslag] = TypeAdapter(Verslag)
