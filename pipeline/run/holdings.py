"""All that a werkmap holds about one case: rows of the register, and files by their place. Reads only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.disk import hash_file, translate_faults
from pipeline.inbox import REDEN, REDEN_JSON
from pipeline.register import KENMERKEN, Register, list_bladen, list_copies
from pipeline.settings import Settings
from schemas.deelbeeld import Deelbeeld
from schemas.dossier import Dossier
from schemas.verstrekking import Verstrekking

INZAGE = "inzage"
VERZENDLIJST = "verzendlijst"
_MAIL = re.compile(r"mail(-\d+)?\.(txt|eml)")
_LOS = ("in", "quarantaine")


@dataclass(frozen=True)
class Bezit:
    """What is held about one case. Paths are relative to the werkmap, with "/" between folders."""

    inzendingen: tuple[str, ...]  #: SHA-256 of forms about this case alone
    weg: tuple[Verstrekking, ...]  #: copies about this case alone
    ingekort: tuple[Verstrekking, ...]  #: copies about other cases too, without what they held about this one
    documenten: tuple[str, ...]  #: below uit/, and the lists of what was sent
    originelen: tuple[str, ...]  #: in archief/
    los: tuple[str, ...]  #: the same content in in/ or quarantaine/, with the reason beside it
    inzagen: tuple[str, ...]  #: below inzage/
    reserve: tuple[str, ...]  #: copies of the register from before
    kenmerken: tuple[str, ...]  #: sheets beside the register from before
    ook_over: tuple[str, ...]  #: codes of other cases that stand in these documents and decision forms
    gebleven: int  #: originals that another case came in with too: they go with the last of them

    @property
    def bestanden(self) -> tuple[str, ...]:
        """All files that go."""
        return (*self.documenten, *self.originelen, *self.los, *self.inzagen, *self.reserve, *self.kenmerken)

    @property
    def aantallen(self) -> dict[str, int]:
        """How many of what goes, for the record of destruction."""
        return {
            "dossier": 1,
            "formulieren in het register": len(self.inzendingen),
            "documenten in het register": len(self.weg),
            "documenten in het register ingekort": len(self.ingekort),
            "bestanden in uit": len(self.documenten),
            "originelen in archief": len(self.originelen),
            "bestanden in in en quarantaine": len(self.los),
            "bestanden in inzage": len(self.inzagen),
            "reservekopieën": len(self.reserve),
            "bladen in kenmerken": len(self.kenmerken),
        }


def find_holdings(settings: Settings, register: Register, dossier: Dossier) -> Bezit:
    """Everything of this case. Raises RegisterFout, SchijfFout."""
    anderen = [ander for ander in register.list_dossiers() if ander.code != dossier.code]
    gemengd = {som for ander in anderen for som in _list_own_sommen(ander)}
    eigen = {*_list_own_sommen(dossier), *register.list_sommen(dossier.code), *_list_numbered(dossier, register)}
    besluiten = set(_list_decided(dossier, register))
    alleen = eigen - gemengd - besluiten
    kopieen = [v for v in register.list_verstrekkingen() if dossier.code in list_codes(v.beeld)]
    leven = {ander.code for ander in anderen}
    weg = tuple(v for v in kopieen if not leven & _list_others(v.beeld, dossier.code))
    gedeeld = [v for v in kopieen if v not in weg]
    ook = {code for v in gedeeld for code in _list_others(v.beeld, dossier.code)}
    ook |= {ander.code for ander in anderen if besluiten & set(_list_decided(ander, register))}
    sommen = alleen | besluiten
    return Bezit(
        inzendingen=tuple(sorted(alleen)),
        weg=weg,
        ingekort=tuple(v.model_copy(update={"beeld": strip_case(v.beeld, dossier.code)}) for v in gedeeld),
        documenten=_find_delivered(settings.map, kopieen),
        originelen=_find_originals(settings.map, sommen),
        los=_find_loose(settings.map, sommen),
        inzagen=_find_inzagen(settings.map, dossier.code),
        reserve=tuple(f"reserve/{pad.name}" for pad in list_copies(settings.map)),
        kenmerken=tuple(f"{KENMERKEN}/{pad.name}" for pad in list_bladen(settings.map)),
        ook_over=tuple(sorted(ook & leven)),
        gebleven=len(eigen & gemengd),
    )


def list_codes(beeld: Deelbeeld) -> frozenset[str]:
    """The cases that a copy is about."""
    blokken = [item for _, waarde in beeld if isinstance(waarde, tuple) for item in waarde]
    return frozenset({beeld.kop.casuscode, *map(_get_code, blokken)} - {""})


def strip_case(beeld: Deelbeeld, code: str) -> Deelbeeld:
    """The copy without anything about this case."""
    delen = {
        veld: tuple(item for item in waarde if _get_code(item) != code)
        for veld, waarde in beeld
        if isinstance(waarde, tuple)
    }
    wijzigingen = tuple(regel for regel in beeld.kop.wijzigingen if code not in regel)
    return beeld.model_copy(update={**delen, "kop": beeld.kop.model_copy(update={"wijzigingen": wijzigingen})})


def _get_code(item: object) -> str:
    return str(getattr(item, "casuscode", "") or getattr(item, "code", ""))


def _list_others(beeld: Deelbeeld, code: str) -> frozenset[str]:
    # What is about one case by its head is about no other, whatever rows it holds.
    return frozenset() if beeld.kop.casuscode == code else list_codes(beeld) - {code}


def _list_own_sommen(dossier: Dossier) -> list[str]:
    return [*(o.sha256 for o in dossier.ontvangsten), *(plan.sha256 for plan in dossier.plannen)]


def _list_numbered(dossier: Dossier, register: Register) -> list[str]:
    return _list_used(
        (*(i.formuliernummer for i in dossier.inbreng), *(m.formuliernummer for m in dossier.meldingen)), register
    )


def _list_decided(dossier: Dossier, register: Register) -> list[str]:
    return _list_used((besluit.formuliernummer for besluit in dossier.besluiten), register)


def _list_used(nummers: Iterable[str], register: Register) -> list[str]:
    """SHA-256 of the files that used these numbers."""
    regels = [register.get_nummer(nummer) for nummer in nummers]
    return [regel.gebruikt_door for regel in regels if regel is not None and regel.gebruikt_door]


def _find_delivered(werkmap: Path, verstrekkingen: Sequence[Verstrekking]) -> tuple[str, ...]:
    # By name, whatever it holds by now: a document that was edited afterwards tells of the case as well.
    paden = {f"uit/{v.map}/{regel.naam}" for v in verstrekkingen for regel in v.bestanden}
    # The draft of a mail may carry them along.
    paden |= {
        pad.relative_to(werkmap).as_posix()
        for v in verstrekkingen
        for pad in (werkmap / "uit" / v.map).glob("mail*.*")
        if _MAIL.fullmatch(pad.name)
    }
    # So does the list of who got what on that meeting.
    paden |= {f"{VERZENDLIJST}/{v.map.partition('/')[0]}.{soort}" for v in verstrekkingen for soort in ("docx", "pdf")}
    return tuple(sorted(pad for pad in paden if (werkmap / pad).is_file()))


def _find_originals(werkmap: Path, sommen: Iterable[str]) -> tuple[str, ...]:
    paden = [pad for som in sommen for pad in (werkmap / "archief").glob(f"{som}.*")]
    return tuple(sorted(f"archief/{pad.name}" for pad in paden))


def _find_loose(werkmap: Path, sommen: set[str]) -> tuple[str, ...]:
    gevonden = []
    for map_ in _LOS:
        for pad in sorted((werkmap / map_).glob("*")):
            with translate_faults(pad):
                if pad.is_file() and not pad.name.endswith((REDEN, REDEN_JSON)) and hash_file(pad) in sommen:
                    erbij = (f"{pad.name}{reden}" for reden in (REDEN, REDEN_JSON))
                    namen = (pad.name, *(naam for naam in erbij if pad.with_name(naam).is_file()))
                    gevonden += [f"{map_}/{naam}" for naam in namen]
    return tuple(gevonden)


def _find_inzagen(werkmap: Path, code: str) -> tuple[str, ...]:
    return tuple(sorted(f"{INZAGE}/{pad.name}" for pad in (werkmap / INZAGE).glob(f"*{code}*") if pad.is_file()))
