"""The coordinator's own data: `werkmap.toml`."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from schemas.base import Model
from schemas.formulier import NAAM_ID
from schemas.tafel import Overlegsoort, Rolsoort, Tafel

EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
#: What is printed on documents: one line, not blank, nothing that Word cannot hold.
REGEL = r"^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$"


class Contactblok(Model):
    """Who answers questions about the table; printed on every document."""

    naam: str = Field(pattern=REGEL)
    functie: str = Field(pattern=REGEL)
    organisatie: str = Field(pattern=REGEL)
    adres: str = Field(pattern=REGEL)
    email: str = Field(pattern=EMAIL)
    telefoon: str = Field(pattern=REGEL)


class Plaatsgegevens(Model):
    """Where and when an overleg meets."""

    plaats: str = Field(pattern=REGEL)
    uur: str = Field(pattern=r"^\d{1,2}[.:u]\d{2}$")
    dagen_vooraf: int | None = Field(default=None, ge=0, le=60)  #: overrides the table's own


class Contactpersoon(Model):
    """Somebody who represents a partner."""

    naam: str = Field(pattern=REGEL)
    email: str = Field(pattern=EMAIL)


class Partner(Model):
    """A partner of the table, permanent or ad hoc."""

    id: str = Field(pattern=NAAM_ID)
    naam: str = Field(pattern=REGEL)
    rol: str
    aliassen: tuple[str, ...] = ()
    gemeenten: tuple[str, ...] = ()  #: for a role that goes by the woonplaats
    protocol_ondertekend_op: dt.date | None = None
    personen: tuple[Contactpersoon, ...] = ()
    versleuteld: bool | None = None  #: whether this partner's documents are encrypted; None: as `versleutelen` says


class Werkmap(Model):
    """All of `werkmap.toml`."""

    tafel: str
    afzender: str = Field(pattern=REGEL)
    grondslag: str = ""  #: overrides the table's own
    contact: Contactblok
    overleg: dict[str, Plaatsgegevens] = Field(default_factory=dict)
    sluitingsdagen: tuple[dt.date, ...] = ()
    bewaartermijn: int | None = Field(default=None, ge=0, le=1200)  #: months after closing; None: nobody set one
    versleutelen: Literal["niemand", "partners"] = "niemand"  #: whose documents are encrypted
    mail_bijlagen: bool = False  #: whether documents that are not encrypted go along in the draft of a mail
    partnerlijst: str = Field(default="", pattern=r"^([^/\\]+\.xlsx)?$")  #: Excel file that holds the partners instead
    partners: tuple[Partner, ...] = Field(min_length=1, alias="partner")

    @model_validator(mode="after")
    def _check_partners(self) -> Werkmap:
        ids = [partner.id for partner in self.partners]
        dubbel = sorted({naam for naam in ids if ids.count(naam) > 1})
        if dubbel:
            raise ValueError(f"partner {', '.join(dubbel)} staat er meer dan eens")
        return self

    def get_partner(self, partner_id: str) -> Partner | None:
        """The partner with this id, or None."""
        return next((partner for partner in self.partners if partner.id == partner_id), None)

    def get_dagen_vooraf(self, soort: Overlegsoort) -> int:
        """How many days before this overleg its packages go out: as this werkmap says, else as the table does."""
        plaats = self.overleg.get(soort.id)
        return soort.dagen_vooraf if plaats is None or plaats.dagen_vooraf is None else plaats.dagen_vooraf

    def wants_encryption(self, partner: Partner) -> bool:
        """Whether this partner's documents are encrypted."""
        return self.versleutelen == "partners" if partner.versleuteld is None else partner.versleuteld


def has_signed(partner: Partner, tafel: Tafel, op: dt.date) -> bool:
    """Whether this partner could join on that day: an ad hoc partner only after signing the protocol (S0:16)."""
    rol = tafel.get_rol(partner.rol)
    if rol is None or rol.soort is not Rolsoort.AD_HOC:
        return True
    return partner.protocol_ondertekend_op is not None and partner.protocol_ondertekend_op <= op
