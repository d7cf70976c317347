"""From copies to packages in memory: render, make PDFs, verify, join, describe. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TypeAlias

from pipeline.deliver import Herkomst, build_manifest, choose_manifest_name, make_bestandsregel
from pipeline.disk import hash_bytes
from pipeline.errors import OverlegFout, PoortFout
from pipeline.pdf import PdfEngine, make_pdfs, weigh_all
from pipeline.render import render_deelbeeld
from pipeline.run.bundel import Bundelplan, make_bundel, name_bundel, pick_bijlagen, plan_bundel
from pipeline.run.mailing import make_mailing
from pipeline.run.protect import find_key, protect
from pipeline.run.stuk import Pakketplan, Stuk
from pipeline.settings import Settings
from pipeline.spread import open_workers, spread
from pipeline.verify import refuse_unexplained
from schemas.bevinding import Bevinding, Ernst
from schemas.deelbeeld import Deelbeeld
from schemas.verstrekking import Bestand, Pakket, Verstrekking

#: So many documents, with their PDFs, are held at once; a package is never cut.
TEGELIJK = 200

#: A package with its Word files, by the key of their copy.
Gemaakt: TypeAlias = tuple[Pakketplan, dict[str, bytes]]


@dataclass
class Bouwer:
    """Renders and packs; keeps each template it has read for the length of the run."""

    settings: Settings
    engine: PdfEngine
    hoofd: str  #: of the register, before what is made here is in it
    _sjablonen: dict[str, bytes] = field(default_factory=dict)
    _sleutels: dict[str, str | None] = field(default_factory=dict, repr=False)
    _totaal: int = 0
    _woorden: int = 0
    _pdfs: int = 0

    def build_each(self, plannen: Sequence[Pakketplan], geweigerd: list[Bevinding]) -> Iterator[Pakket]:
        """Each package that passes, as soon as it is whole; `geweigerd` gets a finding for each that a gate stopped.

        So many at a time that there is work for two processes and that memory does not grow with the meeting.
        """
        klaar = self._find_keys(plannen, geweigerd)
        self._totaal = rest = sum(len(plan.stukken) for plan in klaar)
        with ExitStack() as werkplaats:
            for nummer, deel in enumerate(split_plannen(klaar, TEGELIJK)):
                gemaakt = self._render_all(deel, geweigerd)
                rest -= sum(len(plan.stukken) for plan in deel)
                if nummer == 0:
                    omvang = weigh_all([word for _, woorden in gemaakt for word in woorden.values()]) + rest
                    werkers = werkplaats.enter_context(open_workers(omvang, self.settings.werkers))
                yield from self._build(gemaakt, geweigerd, werkers)

    def _build(
        self, gemaakt: Sequence[Gemaakt], geweigerd: list[Bevinding], werkers: Executor | None
    ) -> Iterator[Pakket]:
        """From Word files to the packages that pass."""
        pdfs = self._make_pdfs(gemaakt, geweigerd, werkers)
        heel = [(plan, woord) for plan, woord in gemaakt if woord.keys() <= pdfs.keys()]
        bundels = self._verify_all(heel, pdfs, geweigerd, werkers)
        for plan, woord in heel:
            if plan.map in bundels:
                yield self._pack(plan, woord, pdfs, bundels[plan.map])

    def _render_all(self, plannen: Sequence[Pakketplan], geweigerd: list[Bevinding]) -> list[Gemaakt]:
        """Each package with its Word files, by the key of their copy."""
        gemaakt: list[Gemaakt] = []
        for plan in plannen:
            try:
                gemaakt.append((plan, {stuk.beeld.sleutel: self._render(stuk.beeld) for stuk in plan.stukken}))
            except PoortFout as fout:
                geweigerd.append(report_geweigerd(plan.map, fout))
            self._woorden += len(plan.stukken)
            self.settings.melder("Word-documenten", self._woorden, self._totaal)
        return gemaakt

    def _find_keys(self, plannen: Sequence[Pakketplan], geweigerd: list[Bevinding]) -> list[Pakketplan]:
        """The packages that can be made: whose recipient asked for encryption waits for a passphrase."""
        gevonden = []
        for plan in plannen:
            try:
                self._sleutels[plan.map] = find_key(self.settings, plan.stukken[0].beeld.ontvanger.id)
                gevonden.append(plan)
            except PoortFout as fout:
                geweigerd.append(report_geweigerd(plan.map, fout))
        return gevonden

    def _render(self, beeld: Deelbeeld) -> bytes:
        if beeld.sjabloon not in self._sjablonen:
            self._sjablonen[beeld.sjabloon] = self.settings.find_sjabloon(beeld.sjabloon).read_bytes()
        return render_deelbeeld(beeld, self._sjablonen[beeld.sjabloon])

    def _make_pdfs(
        self, gemaakt: Sequence[Gemaakt], geweigerd: list[Bevinding], werkers: Executor | None
    ) -> dict[str, bytes]:
        """All PDFs in one batch; when one fails, package by package, so that one fault stops one package."""
        alle = {sleutel: woord for _, woorden in gemaakt for sleutel, woord in woorden.items()}
        eerder = self._pdfs
        try:
            return self._convert(alle, werkers)
        except PoortFout:
            self._pdfs, pdfs = eerder, dict[str, bytes]()
            for plan, woorden in gemaakt:
                try:
                    pdfs |= self._convert(woorden, werkers)
                except PoortFout as fout:
                    geweigerd.append(report_geweigerd(plan.map, fout))
            return pdfs

    def _convert(self, woorden: dict[str, bytes], werkers: Executor | None) -> dict[str, bytes]:
        def tell(_: str) -> None:
            self._pdfs += 1
            self.settings.melder("Pdf's", self._pdfs, self._totaal)

        return make_pdfs(woorden, self.engine, on_done=tell, werkers=werkers)

    def _verify_all(
        self,
        gemaakt: Sequence[Gemaakt],
        pdfs: Mapping[str, bytes],
        geweigerd: list[Bevinding],
        werkers: Executor | None,
    ) -> dict[str, bytes | None]:
        """The bundle of each package that passes, None where it has none, by the folder of the package.

        Nothing may stand in a finished file but what its template and its Deelbeeld explain.
        """
        stukken = [
            (beeld, self._sjablonen[beeld.sjabloon], woord[beeld.sleutel], pdfs[beeld.sleutel])
            for plan, woord in gemaakt
            for beeld in plan.beelden
        ]
        fouten = spread(_find_fault, stukken, werkers)
        per_pakket = [(plan, [next(fouten) for _ in plan.stukken]) for plan, _ in gemaakt]
        bundels = spread(_join, [plan_bundel(plan.beelden, pdfs) for plan, _ in gemaakt], werkers)
        goed: dict[str, bytes | None] = {}
        for (plan, gevonden), bundel in zip(per_pakket, bundels, strict=True):
            fout = next((f for f in (*gevonden, bundel) if isinstance(f, PoortFout)), None)
            if fout is not None:
                geweigerd.append(report_geweigerd(plan.map, fout))
            elif not isinstance(bundel, PoortFout):
                goed[plan.map] = bundel
        return goed

    def _pack(
        self, plan: Pakketplan, woord: Mapping[str, bytes], pdfs: Mapping[str, bytes], samen: bytes | None
    ) -> Pakket:
        manifestnaam, sleutel = choose_manifest_name(self.settings.map, plan.map), self._sleutels[plan.map]
        bundel = () if samen is None else (name_bundel(samen, manifestnaam, sleutel),)
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

    def _describe_origin(self, plan: Pakketplan) -> Herkomst:
        namen = sorted({stuk.beeld.sjabloon for stuk in plan.stukken})
        tafel = self.settings.data.tafel
        return Herkomst(
            tafel=tafel.id,
            tafelversie=tafel.versie,
            sjablonen={naam: hash_bytes(self._sjablonen[naam]) for naam in namen},
            motor=self.engine.naam,
            programma=f"casusoverleg {version('casusoverleg')}",
        )


def split_plannen(plannen: Iterable[Pakketplan], tegelijk: int) -> Iterator[list[Pakketplan]]:
    """Whole packages together, in order, until there are so many documents or more."""
    deel: list[Pakketplan] = []
    for plan in plannen:
        deel.append(plan)
        if sum(len(een.stukken) for een in deel) >= tegelijk:
            yield deel
            deel = []
    if deel:
        yield deel


def _find_fault(stuk: tuple[Deelbeeld, bytes, bytes, bytes]) -> PoortFout | None:
    """What the last gate has against one document: its Deelbeeld, its template, its Word file, its PDF."""
    try:
        refuse_unexplained(*stuk)
    except PoortFout as fout:
        return fout
    return None


def _join(plan: Bundelplan | None) -> bytes | PoortFout | None:
    try:
        return make_bundel(plan) if plan is not None else None
    except PoortFout as fout:
        return fout


def report_geweigerd(map_: str, fout: OverlegFout) -> Bevinding:
    """A package that was not made, and why."""
    return Bevinding(
        code="pakket-geweigerd", plaats=f"uit/{map_}", melding=fout.melding, remedie=fout.remedie, ernst=Ernst.FOUT
    )
