"""What a file of `in/` leads to, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.run.results import Lot
from schemas.bevinding import Bevinding, Ernst
from schemas.bewaring import Verzending
from schemas.dossier import Dossier


@dataclass
class Uitslag:
    """Dossiers to save with what happened, or the findings that refuse the file."""

    lot: Lot
    dossiers: tuple[Dossier, ...] = ()
    casuscode: str = ""  #: of the one case that it is about, if any
    nummer: str = ""  #: used up by this file
    bevindingen: list[Bevinding] = field(default_factory=list)
    anoniem: bool = False  #: then not even the file's name is kept
    verzonden: Mapping[str, tuple[Verzending, ...]] = field(default_factory=dict)  #: what went, by folder below uit/


def refuse(bevinding: Bevinding | None) -> Uitslag:
    """To quarantine, with the reason."""
    return Uitslag(Lot.QUARANTAINE, bevindingen=[bevinding] if bevinding else [])


def make_refusal(code: str, melding: str, remedie: str) -> Bevinding:
    """The reason why a file as a whole is refused."""
    return Bevinding(code=code, plaats="", melding=melding, remedie=remedie, ernst=Ernst.FOUT)
