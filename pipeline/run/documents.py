"""Which copies are due: letters from the dossiers as they stand, a meeting's packages from its agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.check import check_aanmelding
from pipeline.register import Register
from pipeline.revise import revise_beeld
from pipeline.run.attachments import (
    list_undecided,
    make_aanvullingsformulier,
    make_besluitformulier,
    make_casusformulier,
)
from pipeline.run.nazicht import inspect_stukken
from pipeline.run.stuk import Bijlage, Stuk, revise_all
from pipeline.settings import Settings
from pipeline.share import Deling
from schemas.bevinding import Bevinding
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Moment
from schemas.dossier import Dossier
from schemas.formulier import Formuliersoort
from schemas.overleg import Overleg
from schemas.tafel import Anker, Rolsoort
from schemas.toetsing import Toetsing
from schemas.verstrekking import Verstrekking


def make_deling(settings: Settings, register: Register) -> Deling:
    """The wall for this run, over all dossiers, held at once: a meeting looks at the same ones for each recipient."""
    return _make_deling(dict(Zaken(settings, register)), settings, register)


def _make_deling(zaken: Mapping[str, tuple[Dossier, Toetsing]], settings: Settings, register: Register) -> Deling:
    eerder = list_earlier(register.list_verstrekkingen()) if register.list_gemeld() else {}
    return Deling(settings.data, settings.werkmap, settings.vandaag, zaken, eerder)


class Zaken(Mapping[str, tuple[Dossier, Toetsing]]):
    """Each dossier with its toetsing, by code, read from the register when it is asked for; the last one is kept."""

    def __init__(self, settings: Settings, register: Register) -> None:
        """Of the cases that there are now."""
        self._settings, self._register = settings, register
        self._codes = dict.fromkeys(register.list_codes())
        self._laatste: tuple[Dossier, Toetsing] | None = None

    def __getitem__(self, code: str) -> tuple[Dossier, Toetsing]:
        """Read one. Raises KeyError."""
        if self._laatste is None or self._laatste[0].code != code:
            dossier = self._register.get_dossier(code) if code in self._codes else None
            if dossier is None:
                raise KeyError(code)
            toetsing = check_aanmelding(dossier.aanmelding, self._settings.data, dossier.aangemeld_op)
            self._laatste = (dossier, toetsing)
        return self._laatste

    def __iter__(self) -> Iterator[str]:
        """By code."""
        return iter(self._codes)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._codes)


def list_earlier(verstrekkingen: Iterable[Verstrekking]) -> dict[str, dict[str, dt.date]]:
    """Who got a document about a case, and since when: by casuscode, by id of the recipient."""
    eerder: dict[str, dict[str, dt.date]] = {}
    for verstrekking in verstrekkingen:
        beeld = verstrekking.beeld
        for code in {beeld.kop.casuscode, *(grond.casuscode for grond in beeld.verantwoording)} - {""}:
            dagen = eerder.setdefault(code, {})
            dag = dagen.get(verstrekking.ontvanger, verstrekking.klaargezet_op)
            dagen[verstrekking.ontvanger] = min(dag, verstrekking.klaargezet_op)
    return eerder


def list_letters(settings: Settings, register: Register) -> list[Stuk]:
    """All letters that are due and not out yet, or changed since.

    Of decisions and plans those that follow the latest; of meldingen what each kind of letter tells of.
    """
    deling = _make_deling(Zaken(settings, register), settings, register)
    brieven = [
        Stuk(_get_letter_map(settings, beeld), beeld, _list_forms(settings, dossier, toetsing, moment))
        for dossier, toetsing in deling.dossiers.values()
        for moment in _list_moments(settings, dossier, toetsing)
        for soort in settings.data.get_documenten(moment)
        for beeld in deling.share_dossier(soort, dossier.code)
    ]
    with register.transaction():
        gehad = _list_files(register)
        stukken = [_attach_inbreng(stuk, settings, register, gehad) for stuk in brieven]
    return revise_all(inspect_stukken(stukken, settings, register), register)


def find_unheard(settings: Settings, register: Register) -> tuple[Bevinding, ...]:
    """What a melding of today was to tell somebody, and tells nobody. Call it when the letters are out."""
    gemeld = (register.get_dossier(code) for code in register.list_gemeld())
    vandaag = any(m.ontvangen_op == settings.vandaag for d in gemeld if d is not None for m in d.meldingen)
    return _make_deling(Zaken(settings, register), settings, register).find_unheard() if vandaag else ()


def list_meeting_copies(overleg: Overleg, settings: Settings, register: Register) -> list[Stuk]:
    """All copies of a meeting's package that are new or changed. What it decided already has left the agenda.

    Once it has begun to decide, on its day or later, only the coordinator still needs copies: the rest of the agenda,
    with a new decision form.
    """
    open_codes = set(list_undecided(overleg, register))
    resterend = overleg.model_copy(update={"punten": tuple(p for p in overleg.punten if p.casuscode in open_codes)})
    formulieren = make_besluitformulier(overleg, settings, register)
    beelden = make_deling(settings, register).share_overleg(resterend)
    if len(open_codes) < len(overleg.punten) and overleg.datum <= settings.vandaag:
        beelden = tuple(beeld for beeld in beelden if _is_coordinator(beeld, settings))
    stukken = [
        Stuk(f"{overleg.datum.isoformat()} {overleg.soort}/{beeld.ontvanger.id}", beeld, bijlagen)
        for beeld, bijlagen in _attach_once(beelden, formulieren, settings)
    ]
    with register.transaction():
        gehad = _list_files(register)
        met_inbreng = [_attach_inbreng(stuk, settings, register, gehad) for stuk in stukken]
    return revise_all(inspect_stukken(met_inbreng, settings, register), register)


def list_verslag_copies(overleg: Overleg, settings: Settings, register: Register) -> list[Stuk]:
    """All copies that follow a meeting; with the coordinator's first travels a form for each plan that is due."""
    deling = make_deling(settings, register)
    gehad = [naam for namen in _list_files(register).values() for naam in namen]
    formulieren = [f for f in _make_planformulieren(deling, settings, register) if not _has(f, gehad)]
    stukken = [
        Stuk(f"{overleg.datum.isoformat()} {overleg.soort} verslag/{beeld.ontvanger.id}", beeld, bijlagen)
        for beeld, bijlagen in _attach_once(_share_verslag(overleg, deling, register), tuple(formulieren), settings)
    ]
    return inspect_stukken(stukken, settings, register)


