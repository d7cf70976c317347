"""From Deelbeelden to packages: revise, render, make PDFs, stage, register, place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from pipeline.deliver import (
    Herkomst,
    build_manifest,
    choose_manifest_name,
    make_bestandsregel,
    place,
    stage,
)
from pipeline.disk import SchijfFout, hash_bytes
from pipeline.errors import OverlegFout, PoortFout
from pipeline.pdf import PdfEngine, make_pdfs
from pipeline.register import Register
from pipeline.render import render_deelbeeld
from pipeline.revise import revise_beeld
from pipeline.run.bundel import list_bundel_names, make_bundel, pick_bijlagen
from pipeline.run.mailing import list_mail_names, make_mailing
from pipeline.run.protect import find_key, protect
from pipeline.run.results import Productie
from pipeline.settings import Settings
from pipeline.verify import refuse_unexplained
from schemas.bevinding import Bevinding, Ernst
from schemas.deelbeeld import Deelbeeld
from schemas.nazicht import Nazichtvraag
from schemas.verstrekking import Bestand, Pakket, Verstrekking

T = TypeVar("T")


@dataclass(frozen=True)
class Bijlage:
    """A form that travels with a document; built only when the document is."""

    naam: str
    build: Callable[[], bytes]


@dataclass(frozen=True)
class Stuk:
    """One copy to make, in the folder where it belongs."""

    map: str
    beeld: Deelbeeld
    bijlagen: tuple[Bijlage, ...] = ()
    vragen: tuple[Nazichtvraag, ...] = ()  #: what the coordinator has to answer before it may be made

    @property
    def namen(self) -> tuple[str, ...]:
        """The file names that it becomes."""
        stam = self.beeld.bestandsnaam
        return (f"{stam}.docx", f"{stam}.pdf", *(bijlage.naam for bijlage in self.bijlagen))


@dataclass
class _Pakketplan:
    map: str
    stukken: list[Stuk] = field(default_factory=list)

    @property
    def beelden(self) -> list[Deelbeeld]:
        return [stuk.beeld for stuk in self.stukken]


def produce(stukken: Iterable[Stuk], settings: Settings, register: Register) -> Productie:
    """Make all copies that are new or changed for their recipient, one package a folder, whole or not at all."""
    plannen, gestopt = _hold_back(_plan(stukken))
    bestanden = tuple(sorted(f"uit/{plan.map}/{naam}" for plan in plannen for naam in _list_names(settings, plan)))
    if settings.proef or not plannen:
        _ask(gestopt, settings, register)
        return Productie(bestanden=bestanden, geweigerd=tuple(_report_vragen(plan) for plan in gestopt))
    bouwer = _Bouwer(settings, settings.choose_engine(), register.get_head())
    gebouwd, geweigerd = bouwer.build_all(plannen)
    geweigerd += [_report_vragen(plan) for plan in gestopt]
    _ask(gestopt, settings, register)
    pakketten = [pakket for pakket in gebouwd if _try(stage, settings.map, pakket, pakket.map, geweigerd)]
    with register.transaction():
        for pakket in pakketten:
            for verstrekking in pakket.verstrekkingen:
                register.add_verstrekking(verstrekking)
    wachtend: list[Bevinding] = []
    for pakket in pakketten:
        _try(place, settings.map, pakket.map, pakket.map, wachtend)
    gemaakt = sorted(f"uit/{pakket.map}/{bestand.naam}" for pakket in pakketten for bestand in pakket.bestanden)
    return Productie(bestanden=tuple(gemaakt), bevindingen=tuple(wachtend), geweigerd=tuple(geweigerd))


def _try(doe: Callable[[Path, T], None], werkmap: Path, wat: T, map_: str, fouten: list[Bevinding]) -> bool:
    """Do it for one package; what goes wrong becomes a finding, and the other packages go on."""
    try:
        doe(werkmap, wat)
    except (PoortFout, SchijfFout) as fout:
        fouten.append(_report(map_, fout))
        return False
    return True


def revise_stuk(stuk: Stuk, register: Register) -> Stuk | None:
    """The copy as a first or next version; None when the recipient has it already."""
    beeld = revise_beeld(stuk.beeld, register.get_verstrekking(stuk.beeld.sleutel))
    if beeld is None:
        return None
    staart = f" versie {beeld.kop.versie}" if beeld.kop.versie > 1 else ""
    bijlagen = tuple(Bijlage(_insert(b.naam, staart), b.build) for b in stuk.bijlagen)
    return replace(stuk, beeld=beeld, bijlagen=bijlagen)


def revise_all(stukken: Iterable[Stuk], register: Register) -> list[Stuk]:
    """Of all copies, those that their recipient does not have yet."""
    return [nieuw for stuk in stukken if (nieuw := revise_stuk(stuk, register)) is not None]


def _insert(naam: str, staart: str) -> str:
    stam, punt, soort = naam.rpartition(".")
    return f"{stam}{staart}{punt}{soort}"


def _plan(stukken: Iterable[Stuk]) -> list[_Pakketplan]:
    plannen: dict[str, _Pakketplan] = {}
    for stuk in stukken:
        plannen.setdefault(stuk.map, _Pakketplan(stuk.map)).stukken.append(stuk)
    return list(plannen.values())


def _hold_back(plannen: Sequence[_Pakketplan]) -> tuple[list[_Pakketplan], list[_Pakketplan]]:
    """Packages that can be made, and those of which a copy waits for an answer."""
    vrij: list[_Pakketplan] = []
    wacht: list[_Pakketplan] = []
    for plan in plannen:
        (wacht if any(stuk.vragen for stuk in plan.stukken) else vrij).append(plan)
    return vrij, wacht


def _ask(gestopt: Iterable[_Pakketplan], settings: Settings, register: Register) -> None:
    if not settings.proef:
        register.add_vragen((v for plan in gestopt for stuk in plan.stukken for v in stuk.vragen), settings.vandaag)


def _report_vragen(plan: _Pakketplan) -> Bevinding:
    """Which documents of which cases wait; the words themselves only `overleg nazicht` shows."""
    vragen = {vraag.id: vraag for stuk in plan.stukken for vraag in stuk.vragen}.values()
    codes = ", ".join(sorted({vraag.casuscode for vraag in vragen}))
    waar = "; ".join(sorted({waar for vraag in vragen for waar in vraag.waar}))
    aantal = "1 woord" if len(vragen) == 1 else f"{len(vragen)} woorden"
    return Bevinding(
        code="nazicht-nodig",
        plaats=f"uit/{plan.map}",
        melding=f"Dit pakket is niet gemaakt: over casus {codes} moet u eerst {aantal} nakijken ({waar}).",
        remedie="Start “overleg nazicht” voor deze werkmap, beantwoord de vragen en maak het pakket daarna opnieuw.",
        ernst=Ernst.FOUT,
    )


def _list_names(settings: Settings, plan: _Pakketplan) -> list[str]:
    namen = [naam for stuk in plan.stukken for naam in stuk.namen]
    manifest = choose_manifest_name(settings.map, plan.map)
    erbij = (*list_bundel_names(plan.beelden, manifest), *list_mail_names(settings, plan.beelden, manifest))
    return [*namen, *erbij, manifest]


@dataclass
class _Bouwer:
    """Renders and packs; keeps each template it has read for the length of the run."""

    settings: Settings
    engine: PdfEngine
    hoofd: str  #: of the register, before what is made here is in it
    _sjablonen: dict[str, bytes] = field(default_factory=dict)
    _sleutels: dict[str, str | None] = field(default_factory=dict, repr=False)

    def build_all(self, plannen: Sequence[_Pakketplan]) -> tuple[list[Pakket], list[Bevinding]]:
        """All packages that pass; those that a gate stopped become findings."""
        geweigerd: list[Bevinding] = []
        plannen = self._find_keys(plannen, geweigerd)
        gemaakt: list[tuple[_Pakketplan, dict[str, bytes]]] = []
        totaal = sum(len(plan.stukken) for plan in plannen)
        for plan in plannen:
            try:
                gemaakt.append((plan, {stuk.beeld.sleutel: self._render(stuk.beeld) for stuk in plan.stukken}))
            except PoortFout as fout:
                geweigerd.append(_report(plan.map, fout))
            self.settings.melder("Word-documenten", sum(len(woord) for _, woord in gemaakt), totaal)
        pdfs = self._make_pdfs(gemaakt, geweigerd)
        pakketten = []
        for plan, woord in gemaakt:
            if woord.keys() <= pdfs.keys():
                try:
                    self._verify(plan, woord, pdfs)
                    pakketten.append(self._pack(plan, woord, pdfs))
                except PoortFout as fout:
                    geweigerd.append(_report(plan.map, fout))
        return pakketten, geweigerd

    def _find_keys(self, plannen: Sequence[_Pakketplan], geweigerd: list[Bevinding]) -> list[_Pakketplan]:
        """The packages that can be made: whose recipient asked for encryption waits for a passphrase."""
        gevonden = []
        for plan in plannen:
            try:
                self._sleutels[plan.map] = find_key(self.settings, plan.stukken[0].beeld.ontvanger.id)
                gevonden.append(plan)
            except PoortFout as fout:
                geweigerd.append(_report(plan.map, fout))
        return gevonden

    def _render(self, beeld: Deelbeeld) -> bytes:
        if beeld.sjabloon not in self._sjablonen:
            self._sjablonen[beeld.sjabloon] = self.settings.find_sjabloon(beeld.sjabloon).read_bytes()
        return render_deelbeeld(beeld, self._sjablonen[beeld.sjabloon])

    def _make_pdfs(
        self, gemaakt: Sequence[tuple[_Pakketplan, dict[str, bytes]]], geweigerd: list[Bevinding]
    ) -> dict[str, bytes]:
        """All PDFs in one batch; when one fails, package by package, so that one fault stops one package."""
        alle = {sleutel: woord for _, woorden in gemaakt for sleutel, woord in woorden.items()}
        try:
            return self._convert(alle, 0, len(alle))
        except PoortFout:
            pdfs: dict[str, bytes] = {}
            for plan, woorden in gemaakt:
                try:
                    pdfs |= self._convert(woorden, len(pdfs), len(alle))
                except PoortFout as fout:
                    geweigerd.append(_report(plan.map, fout))
            return pdfs

    def _convert(self, woorden: dict[str, bytes], gedaan: int, totaal: int) -> dict[str, bytes]:
        teller = iter(range(gedaan + 1, totaal + 1))
        return make_pdfs(woorden, self.engine, on_done=lambda _: self.settings.melder("Pdf's", next(teller), totaal))

    def _verify(self, plan: _Pakketplan, woord: dict[str, bytes], pdfs: dict[str, bytes]) -> None:
        """Nothing may stand in a finished file but what its template and its Deelbeeld explain."""
        for beeld in plan.beelden:
            refuse_unexplained(beeld, self._sjablonen[beeld.sjabloon], woord[beeld.sleutel], pdfs[beeld.sleutel])

    def _pack(self, plan: _Pakketplan, woord: dict[str, bytes], pdfs: dict[str, bytes]) -> Pakket:
        manifestnaam, sleutel = choose_manifest_name(self.settings.map, plan.map), self._sleutels[plan.map]
        bundel = make_bundel(plan.beelden, pdfs, manifestnaam, sleutel)
        bestanden: list[Bestand] = []
        verstrekkingen: list[Verstrekking] = []
        for stuk in plan.stukken:
            inhouden = (
                woord[stuk.beeld.sleutel],
                pdfs[stuk.beeld.sleutel],
                *(bijlage.build() for bijlage in stuk.bijlagen),
            )
            helder = [Bestand(naam=naam, inhoud=inhoud) for naam, inhoud in zip(stuk.namen, inhouden, strict=True)]
            eigen = protect(helder, sleutel)
            bestanden += eigen
            # A bundle holds every copy of its package: whatever becomes of one of them, concerns the bundle too.
            verstrekkingen.append(self._describe(stuk, (*eigen, *bundel)))
        bijlagen = pick_bijlagen(plan.beelden, bestanden, bundel)
        aantal = sum(len(stuk.bijlagen) for stuk in plan.stukken)
        erbij = make_mailing(self.settings, plan.beelden, bijlagen, manifestnaam, aantal, veilig=sleutel is not None)
        bestanden += bundel
        ontvanger = plan.stukken[0].beeld.ontvanger.id
        herkomst = self._describe_origin(plan)
        manifest = build_manifest(manifestnaam, ontvanger, verstrekkingen, bestanden, herkomst, self.hoofd)
        return Pakket(map=plan.map, bestanden=(*bestanden, *erbij, manifest), verstrekkingen=tuple(verstrekkingen))

    def _describe(self, stuk: Stuk, eigen: Sequence[Bestand]) -> Verstrekking:
        beeld = stuk.beeld
        return Verstrekking(
            sleutel=beeld.sleutel,
            versie=beeld.kop.versie,
            documentnummer=beeld.kop.documentnummer,
            documentsoort=beeld.documentsoort,
            ontvanger=beeld.ontvanger.id,
            map=stuk.map,
            klaargezet_op=self.settings.vandaag,
            bestanden=tuple(make_bestandsregel(bestand) for bestand in eigen),
            beeld=beeld,
            tafelversie=self.settings.data.tafel.versie,
        )

    def _describe_origin(self, plan: _Pakketplan) -> Herkomst:
        namen = sorted({stuk.beeld.sjabloon for stuk in plan.stukken})
        tafel = self.settings.data.tafel
        return Herkomst(
            tafel=tafel.id,
            tafelversie=tafel.versie,
            sjablonen={naam: hash_bytes(self._sjablonen[naam]) for naam in namen},
            motor=self.engine.naam,
            programma=f"casusoverleg {version('casusoverleg')}",
        )


def _report(map_: str, fout: OverlegFout) -> Bevinding:
    return Bevinding(
        code="pakket-geweigerd", plaats=f"uit/{map_}", melding=fout.melding, remedie=fout.remedie, ernst=Ernst.FOUT
    )
