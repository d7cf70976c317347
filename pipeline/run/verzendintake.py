"""A filled-in list of packages: what is ticked on it is noted as handed over, as `overleg verzonden` does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.register import Register
from pipeline.run.results import Lot
from pipeline.run.uitslag import Uitslag, make_refusal, refuse
from pipeline.run.verzendlijst import list_pakketten, make_kenmerk, make_nummer
from pipeline.settings import Settings
from pipeline.validate import Herkenning, validate_formulier
from schemas.aanmelding import Antwoord, Meta, Rij
from schemas.bevinding import Bevinding, Ernst
from schemas.bewaring import VIA_TEKENS, Verzending
from schemas.datum import format_datum
from schemas.inzending import RuwFormulier
from schemas.verstrekking import Verstrekking
from schemas.verzendlijst import FORMULIER_ID, HOE, JA, KENMERK, OP, RIJEN, VERZENDFORMULIER, VERZONDEN


def is_verzendlijst(herkenning: Herkenning) -> bool:
    """Whether this file is a list of packages, of whatever werkmap."""
    return herkenning.data is not None and herkenning.formulier_id == FORMULIER_ID


@dataclass(frozen=True)
class _Stand:
    """A package as it was when a list was made: these copies, of all that lie in its folder by now."""

    map: str
    exemplaren: tuple[Verstrekking, ...]
    nieuwere: int


@dataclass(frozen=True)
class Verzendintake:
    """Takes in the lists of one werkmap."""

    settings: Settings
    register: Register

    def take(self, ruw: RuwFormulier, meta: Meta) -> Uitslag:
        """What this list notes; each row stands by itself, and a row that cannot be noted says why."""
        overleg = meta.overlegdatum
        pakketten = list_pakketten(self.settings, self.register, overleg)
        if not pakketten or meta.nummer != make_nummer(self.register, overleg):
            return refuse(make_refusal("andere-verzendlijst", *_ANDERE))
        data, vandaag = self.settings.data, self.settings.vandaag
        validatie = validate_formulier(ruw, data, VERZENDFORMULIER, meta, self.settings.namen, vandaag)
        bevindingen = [b for b in validatie.bevindingen if b.code not in _ZELF]
        standen = {make_kenmerk(s.exemplaren): s for hier in pakketten.values() for s in _list_standen(hier)}
        verzonden: dict[str, tuple[Verzending, ...]] = {}
        for nummer, rij in enumerate(validatie.aanmelding.get_rijen(RIJEN), start=1):
            rijlezer = _Rijlezer(rij, nummer, standen, vandaag)
            verzonden |= rijlezer.read(self.register)
            bevindingen += rijlezer.bevindingen
        if verzonden:
            return Uitslag(
                Lot.VERZONDEN, bevindingen=[_count(len(verzonden), bevindingen), *bevindingen], verzonden=verzonden
            )
        if not any(b.ernst is not Ernst.INFO for b in bevindingen):
            if any(b.code == "al-genoteerd" for b in bevindingen):
                return Uitslag(Lot.ONGEWIJZIGD, bevindingen=bevindingen)
            return refuse(make_refusal("niets-aangekruist", *_NIETS))
        return Uitslag(Lot.QUARANTAINE, bevindingen=bevindingen)


def _list_standen(hier: Sequence[Verstrekking]) -> Iterator[_Stand]:
    """The package as it is, and as it was on each day on which something was added."""
    for dag in sorted({v.klaargezet_op for v in hier}):
        toen = tuple(v for v in hier if v.klaargezet_op <= dag)
        yield _Stand(hier[0].map, toen, len(hier) - len(toen))


def _count(aantal: int, bevindingen: Sequence[Bevinding]) -> Bevinding:
    """How many packages were noted, and where to go on with the rows that were not."""
    wat = "1 pakket is" if aantal == 1 else f"{aantal} pakketten zijn"
    rest = _OP_DE_NIEUWE if any(b.ernst is not Ernst.INFO for b in bevindingen) else ""
    return Bevinding(
        code="verzending-genoteerd", plaats="de lijst", melding=f"{wat} genoteerd.", remedie=rest, ernst=Ernst.INFO
    )


class _Rijlezer:
    """Reads one row."""

    def __init__(self, rij: Rij, nummer: int, standen: dict[str, _Stand], vandaag: dt.date) -> None:
        self._rij, self._nummer, self._vandaag = rij, nummer, vandaag
        self._stand = standen.get(self._get(KENMERK).format())
        self.bevindingen: list[Bevinding] = []

    def read(self, register: Register) -> dict[str, tuple[Verzending, ...]]:
        """What it notes, by the folder of its package."""
        vinkje, op, hoe = self._get(VERZONDEN), self._get(OP), self._get(HOE)
        if not vinkje.has_optie(JA):
            if op.waarde is not None or op.bezwaar or hoe.waarde is not None:
                self._report("dag-zonder-vinkje", *_ZONDER_VINKJE)
            return {}
        stand = self._stand
        if stand is None:
            self._report("pakket-gewijzigd", *_GEWIJZIGD)
            return {}
        dag = op.get_datum() or self._vandaag
        if not self._accepts(op, dag, hoe.format(), stand):
            return {}
        eerder = register.list_verzendingen()
        nieuw = tuple(
            Verzending(sleutel=v.sleutel, versie=v.versie, op=dag, via=hoe.format())
            for v in stand.exemplaren
            if (v.sleutel, v.versie) not in eerder
        )
        self._tell(stand, nieuw, op, dag)
        return {stand.map: nieuw} if nieuw else {}

    def _accepts(self, op: Antwoord, dag: dt.date, hoe: str, stand: _Stand) -> bool:
        klaar = max(v.klaargezet_op for v in stand.exemplaren)
        if op.bezwaar:
            self._report("verzonden-dag", f"De dag is niet te lezen: {op.bezwaar}.", _VERBETER)
        elif dag > self._vandaag:
            self._report("verzonden-dag", f"{format_datum(dag)} moet nog komen.", _VERBETER)
        elif dag < klaar:
            self._report("verzonden-dag", f"Dit pakket is pas op {format_datum(klaar)} klaargezet.", _VERBETER)
        elif len(hoe) > VIA_TEKENS or not hoe.isprintable():
            self._report("verzonden-hoe", f"Bij “Hoe” past één regel van hoogstens {VIA_TEKENS} tekens.", _VERBETER)
        else:
            return True
        return False

    def _tell(self, stand: _Stand, nieuw: Sequence[Verzending], op: Antwoord, dag: dt.date) -> None:
        if not nieuw:
            self._report("al-genoteerd", *_AL_GENOTEERD, ernst=Ernst.INFO)
        elif op.waarde is None:
            self._report(
                "dag-aangenomen", f"Er stond geen dag; genoteerd is {format_datum(dag)}.", "", ernst=Ernst.INFO
            )
        if nieuw and stand.nieuwere:
            self._report("nieuwere-versie", *_NIEUWERE)

    def _get(self, vraag: str) -> Antwoord:
        return next(antwoord for antwoord in self._rij.antwoorden if antwoord.vraag == vraag)

    def _report(self, code: str, melding: str, remedie: str, *, ernst: Ernst = Ernst.WAARSCHUWING) -> None:
        waar = f", uit/{self._stand.map}" if self._stand else ""
        plaats = f"rij {self._nummer}{waar}"
        self.bevindingen.append(Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=ernst))


#: What a row tells in its own words, and what stands on the list only to be read.
_ZELF = frozenset({"antwoord-onbruikbaar", "label-onbekend", "tekst-los"})
_VERBETER = "Van deze rij is niets genoteerd. Verbeter ze en leg de lijst opnieuw in “in”."
_OP_DE_NIEUWE = (
    "Moet er nog een rij verbeterd of aangekruist worden, doe dat dan op de nieuwe lijst in de map “verzendlijst”, die "
    "al toont wat genoteerd is."
)
_ANDERE = (
    "Deze verzendlijst is niet van deze werkmap, of wat onderaan als herkenning staat, is gewijzigd.",
    "Leg ze in de werkmap waar ze vandaan komt, of noteer met “overleg verzonden” wat vertrok.",
)
_NIETS = (
    "Op deze verzendlijst is niets aangekruist; er is niets genoteerd.",
    "Kruis aan wat vertrok en leg de lijst opnieuw in “in”.",
)
_ZONDER_VINKJE = (
    "Hier is iets ingevuld, maar het vakje is niet aangekruist; van deze rij is niets genoteerd.",
    "Vertrok dit pakket, kruis het dan aan en leg de lijst opnieuw in “in”.",
)
_GEWIJZIGD = (
    "Dit pakket is niet (meer) het pakket van deze lijst: er kwam een versie bij nadat de lijst gemaakt werd.",
    "Van deze rij is niets genoteerd. Kruis het aan op de nieuwste lijst uit de map “verzendlijst”.",
)
_AL_GENOTEERD = ("Dit stond al genoteerd als verzonden, en blijft zoals het was.", "")
_NIEUWERE = (
    "Genoteerd is wat op deze lijst stond. Intussen kwam er een nieuwere versie bij: die staat nog open.",
    "Verstuur ook die, en kruis ze aan op de nieuwste lijst uit de map “verzendlijst”.",
)
