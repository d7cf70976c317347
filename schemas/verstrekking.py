"""Behind the wall: packages on their way to a recipient, and what the register keeps of each copy."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from schemas.anoniembeeld import Beeld
from schemas.base import Model, Vertrouwelijk

SHA256 = r"^[0-9a-f]{64}$"


class Bestand(Vertrouwelijk):
    """A finished file, in memory."""

    naam: str
    inhoud: bytes


class Bestandsregel(Model):
    """A delivered file as manifest and register know it."""

    naam: str
    sha256: str = Field(pattern=SHA256)
    bytes: int


class Verstrekking(Vertrouwelijk):
    """One copy, made ready for one recipient: the Deelbeeld as it went out, and its files."""

    sleutel: str  #: Deelbeeld.sleutel: the same copy in a later run
    versie: int = Field(ge=1)
    documentnummer: str
    documentsoort: str
    ontvanger: str
    map: str  #: below uit/, with "/" between folders
    klaargezet_op: dt.date
    bestanden: tuple[Bestandsregel, ...]
    beeld: Beeld
    tafelversie: str = ""  #: version of the region's data; "" in a register from before it was kept


class Pakket(Vertrouwelijk):
    """All new copies for one recipient in one folder, whole or not at all."""

    map: str  #: below uit/: "2026-12-17 expertentafel/lokale_politie"
    bestanden: tuple[Bestand, ...]  #: documents, forms and the manifest
    verstrekkingen: tuple[Verstrekking, ...]
