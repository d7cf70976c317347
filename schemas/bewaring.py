"""What the register keeps of a copy that was handed over, and of a case that was destroyed. No contents."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from schemas.base import Model
from schemas.werkmap import REGEL

VIA_TEKENS = 100


class Verzending(Model):
    """That one version of one copy was handed over: when, and by what road."""

    sleutel: str
    versie: int = Field(ge=1)
    op: dt.date
    via: str = Field(default="", max_length=VIA_TEKENS)


class Vernietiging(Model):
    """That all about one case was destroyed: when, by whom, how much of what. Stays when the rest is gone."""

    casuscode: str
    op: dt.date
    door: str = Field(pattern=REGEL, max_length=VIA_TEKENS)
    gesloten_op: dt.date
    bewaard_tot: dt.date
    aantallen: dict[str, int]  #: kind of thing -> how many
    bestanden: tuple[str, ...] = ()  #: SHA-256 of the files that were handed out, so that a manifest stays explained
