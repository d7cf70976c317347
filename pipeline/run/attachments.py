"""The forms that travel with a document: an aanvullingsformulier with a letter, a decision form with the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pipeline.forms import OpenRij, Vooraf, build_formulier
from pipeline.register import Register
from pipeline.run.produce import Bijlage
from pipeline.settings import Settings
from schemas import kern
from schemas.datum import format_dag
from schemas.overleg import Overleg
from schemas.tafeldata import Tafeldata
from schemas.toetsing import OpenVraag

_AANVULLING = (
    "Dit formulier bevat enkel de vragen die nog openstaan. Weet u een antwoord niet? Schrijf dan ‘onbekend’.",
    "Kruis bij ‘Deelbaar met’ aan wie deze antwoorden mag zien. Kruist u niets aan, dan worden ze met niemand gedeeld.",
)


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
        titel=f"Aanvullingsformulier casus {code}",
        inleiding=_AANVULLING,
    )
    return Bijlage(f"Aanvullingsformulier {code}.docx", lambda: build_formulier(data, formulier, vooraf))


def make_besluitformulier(
    overleg: Overleg, settings: Settings, register: Register, *, opnieuw: bool = False
) -> tuple[Bijlage, ...]:
    """The numbered decision form of a meeting, one row for each case that is not decided yet.

    `opnieuw` gives a row to every case, to correct what an earlier form said. Its other rows are blank: to-do's and
    passages belong to the cases that their own rows name.
    """
    soort = settings.data.tafel.get_overleg(overleg.soort)
    formulier = settings.data.get_formulier(soort.besluitformulier or "") if soort else None
    alle = tuple(punt.casuscode for punt in overleg.punten)
    codes = alle if opnieuw else list_undecided(overleg, register)
    if formulier is None or not codes:
        return ()
    betreft = get_betreft(overleg.soort, overleg.datum.isoformat())
    nummer = register.issue_nummer(formulier.id, betreft, partial(register.draw_code, settings.vandaag))
    vooraf = Vooraf(
        meta={kern.META_NUMMER: nummer, kern.META_OVERLEG: overleg.datum.isoformat()},
        rijen=tuple({kern.PUNT_CASUS: code} for code in codes),
        titel=f"{formulier.titel} — {format_dag(overleg.datum)}",
    )
    naam = f"{formulier.titel} {overleg.datum.isoformat()}.docx"
    return (Bijlage(naam, lambda: build_formulier(settings.data, formulier, vooraf)),)


def list_undecided(overleg: Overleg, register: Register) -> tuple[str, ...]:
    """The codes on this agenda on which this overleg has not decided yet."""
    dossiers = {dossier.code: dossier for dossier in register.list_dossiers()}
    return tuple(
        punt.casuscode
        for punt in overleg.punten
        if dossiers[punt.casuscode].get_besluit(overleg.soort, overleg.datum) is None
    )


def get_betreft(overleg: str, datum: str) -> str:
    """What the number of a decision form is for."""
    return f"{overleg} {datum}"
