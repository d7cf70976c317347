"""The originals of `archief/` through the ordinary stages once more, each on the day on which it came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.disk import hash_bytes, hash_file, translate_faults
from pipeline.errors import InvoerFout
from pipeline.inbox import ARCHIEF, Binnengekomen
from pipeline.read import Bericht, Lezer, make_safe_lezer
from pipeline.register import Bouwregister, Inzendingregel, Kenmerken, Nummerregel, Uitkomst
from pipeline.register.rows import parse_row
from pipeline.run.attachments import get_betreft, get_betreft_casus
from pipeline.run.bekenden import Bekenden
from pipeline.run.briefcodes import Briefcodes
from pipeline.run.intake import Intake
from pipeline.run.results import Formulierresultaat, Lot
from pipeline.run.uitslag import Uitslag
from pipeline.settings import Settings
from pipeline.validate import Herkenning, recognise_formulier
from schemas.bevinding import Bevinding, Ernst
from schemas.datum import format_datum
from schemas.formulier import Formuliersoort
from schemas.inzending import RuwFormulier

_BERICHTEN = frozenset({".eml", ".msg"})


@dataclass(frozen=True)
class Origineel:
    """One file of `archief/` with what was kept about it, or guessed. `regel` is None when nothing was kept."""

    pad: Path
    sha256: str
    dag: dt.date
    volgorde: tuple[float, ...]
    regel: Inzendingregel | None

    @property
    def plaats(self) -> str:
        """Where it lies, from the werkmap."""
        return f"{ARCHIEF}/{self.pad.name}"


def list_originelen(werkmap: Path, kenmerken: Kenmerken, vandaag: dt.date) -> tuple[Origineel, ...]:
    """Every original, in the order in which they came in; of what nobody kept by the day of its file."""
    bekend = _read_regels(kenmerken)
    gevonden = []
    with translate_faults(werkmap / ARCHIEF):
        for pad in sorted((werkmap / ARCHIEF).glob("*.*")):
            if not pad.is_file() or pad.name.startswith("."):
                continue
            sha256, gewijzigd = pad.name.partition(".")[0], pad.stat().st_mtime
            nummer, regel = bekend.get(sha256, (0, None))
            dag = regel.ontvangen_op if regel else min(_get_day(gewijzigd), vandaag)
            if regel is None:
                nummer = max((n for n, ander in bekend.values() if ander.ontvangen_op <= dag), default=0)
            volgorde = (nummer, 0.0 if regel else 1.0, gewijzigd)
            gevonden.append(Origineel(pad=pad, sha256=sha256, dag=dag, volgorde=volgorde, regel=regel))
    return tuple(sorted(gevonden, key=lambda origineel: origineel.volgorde))


def _get_day(moment: float) -> dt.date:
    return dt.datetime.fromtimestamp(moment).astimezone().date()


def _read_regels(kenmerken: Kenmerken) -> dict[str, tuple[int, Inzendingregel]]:
    regels = ((k.volgnummer, parse_row(Inzendingregel, k.inhoud)) for k in kenmerken.list_regels("inzending"))
    return {regel.sha256: (nummer, regel) for nummer, regel in regels if regel.uitkomst is Uitkomst.VERWERKT}


@dataclass
class Herlezer:
    """Reads them into a register that is being built."""

    settings: Settings
    register: Bouwregister
    originelen: Sequence[Origineel]
    al: frozenset[str]  #: SHA-256 of forms of which what they led to is there already
    lezer: Lezer = field(default_factory=make_safe_lezer)
    gelezen: set[str] = field(default_factory=set)  #: SHA-256 of what lies in the archive as it came
    nieuwe_codes: list[str] = field(default_factory=list)
    _brieven: Briefcodes = field(init=False)
    _bekenden: Bekenden = field(default_factory=Bekenden, init=False)

    def __post_init__(self) -> None:
        """Letters tell what nobody kept."""
        self._brieven = Briefcodes.read(self.settings.map)

    def read_all(self, kenmerken: Kenmerken) -> Iterator[Bevinding]:
        """Take in all of them; findings about what changed, went, was guessed or is refused by now."""
        for origineel in self.originelen:
            with translate_faults(origineel.pad):
                som = hash_file(origineel.pad)
            if som == origineel.sha256:
                self.gelezen.add(som)
            else:
                yield _report("origineel-gewijzigd", origineel.plaats, *_GEWIJZIGD)
        codes = {sha: regel.casuscode for sha, (_, regel) in _read_regels(kenmerken).items()}
        dragers = self._find_carriers()
        heel = [origineel for origineel in self.originelen if origineel.sha256 in self.gelezen]
        for nummer, origineel in enumerate(heel, start=1):
            yield from self._read(origineel, dragers.get(origineel.sha256, origineel), codes)
            self.settings.melder("Formulieren", nummer, len(heel))
        for sha256, (_, regel) in _read_regels(kenmerken).items():
            if sha256 not in self.al and sha256 not in {origineel.sha256 for origineel in self.originelen}:
                yield _report("origineel-weg", regel.bestand or f"{ARCHIEF}/{sha256}", *_make_gone(regel))

    def _find_carriers(self) -> dict[str, Origineel]:
        """The message of each form that came in one on the same day, by the SHA-256 of the form."""
        gevonden: dict[str, Origineel] = {}
        dagen = {origineel.sha256: origineel.dag for origineel in self.originelen}
        for origineel in self.originelen:
            if origineel.pad.suffix not in _BERICHTEN or origineel.sha256 not in self.gelezen:
                continue
            try:
                gelezen = self.lezer.read(origineel.pad.name, _read_bytes(origineel))
            except InvoerFout:
                continue
            for bijlage in gelezen.bijlagen if isinstance(gelezen, Bericht) else ():
                sha256 = hash_bytes(bijlage.inhoud)
                if dagen.get(sha256) == origineel.dag:
                    gevonden.setdefault(sha256, origineel)
        return gevonden

    def _read(self, origineel: Origineel, drager: Origineel, codes: Mapping[str, str]) -> Iterator[Bevinding]:
        """Take in one, or the whole message that it came in; what is there already stays as it is."""
        settings = replace(self.settings, vandaag=origineel.dag, proef=True)
        intake = Herintake(settings, self.register, self.lezer, self._bekenden, codes, self._brieven)
        bekend = frozenset(self.register.list_codes())
        resultaten = intake.take_file(_make_binnen(drager, _read_bytes(drager)))
        yield from (_report_refused(origineel, r) for r in resultaten if r.lot is Lot.QUARANTAINE)
        nieuw = frozenset(self.register.list_codes()) - bekend - set(codes.values())
        geraden = nieuw & self._brieven.gebruikt
        self.nieuwe_codes += sorted(nieuw - geraden)
        if origineel.regel is None and any(r.lot is not Lot.AL_VERWERKT for r in resultaten):
            yield _report("dag-geraden", origineel.plaats, *_make_guess(origineel, nieuw - geraden, geraden))


@dataclass(frozen=True)
class Herintake(Intake):
    """Takes in an original as the ordinary intake does, under the code and the number that it had."""

    register: Bouwregister
    codes: Mapping[str, str] = field(default_factory=dict)  #: by SHA-256 of the form
    brieven: Briefcodes = field(default_factory=lambda: Briefcodes({}))

    def judge(self, ruw: RuwFormulier) -> Uitslag:
        """What it leads to."""
        geraden = "" if ruw.sha256 in self.codes else self.brieven.guess(self.settings.vandaag, ruw.tekst)
        self.register.expect(self.codes.get(ruw.sha256, geraden))
        herkenning = recognise_formulier(ruw, (self.settings.data, *self.settings.tafels))
        if (
            herkenning is not None
            and herkenning.meta.nummer
            and self.register.get_nummer(herkenning.meta.nummer) is None
        ):
            self.register.offer(_guess_nummer(herkenning))
        uitslag = super().judge(ruw)
        if geraden and uitslag.casuscode == geraden:
            self.brieven.gebruikt.add(geraden)
        return uitslag


def _guess_nummer(herkenning: Herkenning) -> Iterator[Nummerregel]:
    """What the number on a form was given out for, by what the form says about itself."""
    formulier, meta = herkenning.formulier, herkenning.meta
    if formulier is None or formulier.soort is Formuliersoort.INBRENG:  # whose, the form does not say
        return
    if formulier.soort is Formuliersoort.BESLUIT:
        betreft = get_betreft(formulier.overleg or "", meta.overlegdatum)
    else:
        betreft = get_betreft_casus(meta.casuscode.strip().upper())
    yield Nummerregel(nummer=meta.nummer, soort=formulier.id, betreft=betreft)


def _read_bytes(origineel: Origineel) -> bytes:
    with translate_faults(origineel.pad):
        return origineel.pad.read_bytes()


def _make_binnen(origineel: Origineel, inhoud: bytes) -> Binnengekomen:
    """As it lay in `in/`, but that it stays where it is."""
    naam = origineel.regel.bestand if origineel.regel else ""
    return Binnengekomen(
        naam=naam or origineel.pad.name, pad=origineel.pad, inhoud=inhoud, sha256=origineel.sha256, bijlage=True
    )


_GEWIJZIGD = (
    "Dit origineel is niet meer wat binnenkwam, en is niet opnieuw gelezen.",
    "Vraag het formulier opnieuw aan wie het stuurde, en leg het in “in”.",
)


def _make_gone(regel: Inzendingregel) -> tuple[str, str]:
    wanneer = format_datum(regel.ontvangen_op)
    return (
        f"Dit formulier kwam binnen op {wanneer}, maar ligt niet meer in “{ARCHIEF}”: wat erin stond, kwam niet terug.",
        "Ging het weg met een casus die vernietigd werd, dan klopt dat; kijk de andere casussen op dat formulier na. "
        "Zo niet, vraag het opnieuw en leg het in “in”.",
    )


def _make_guess(origineel: Origineel, nieuw: frozenset[str], geraden: frozenset[str]) -> tuple[str, str]:
    code = f" De casus kreeg een nieuwe code: {', '.join(sorted(nieuw))}." if nieuw else ""
    code += f" De code {', '.join(sorted(geraden))} komt van de brief van die dag." if geraden else ""
    return (
        f"Van dit origineel is niet bewaard wanneer het binnenkwam; genomen is de dag van het bestand, "
        f"{format_datum(origineel.dag)}.{code}",
        "Kijk met “overleg bekijk” of het klopt.",
    )


def _report_refused(origineel: Origineel, resultaat: Formulierresultaat) -> Bevinding:
    reden = next((b.melding for b in resultaat.bevindingen if b.ernst is Ernst.FOUT), "")
    return _report(
        "niet-opnieuw-verwerkt",
        origineel.plaats,
        f"Dit origineel kon niet opnieuw verwerkt worden. {reden}".strip(),
        "Kijk na wat erin staat. Moet het toch meetellen, leg dan een kopie ervan in “in”.",
    )


def _report(code: str, plaats: str, melding: str, remedie: str) -> Bevinding:
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=Ernst.WAARSCHUWING)
