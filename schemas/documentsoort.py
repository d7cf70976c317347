"""The grammar of documents: which exist, for whom, from which template, on which occasion."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from schemas.base import Model
from schemas.formulier import NAAM_ID


class Aanleiding(StrEnum):
    """What a document is made from."""

    DOSSIER = "dossier"  #: a letter about one case
    OVERLEG = "overleg"  #: a document of a meeting's package


class Per(StrEnum):
    """How many copies a recipient gets."""

    ONTVANGER = "ontvanger"  #: one
    CASUS = "casus"  #: one for each case that concerns this recipient


class Moment(StrEnum):
    """When a letter is due. A document of an overleg is due when the overleg is prepared."""

    ONTVANGST_VOLLEDIG = "ontvangst_volledig"
    ONTVANGST_ONVOLLEDIG = "ontvangst_onvolledig"
    BESLUIT = "besluit"
    VOORBEREIDING = "voorbereiding"
    VERSLAG = "verslag"  #: after the overleg, from its verslag form


class Documentsoort(Model):
    """One kind of document of a table."""

    id: str = Field(pattern=NAAM_ID)
    titel: str = Field(min_length=1)
    afkorting: str = Field(pattern=r"^[A-Z]{2,4}$")  #: begins the document number
    sjabloon: str = Field(pattern=NAAM_ID)
    aanleiding: Aanleiding
    moment: Moment
    overleg: str | None = None  #: for `overleg`: which one
    per: Per = Per.ONTVANGER
    rollen: tuple[str, ...] = Field(min_length=1)  #: the roles that receive it
    besluiten: tuple[str, ...] = ()  #: for a letter after a decision: after which; empty: after any
    formulier: str | None = None  #: the form that travels with it (aanvullingsformulier)
    inleiding: tuple[str, ...] = ()  #: the table's own paragraphs, printed under the title
    slot: tuple[str, ...] = ()  #: the table's own closing paragraphs
