"""The recipe: what happens, in order, when a coordinator says "go"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from pipeline.deliver import finish
from pipeline.disk import SchijfFout, sweep
from pipeline.errors import ConfiguratieFout, GebruikFout
from pipeline.meeting import plan_overleg, recall_overleg
from pipeline.register import Register, RegisterFout
from pipeline.run.afgeschermd import report_afgeschermd
from pipeline.run.agenda import Dagen, advise_versturen, choose_next, plan_agenda
from pipeline.run.attachments import make_besluitformulier
from pipeline.run.caseform import find_partner, make_case_form
from pipeline.run.cijfers import choose_periode, list_figure_copies
from pipeline.run.documents import find_unheard, list_letters, list_meeting_copies, list_verslag_copies
from pipeline.run.inname import Inname
from pipeline.run.produce import produce
from pipeline.run.results import Bereid, Geteld, Productie, Verslagen, Verwerkt
from pipeline.run.retention import complete_destruction
from pipeline.run.stuk import revise_all
from pipeline.run.verslag import choose_datum, find_verslag_findings
from pipeline.run.verzendlijst import find_verzendlijst, write_verzendlijsten
from pipeline.settings import Settings
from pipeline.share import find_lost_names, find_unsigned, find_without_bestuur, find_zonder_leeftijd
from schemas.bevinding import Bevinding, Ernst
from schemas.datum import format_dag
from schemas.tafel import Overlegsoort

__all__ = [
    "count_period",
    "find_partner",
    "make_case_form",
    "make_correction_form",
    "make_verslag",
    "prepare_overleg",
    "process_inbox",
]


def process_inbox(
    settings: Settings,
    *,
    rust: float = 0,
    nu: dt.datetime | None = None,
    stop: Callable[[], bool] = lambda: False,
    wacht: Callable[[Sequence[str]], bool] = lambda _namen: False,
) -> Verwerkt:
    """Take in all that lies in `in/`, then make every letter that is due. Safe to run again at any time.

    A file that changed less than `rust` seconds before `nu` waits. When `stop` says so, the file at hand is finished
    and the rest, the letters too, is left to the next run. `wacht` hears which files are open elsewhere, and says
    whether to look at them once more.
    """
    with Register.open(settings.map, alleen_lezen=settings.proef) as register:
        gebleven = _finish_earlier(settings, register)
        inname = Inname(settings, register, stop)
        inname.take_folder(rust, nu, wacht)
        brieven = Productie() if stop() else _produce_letters(settings, register)
        gebleven += write_verzendlijsten(
            settings, register, [map_ for item in inname.formulieren for map_ in item.mappen]
        )
        gebleven += find_unheard(settings, register)
        gebleven += _back_up(settings, register)
    return Verwerkt(
        formulieren=tuple(inname.formulieren),
        overgeslagen=tuple((item.naam, item.reden) for item in inname.overgeslagen),
        wacht=not all(item.hulpbestand for item in inname.overgeslagen),
        brieven=brieven,
        bevindingen=gebleven,
    )


def prepare_overleg(settings: Settings, soort: Overlegsoort, datum: dt.date | None = None) -> Bereid:
    """Make the packages of one meeting: new ones, and next versions of what changed. Nothing twice.

    Without a date of its next one. Raises GebruikFout when it has no fixed days and no case is planned for it.
    """
    with Register.open(settings.map, alleen_lezen=settings.proef) as register:
        gebleven = _finish_earlier(settings, register)
        dossiers = register.list_dossiers()
        dagen = Dagen(settings, dossiers, register.list_mappen())
        datum = datum or choose_next(dagen, soort)
        overleg = plan_agenda(settings, soort, datum, dossiers)
        productie = produce(list_meeting_copies(overleg, settings, register), settings, register)
        map_ = f"{datum.isoformat()} {soort.id}"
        gebleven += write_verzendlijsten(settings, register, [map_])
        op_agenda = {punt.casuscode for punt in overleg.punten}
        geagendeerd = [dossier for dossier in dossiers if dossier.code in op_agenda]
        gemeld = report_afgeschermd(geagendeerd, settings, register)
        gebleven += _back_up(settings, register)
    versturen = datum - dt.timedelta(days=settings.werkmap.get_dagen_vooraf(soort))
    return Bereid(
        overleg=overleg.naam,
        datum=format_dag(datum),
        versturen=format_dag(versturen),
        verzenddag=advise_versturen(settings, versturen),
        te_laat=versturen < settings.vandaag,
        aantal=len(overleg.punten),
        let_op=(*overleg.let_op, *dagen.warn_off_calendar(soort, datum, overleg)),
        productie=productie,
        verzendlijst=find_verzendlijst(settings, map_),
        bevindingen=(
            *gebleven,
            *find_unsigned(geagendeerd, settings.data.tafel, settings.werkmap, settings.vandaag),
            *find_lost_names(geagendeerd, settings.data.tafel, settings.werkmap),
            *find_without_bestuur(geagendeerd, overleg, settings.data, settings.werkmap),
            *find_zonder_leeftijd(geagendeerd, overleg, settings.data),
            *gemeld,
        ),
    )


def make_verslag(settings: Settings, soort: Overlegsoort, datum: dt.date | None = None) -> Verslagen:
    """Make what follows a meeting, from what it decided; without a date, of the latest until today.

    New copies, and next versions of what a corrected form changed. Nothing twice. Raises GebruikFout when there is
    nothing to make a verslag of.
    """
    with Register.open(settings.map, alleen_lezen=settings.proef) as register:
        gebleven = _finish_earlier(settings, register)
        dossiers = register.list_dossiers()
        overleg = recall_overleg(soort, choose_datum(settings, soort, dossiers, datum), dossiers)
        stukken = list_verslag_copies(overleg, settings, register)
        bevindingen = find_verslag_findings(overleg, stukken, dossiers, settings, register)
        productie = produce(revise_all(stukken, register), settings, register)
        map_ = f"{overleg.datum.isoformat()} {soort.id} verslag"
        gebleven += write_verzendlijsten(settings, register, [map_])
        codes = {punt.casuscode for punt in overleg.punten}
        besproken = [dossier for dossier in dossiers if dossier.code in codes]
        gemeld = report_afgeschermd(besproken, settings, register)
        gebleven += _back_up(settings, register)
    return Verslagen(
        overleg=overleg.naam,
        datum=format_dag(overleg.datum),
        aantal=len(overleg.punten),
        productie=productie,
        verzendlijst=find_verzendlijst(settings, map_),
        bevindingen=(
            *gebleven,
            *bevindingen,
            *find_unsigned(besproken, settings.data.tafel, settings.werkmap, settings.vandaag),
            *gemeld,
        ),
    )


def count_period(settings: Settings, van: dt.date | None, tot: dt.date | None) -> Geteld:
    """Make the overview of a period that is over; figures told before are told again as they were.

    Raises GebruikFout when the table counts nothing, or not over this period.
    """
    cijfers, periode = choose_periode(settings, van, tot)
    with Register.open(settings.map, alleen_lezen=settings.proef) as register:
        gebleven = _finish_earlier(settings, register)
        overzicht, stukken = list_figure_copies(settings, register, cijfers, periode)
        productie = produce(stukken, settings, register)
        gebleven += _back_up(settings, register)
    return Geteld(overzicht=overzicht, productie=productie, bevindingen=gebleven)


def make_correction_form(settings: Settings, soort: Overlegsoort, datum: dt.date) -> bytes:
    """A new decision form for a meeting that has decided: its rows replace what was decided, or left open, there.

    Raises GebruikFout when nothing was decided on that date.
    """
    with Register.open(settings.map) as register:
        dossiers = register.list_dossiers()
        # The agenda as intake sees it: a case that was left open has a row too.
        overleg = plan_overleg(soort, datum, dossiers, settings.data.tafel, settings.werkmap)
        gehouden = recall_overleg(soort, datum, dossiers)
        formulieren = make_besluitformulier(overleg, settings, register, opnieuw=True) if gehouden.punten else ()
        if not formulieren:
            raise GebruikFout(
                f"Er is nog niets beslist op {soort.naam} van {format_dag(datum)}.",
                "Gebruik het formulier uit de map van het overleg in “uit”.",
            )
        register.keep_kenmerken()
        return formulieren[0].build()


def _finish_earlier(settings: Settings, register: Register) -> tuple[Bevinding, ...]:
    """What a killed run left half done is completed first; findings for what still waits."""
    if settings.proef:
        return ()
    sweep(*(settings.map / naam for naam in ("in", "archief", "quarantaine")))
    return (*finish(settings.map, register.list_verstrekkingen()), *complete_destruction(settings, register))


def _produce_letters(settings: Settings, register: Register) -> Productie:
    """The letters that are due; a faulty template must not hide what became of the forms that were just taken in."""
    try:
        return produce(list_letters(settings, register), settings, register)
    except ConfiguratieFout as fout:
        geweigerd = tuple(_report("sjabloonfout", regel, fout.remedie, Ernst.FOUT) for regel in fout.fouten)
        return Productie(sjabloonfout=True, geweigerd=geweigerd)


def _back_up(settings: Settings, register: Register) -> tuple[Bevinding, ...]:
    """Copy the register; a finding when that fails, because the work itself is done."""
    if not settings.proef:
        try:
            register.backup(settings.vandaag)
        except (SchijfFout, RegisterFout) as fout:
            melding = (
                f"Alles is verwerkt, maar er kon geen reservekopie van het register gemaakt worden. {fout.melding}"
            )
            return (_report("geen-reservekopie", melding, fout.remedie, Ernst.WAARSCHUWING),)
    return ()


def _report(code: str, melding: str, remedie: str, ernst: Ernst) -> Bevinding:
    return Bevinding(code=code, plaats="", melding=melding, remedie=remedie, ernst=ernst)