def _share_verslag(overleg: Overleg, deling: Deling, register: Register) -> list[Deelbeeld]:
    """Who stopped with a case after the meeting keeps his copy as it is, as long as there is no news in it."""
    destijds = {
        code: (_forget_since(dossier, overleg.datum), toetsing) for code, (dossier, toetsing) in deling.dossiers.items()
    }
    toen = replace(deling, dossiers=destijds).share_verslag(overleg)
    gehad = [b for b in toen if revise_beeld(b, register.get_verstrekking(b.sleutel)) is None]
    return list({beeld.sleutel: beeld for beeld in (*deling.share_verslag(overleg), *gehad)}.values())


def _forget_since(dossier: Dossier, datum: dt.date) -> Dossier:
    """The case without the meldingen that came after that day."""
    return dossier.model_copy(update={"meldingen": tuple(m for m in dossier.meldingen if m.datum <= datum)})


def _make_planformulieren(deling: Deling, settings: Settings, register: Register) -> tuple[Bijlage, ...]:
    """A plan form for each open case for which a plan was asked and none came in."""
    gevraagd = [
        dossier.code
        for dossier, _ in deling.dossiers.values()
        if settings.data.tafel.is_open(dossier.fase) and not dossier.plannen
        if dossier.get_mijlpaal(Anker.PLAN_GEVRAAGD) is not None
    ]
    gemaakt = [make_casusformulier(settings, register, Formuliersoort.PLAN, code) for code in gevraagd]
    return tuple(formulier for formulier in gemaakt if formulier is not None)


def _attach_inbreng(stuk: Stuk, settings: Settings, register: Register, gehad: Mapping[str, Sequence[str]]) -> Stuk:
    """With a document that says so, each partner gets a form of its own to bring what it knows about the case.

    Once: with a next version it would find the same form, by its number, a second time.
    """
    beeld, data = stuk.beeld, settings.data
    soort = data.get_document(beeld.documentsoort)
    formulier = data.get_formulier(soort.formulier or "") if soort else None
    partner = settings.werkmap.get_partner(beeld.ontvanger.id)
    if formulier is None or formulier.soort is not Formuliersoort.INBRENG or partner is None:
        return stuk
    eigen = make_casusformulier(settings, register, Formuliersoort.INBRENG, beeld.kop.casuscode, partner.id)
    if eigen is None or _has(eigen, gehad.get(beeld.sleutel, ())):
        return stuk
    return replace(stuk, bijlagen=(*stuk.bijlagen, eigen))


def _list_files(register: Register) -> dict[str, list[str]]:
    """The names of all files that went out with a copy, in any version, by its sleutel."""
    namen: dict[str, list[str]] = {}
    for verstrekking in register.list_verstrekkingen():
        namen.setdefault(verstrekking.sleutel, []).extend(bestand.naam for bestand in verstrekking.bestanden)
    return namen


def _has(bijlage: Bijlage, namen: Iterable[str]) -> bool:
    """Whether this form is among these files, by itself or with the version of what it travelled with."""
    stam = bijlage.naam.removesuffix(".docx")
    return any(naam == bijlage.naam or naam.startswith(f"{stam} versie ") for naam in namen)


def _attach_once(
    beelden: Iterable[Deelbeeld], formulieren: tuple[Bijlage, ...], settings: Settings
) -> Iterator[tuple[Deelbeeld, tuple[Bijlage, ...]]]:
    """Forms for the coordinator go with his first document."""
    for beeld in beelden:
        mee = formulieren if _is_coordinator(beeld, settings) else ()
        formulieren = () if mee else formulieren
        yield beeld, mee


def _is_coordinator(beeld: Deelbeeld, settings: Settings) -> bool:
    return bool(beeld.ontvanger.rollen & set(settings.data.tafel.get_rollen_of_soort(Rolsoort.COORDINATOR)))


def _list_moments(settings: Settings, dossier: Dossier, toetsing: Toetsing) -> tuple[Moment, ...]:
    """On what occasion letters about this case can be due. What is known of it decides which are."""
    later = (*([Moment.PLAN] if dossier.plannen else []), *([Moment.MELDING] if dossier.meldingen else []))
    if dossier.besluiten:
        return (Moment.BESLUIT, *later)
    if dossier.fase != settings.data.tafel.beginfase:
        return later
    return (Moment.ONTVANGST_ONVOLLEDIG if toetsing.ontbrekend else Moment.ONTVANGST_VOLLEDIG, *later)


def _list_forms(settings: Settings, dossier: Dossier, toetsing: Toetsing, moment: Moment) -> tuple[Bijlage, ...]:
    if moment is not Moment.ONTVANGST_ONVOLLEDIG:
        return ()
    return (make_aanvullingsformulier(settings.data, dossier.code, toetsing.ontbrekend),)


def _get_letter_map(settings: Settings, beeld: Deelbeeld) -> str:
    return f"{settings.vandaag.isoformat()} brieven/{beeld.ontvanger.id}"
