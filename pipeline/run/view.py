"""What the coordinator sees on her own screen: all cases, and the whole life of one. It only reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from pipeline.check import check_aanmelding
from pipeline.errors import GebruikFout
from pipeline.register import Register
from pipeline.run.agenda import Dagen, plan_agenda
from pipeline.run.life import Levensloop
from pipeline.run.zicht import Casusregel, Dossierzicht
from pipeline.settings import Settings
from pipeline.share import describe_afscherming, describe_einde
from pipeline.terms import list_geagendeerd, list_open_termijnen, list_vervaldagen
from schemas.dossier import Dossier
from schemas.overleg import Overleg
from schemas.uitsluiting import list_afgeschermd
from schemas.vervaldag import name_anker


def view_casussen(settings: Settings) -> tuple[Casusregel, ...]:
    """All cases: the open ones by what comes next, then those that are closed. Raises RegisterFout."""
    with Register.open(settings.map, alleen_lezen=True) as register:
        dossiers = register.list_dossiers()
        mappen = register.list_mappen()
    overleggen = list_next_overleggen(Dagen(settings, dossiers, mappen))
    regels = [_build_regel(dossier, settings, overleggen) for dossier in dossiers]
    return tuple(sorted(regels, key=lambda r: (not r.open, r.volgende or dt.date.max, r.casuscode)))


def view_dossier(settings: Settings, code: str) -> Dossierzicht:
    """The whole life of one case. Raises GebruikFout for a code that is not there, and RegisterFout."""
    with Register.open(settings.map, alleen_lezen=True) as register:
        dossiers = register.list_dossiers()
        dossier = find_dossier(dossiers, code)
        loop = Levensloop(settings, register, dossier)
        documenten = loop.list_documenten()
        verantwoording = loop.list_verantwoording()
        formulieren = loop.list_formulieren()
    return Dossierzicht(
        casuscode=dossier.code,
        fase=get_fase(settings, dossier),
        open=settings.data.tafel.is_open(dossier.fase),
        aangemeld_op=dossier.aangemeld_op,
        vervolg_van=dossier.eerdere_code or "",
        vervolgd_door=tuple(ander.code for ander in dossiers if ander.eerdere_code == dossier.code),
        geagendeerd=next(iter(list_geagendeerd([dossier], settings.data, settings.vandaag)), None),
        afgeschermd=tuple(_iterate_afgeschermd(dossier, settings)),
        verloop=loop.list_verloop(),
        formulieren=formulieren,
        besluiten=loop.list_besluiten(),
        afspraken=loop.list_afspraken(),
        plannen=loop.list_plannen(),
        inbreng=loop.list_inbreng(),
        meldingen=loop.list_meldingen(),
        mijlpalen=tuple(sorted(dossier.mijlpalen, key=lambda mijlpaal: mijlpaal.datum)),
        termijnen=list_vervaldagen([dossier], settings.data, settings.werkmap, settings.vandaag),
        open_termijnen=list_open_termijnen([dossier], settings.data),
        documenten=documenten,
        verantwoording=verantwoording,
    )


def _iterate_afgeschermd(dossier: Dossier, settings: Settings) -> Iterator[str]:
    data, werkmap, vandaag = settings.data, settings.werkmap, settings.vandaag
    for afscherming in list_afgeschermd(dossier, data.tafel, vandaag):
        yield describe_afscherming(afscherming, dossier, data, werkmap, vandaag)
        yield describe_einde(afscherming, data.tafel)


def find_dossier(dossiers: Sequence[Dossier], code: str) -> Dossier:
    """The dossier with this code, however it was typed. Raises GebruikFout with the code that was meant."""
    gezocht = code.strip().upper()
    gevonden = next((dossier for dossier in dossiers if dossier.code == gezocht), None)
    if gevonden is None:
        codes = [dossier.code for dossier in dossiers]
        raise GebruikFout(
            f"Er is geen casus {code} in deze werkmap.",
            suggest(gezocht, codes, codes, "De casussen") or "Verwerk eerst de formulieren in de map “in”.",
        )
    return gevonden


def suggest(gezocht: str, namen: Iterable[str], lijst: Sequence[str], kop: str) -> str:
    """What was meant, perhaps, and what there is; "" when there is nothing."""
    lijkt = get_close_matches(gezocht, list(namen), n=1)
    vraag = f"Bedoelde u {lijkt[0]}? " if lijkt else ""
    return f"{vraag}{kop}: {', '.join(lijst)}." if lijst else ""


def get_fase(settings: Settings, dossier: Dossier) -> str:
    """The phase as the table calls it."""
    fase = settings.data.tafel.get_fase(dossier.fase)
    return fase.label if fase else dossier.fase


def list_next_overleggen(dagen: Dagen) -> tuple[Overleg, ...]:
    """Each overleg on its next date, with the cases on which it has not decided yet; without fixed dates on each."""
    settings, dossiers = dagen.settings, dagen.dossiers
    per_code = {dossier.code: dossier for dossier in dossiers}
    gepland = [
        plan_agenda(settings, soort, datum, dossiers)
        for soort in settings.data.tafel.overleggen
        for datum in dagen.list_next(soort)
    ]
    return tuple(
        overleg.model_copy(
            update={
                "punten": tuple(
                    punt
                    for punt in overleg.punten
                    if per_code[punt.casuscode].get_besluit(overleg.soort, overleg.datum) is None
                )
            }
        )
        for overleg in gepland
    )


def _build_regel(dossier: Dossier, settings: Settings, overleggen: Sequence[Overleg]) -> Casusregel:
    is_open = settings.data.tafel.is_open(dossier.fase)
    komend = sorted(_iterate_coming(dossier, settings, overleggen)) if is_open else []
    datum, wat = komend[0] if komend else (None, "")
    return Casusregel(
        casuscode=dossier.code,
        fase=get_fase(settings, dossier),
        sinds=dossier.verloop[-1].op if dossier.verloop else dossier.aangemeld_op,
        open=is_open,
        volgende=datum,
        wat=wat,
        wacht_op=tuple(_iterate_waiting(dossier, settings)) if is_open else (),
    )


def _iterate_coming(
    dossier: Dossier, settings: Settings, overleggen: Sequence[Overleg]
) -> Iterator[tuple[dt.date, str]]:
    for overleg in overleggen:
        if any(punt.casuscode == dossier.code for punt in overleg.punten):
            yield overleg.datum, f"op de agenda: {overleg.naam}"
    for vervaldag in list_vervaldagen([dossier], settings.data, settings.werkmap, settings.vandaag):
        yield vervaldag.datum, f"{vervaldag.wat}{' (voorbij)' if vervaldag.is_voorbij else ''}"


def _iterate_waiting(dossier: Dossier, settings: Settings) -> Iterator[str]:
    """What somebody still has to bring, do or note."""
    ontbrekend = check_aanmelding(dossier.aanmelding, settings.data, dossier.aangemeld_op).ontbrekend
    if ontbrekend:
        yield "1 antwoord ontbreekt" if len(ontbrekend) == 1 else f"{len(ontbrekend)} antwoorden ontbreken"
    afspraken = sum(afspraak.is_open for afspraak in dossier.afspraken)
    if afspraken:
        yield "1 open afspraak" if afspraken == 1 else f"{afspraken} open afspraken"
    ankers = [item.ankers for item in list_open_termijnen([dossier], settings.data)]
    yield from dict.fromkeys(" of ".join(name_anker(anker, settings.data.tafel) for anker in groep) for groep in ankers)
