"""The forms that travel with a document: an aanvullingsformulier with a letter, a decision form with the agenda."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from pipeline.forms import OpenRij, Vooraf, build_formulier
from pipeline.register import Register
from pipeline.run.stuk import Bijlage
from pipeline.settings import Settings
from schemas import kern
from schemas.dossier import Afspraak, Dossier
from schemas.formulier import Formulier, Formuliersoort
from schemas.overleg import Overleg
from schemas.tafeldata import Tafeldata
from schemas.toetsing import OpenVraag
from schemas.voorwerk import INLEIDING_AANVULLING, make_titel_aanvulling, make_titel_casus, make_titel_overleg


def make_aanvullingsformulier(data: Tafeldata, code: str, vragen: Sequence[OpenVraag]) -> Bijlage:
    """The form with only the open questions of this case, row by row; no contents."""
    formulier = data.get_aanmeldformulier()
    rijen: dict[str, dict[str, list[OpenVraag]]] = {}
    for vraag in vragen:
        if vraag.rij:
            rijen.setdefault(vraag.vraag.split(".")[0], {}).setdefault(vraag.rij, []).append(vraag)
    vooraf = Vooraf(
        meta={kern.META_CASUS: code},
        alleen=frozenset(vraag.vraag for vraag in vragen),
        open_rijen={
            rubriek: tuple(
                OpenRij(id=rij, titel=open_vragen[0].rubriek, vragen=frozenset(v.vraag for v in open_vragen))
                for rij, open_vragen in per_rij.items()
            )
            for rubriek, per_rij in rijen.items()
        },
        titel=make_titel_aanvulling(code),
        inleiding=INLEIDING_AANVULLING,
    )
    return Bijlage(f"Aanvullingsformulier {code}.docx", lambda: build_formulier(data, formulier, vooraf))


def make_besluitformulier(
    overleg: Overleg, settings: Settings, register: Register, *, opnieuw: bool = False
) -> tuple[Bijlage, ...]:
    """The numbered decision form of a meeting, one row for each case that is not decided yet.

    `opnieuw` gives a row to every case, to correct what an earlier form said. To-do's that earlier dates of the overleg
    left open have a row too, whatever became of their case. All other rows are blank: to-do's and passages belong to
    the cases that their own rows name.
    """
    soort = settings.data.tafel.get_overleg(overleg.soort)
    formulier = settings.data.get_formulier(soort.besluitformulier or "") if soort else None
    alle = tuple(punt.casuscode for punt in overleg.punten)
    codes = alle if opnieuw else list_undecided(overleg, register)
    if formulier is None or not codes:
        return ()
    betreft = get_betreft(overleg.soort, overleg.datum.isoformat())
    nummer = register.issue_nummer(formulier.id, betreft, partial(register.draw_code, settings.vandaag))
    eerdere = list_open_afspraken(overleg, register.list_dossiers(), opnieuw=opnieuw)
    rijen, zonder = _make_opvolging(formulier, eerdere)
    vooraf = Vooraf(
        meta={kern.META_NUMMER: nummer, kern.META_OVERLEG: overleg.datum.isoformat()},
        rijen=(*({kern.PUNT_CASUS: code} for code in codes), *rijen),
        zonder=zonder,
        titel=make_titel_overleg(formulier, overleg.datum),
    )
    naam = f"{formulier.titel} {overleg.datum.isoformat()}.docx"
    return (Bijlage(naam, lambda: build_formulier(settings.data, formulier, vooraf)),)


def make_casusformulier(
    settings: Settings, register: Register, soort: Formuliersoort, code: str, van: str = "", *, voor_pdf: bool = False
) -> Bijlage | None:
    """The numbered form about one case; None when the table has no such form.

    `van` is the id of the partner who gets it, for an inbreng. Asked for again before it was used, it has the same
    number. A melding has a row for each to-do of the case that is still open.
    """
    formulier = settings.data.get_formulier_of_soort(soort)
    if formulier is None:
        return None
    nummer = register.issue_nummer(
        formulier.id, get_betreft_casus(code, van), partial(register.draw_code, settings.vandaag)
    )
    dossier = register.get_dossier(code)
    open_afspraken = [(code, a) for a in dossier.afspraken if a.is_open and a.nummer] if dossier else []
    rijen, zonder = _make_opvolging(formulier, open_afspraken)
    vooraf = Vooraf(
        meta={kern.META_NUMMER: nummer, kern.META_CASUS: code},
        rijen=rijen,
        zonder=zonder,
        titel=make_titel_casus(formulier, code),
        voor_pdf=voor_pdf,
    )
    return Bijlage(f"{formulier.titel} {code}.docx", lambda: build_formulier(settings.data, formulier, vooraf))


def _make_opvolging(
    formulier: Formulier, afspraken: Iterable[tuple[str, Afspraak]]
) -> tuple[tuple[dict[str, str], ...], frozenset[str]]:
    """The rows for these to-do's (with the code of their case), and the rubrieken that stay out without any."""
    if formulier.get_vraag(kern.OPVOLGING_STATUS) is None:
        return (), frozenset()
    rijen = tuple({kern.OPVOLGING_CASUS: code, kern.OPVOLGING_AFSPRAAK: a.nummer} for code, a in afspraken)
    return rijen, frozenset() if rijen else frozenset({kern.OPVOLGING_STATUS.split(".")[0]})


def list_open_afspraken(
    overleg: Overleg, dossiers: Iterable[Dossier], *, opnieuw: bool = False
) -> list[tuple[str, Afspraak]]:
    """The to-do's of earlier dates of this overleg that a form can still follow up, oldest first, with their case.

    `opnieuw` adds those of which a form of this very overleg told what became: that can be corrected.
    """
    gevonden = [
        (dossier.code, afspraak)
        for dossier in dossiers
        for afspraak in dossier.afspraken
        if afspraak.nummer and afspraak.overleg == overleg.soort and afspraak.datum < overleg.datum
        if afspraak.is_open or (opnieuw and afspraak.status_op == overleg.datum)
    ]
    return sorted(gevonden, key=lambda paar: (paar[1].datum, paar[0]))


def list_undecided(overleg: Overleg, register: Register) -> tuple[str, ...]:
    """The codes on this agenda on which this overleg has not decided yet."""
    dossiers = {dossier.code: dossier for dossier in register.list_dossiers()}
    return tuple(
        punt.casuscode
        for punt in overleg.punten
        if dossiers[punt.casuscode].get_besluit(overleg.soort, overleg.datum) is None
    )


def get_betreft_casus(code: str, van: str = "") -> str:
    """What the number of a form about one case is for; of an inbreng, for which partner too."""
    return f"{code} {van}".strip()


def get_betreft(overleg: str, datum: str) -> str:
    """What the number of a decision form is for."""
    return f"{overleg} {datum}"
