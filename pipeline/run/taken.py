"""What the coordinator has to do now, why, and by which command."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from pipeline.check import check_aanmelding
from pipeline.register import Register
from pipeline.run.agenda import Dagen, advise_versturen
from pipeline.run.handover import Pakketregel, list_waiting
from pipeline.run.nazicht import list_open_vragen
from pipeline.settings import Settings
from pipeline.terms import list_vervaldagen
from schemas.datum import format_datum
from schemas.dossier import Dossier
from schemas.kalender import find_verzenddag
from schemas.overleg import Overleg
from schemas.overzicht import Taak
from schemas.woorden import tell_count

_NU = "nu"
_MAP = "MAP"


def list_taken(settings: Settings, dagen: Dagen, overleggen: Sequence[Overleg], quarantaine: int) -> tuple[Taak, ...]:
    """The tasks, those that cannot wait first. `overleggen` are the next ones; `quarantaine` counts refused files."""
    dossiers = dagen.dossiers
    with Register.open(settings.map, alleen_lezen=True) as register:
        wachtend = list_waiting(register)
    taken = [
        *_iterate_nazicht(settings),
        *_iterate_past_meetings(settings, dagen),
        *_iterate_terms(settings, dossiers),
        *_iterate_meetings(settings, overleggen, dagen.mappen),
        *_iterate_unsent(wachtend),
        *_iterate_incomplete(settings, dossiers),
        *_iterate_quarantaine(quarantaine),
    ]
    return tuple(sorted(taken, key=lambda taak: not taak.dringend))


def _iterate_nazicht(settings: Settings) -> Iterator[Taak]:
    per_casus = Counter(vraag.casuscode for vraag in list_open_vragen(settings))
    for code, aantal in sorted(per_casus.items()):
        yield Taak(
            wanneer=_NU,
            dringend=True,
            wat=f"Casus {code}: kijk {tell_count(aantal, 'woord', 'woorden')} na.",
            waarom="Tot u antwoordt, wordt een pakket met deze casus niet gemaakt.",
            hoe=f"overleg nazicht {_MAP} --vraag-per-vraag",
        )


def _iterate_past_meetings(settings: Settings, dagen: Dagen) -> Iterator[Taak]:
    """Cases that were planned for a day that has passed and on which nobody told what was decided."""
    voorbij: Counter[dt.date] = Counter()
    for dossier in dagen.dossiers:
        if not settings.data.tafel.is_open(dossier.fase) or dossier.overleg_op is None:
            continue
        dag = dagen.find_day(dossier.overleg_op)
        beslist = any(besluit.datum in (dag, dossier.overleg_op) for besluit in dossier.besluiten)
        if dag < settings.vandaag and not beslist:
            voorbij[dag] += 1
    for datum, aantal in sorted(voorbij.items()):
        yield Taak(
            wanneer=_NU,
            dringend=True,
            wat=f"Geef door wat er op {format_datum(datum)} beslist is over {tell_count(aantal, 'casus', 'casussen')}.",
            waarom="Het formulier zit in uw eigen pakket van dat overleg. Vul het in en leg het in de map “in”.",
            hoe=f"overleg verwerk {_MAP}",
        )


def _iterate_terms(settings: Settings, dossiers: Sequence[Dossier]) -> Iterator[Taak]:
    for vervaldag in list_vervaldagen(dossiers, settings.data, settings.werkmap, settings.vandaag):
        if vervaldag.is_voorbij or vervaldag.is_nabij:
            yield Taak(
                wanneer=format_datum(vervaldag.datum),
                dringend=vervaldag.is_voorbij,
                wat=f"Casus {vervaldag.casuscode}: {vervaldag.wat}.",
                waarom=f"{vervaldag.duur} na {format_datum(vervaldag.anker_datum)} ({vervaldag.veld}).",
                hoe=f"overleg termijnen {_MAP}",
            )


def _iterate_meetings(settings: Settings, overleggen: Sequence[Overleg], klaar: Collection[str]) -> Iterator[Taak]:
    for overleg in sorted((o for o in overleggen if o.punten), key=lambda o: o.datum):
        soort = settings.data.tafel.get_overleg(overleg.soort)
        if soort is None or f"{overleg.datum.isoformat()} {overleg.soort}" in klaar:
            continue
        versturen = overleg.datum - dt.timedelta(days=settings.werkmap.get_dagen_vooraf(soort))
        uiterlijk = find_verzenddag(versturen, settings.data.tafel, settings.werkmap)
        advies = advise_versturen(settings, versturen)
        yield Taak(
            wanneer=format_datum(versturen),
            dringend=uiterlijk <= settings.vandaag,
            wat=f"Bereid het overleg voor: {overleg.naam}, {tell_count(len(overleg.punten), 'casus', 'casussen')}.",
            waarom=f"Het overleg is op {format_datum(overleg.datum)}; de pakketten vertrekken vooraf. {advies}".strip(),
            hoe=f"overleg bereid {_MAP} --overleg {overleg.soort} --datum {overleg.datum.isoformat()}",
        )


def _iterate_unsent(wachtend: Sequence[Pakketregel]) -> Iterator[Taak]:
    per_map = Counter(regel.map.split("/")[0] for regel in wachtend)
    if per_map:
        mappen = ", ".join(
            f"“uit/{naam}” ({tell_count(aantal, 'pakket', 'pakketten')})" for naam, aantal in per_map.items()
        )
        yield Taak(
            wanneer=_NU,
            dringend=False,
            wat=f"Verstuur wat klaarstaat, en noteer het daarna: {mappen}.",
            waarom="Deze documenten zijn gemaakt; dat ze bezorgd zijn, is nog niet genoteerd.",
            hoe=f'overleg verzonden {_MAP} "{next(iter(per_map))}"',
        )


def _iterate_incomplete(settings: Settings, dossiers: Sequence[Dossier]) -> Iterator[Taak]:
    tafel = settings.data.tafel
    for dossier in sorted(dossiers, key=lambda d: d.code):
        if dossier.fase != tafel.beginfase:
            continue
        open_ = check_aanmelding(dossier.aanmelding, settings.data, dossier.aangemeld_op).ontbrekend
        if open_:
            labels = dict.fromkeys(f"“{vraag.label}”" for vraag in open_)
            yield Taak(
                wanneer=_NU,
                dringend=False,
                wat=f"Casus {dossier.code} wacht op de aanmelder: {', '.join(labels)}.",
                waarom="De vraag om aanvulling staat in de map “uit”. Leg het antwoord in “in” zodra het er is.",
            )


def _iterate_quarantaine(aantal: int) -> Iterator[Taak]:
    if aantal:
        yield Taak(
            wanneer=_NU,
            dringend=False,
            wat=f"Bekijk {tell_count(aantal, 'bestand', 'bestanden')} in quarantaine.",
            waarom="Onderaan deze bladzijde staat bij elk bestand waarom het niet overgenomen is, en wat u kunt doen.",
        )
