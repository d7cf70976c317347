"""The grammar of an afscherming: somebody in a case who may not know of it, until people decide how and when."""

from __future__ import annotations

from pydantic import Field

from schemas.base import Model
from schemas.criterium import Toets
from schemas.formulier import NAAM_ID


class Afscherming(Model):
    """While it is in force nothing leaves that could reach somebody with one of these roles, or who works for him.

    It is in force once the answers of an aanmelding say so, and as long as they leave it open. What they said no later
    form takes back: only a decision or a melding does (`heft_op`). A melding can lay it on as well (`schermt_af`).
    """

    id: str = Field(pattern=NAAM_ID)
    label: str = Field(min_length=1)  #: whom it keeps out, in a few words: "de pleger is niet ingelicht"
    rollen: tuple[str, ...] = Field(min_length=1)  #: of soort betrokkene
    als: Toets  #: closed answers of the aanmelding; undecided counts as in force
    documenten: tuple[str, ...] = ()  #: kinds of document that come near him whoever reads them: nobody gets those
    bron: str = Field(min_length=1)
