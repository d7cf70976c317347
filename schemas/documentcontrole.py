"""Checks of documenten.toml: for whom, on which occasion, with which form and which marking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from schemas.documentsoort import Aanleiding, Documentsoort, Kring, Moment, Per
from schemas.formulier import Formuliersoort
from schemas.fouttekst import find_doubles, find_unknown, join_values
from schemas.tafel import Rolsoort
from schemas.tafeldata import Tafeldata

_DOCUMENTEN = "documenten.toml"
_ACCOLADE = re.compile(r"\{([^}]*)\}")
#: Which kind of form can travel with a document of this moment.
_MEE = MappingProxyType(
    {
        Moment.ONTVANGST_VOLLEDIG: Formuliersoort.AANMELDING,
        Moment.ONTVANGST_ONVOLLEDIG: Formuliersoort.AANMELDING,
        Moment.VOORBEREIDING: Formuliersoort.INBRENG,
        Moment.VERSLAG: Formuliersoort.PLAN,
        Moment.MELDING: Formuliersoort.INBRENG,
    }
)


def check_documenten(data: Tafeldata) -> Iterator[str]:
    """Faults of the kinds of document: unknown names, and keys that do not fit the occasion."""
    yield from find_doubles(_DOCUMENTEN, "het document", (document.id for document in data.documenten))
    yield from find_doubles(_DOCUMENTEN, "de afkorting", (document.afkorting for document in data.documenten))
    for document in data.documenten:
        waar = f'{_DOCUMENTEN}, document "{document.id}"'
        yield from _check_namen(data, document, waar)
        yield from _check_aanleiding(data, document, waar)
        yield from _check_moment(document, waar)
        yield from _check_woorden(data, document, waar)
        yield from _check_toetreding(data, document, waar)
        yield from _check_deelnemers(data, document, waar)
        yield from _check_formulier(data, document, waar)
        yield from check_markering(document.markering, waar)
        if document.moment is Moment.PLAN and data.get_formulier_of_soort(Formuliersoort.PLAN) is None:
            yield f'{waar}: het moment plan vraagt een formulier van soort "plan"; anders is er nooit een plan.'


def check_markering(markering: str, waar: str) -> Iterator[str]:
    """Places in a marking that nobody fills in."""
    yield from find_unknown(f"{waar}, sleutel markering", "de plaats", _ACCOLADE.findall(markering), ["grondslag"])


def _check_namen(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    tafel = data.tafel
    yield from find_unknown(waar, "de rol", document.rollen, (rol.id for rol in tafel.rollen))
    overleg = [document.overleg] if document.overleg else []
    yield from find_unknown(waar, "het overleg", overleg, (o.id for o in tafel.overleggen))
    yield from find_unknown(waar, "het besluit", document.besluiten, (b.id for b in tafel.besluiten))
    yield from find_unknown(waar, "de melding", document.meldingen, (m.id for m in tafel.meldingen))
    yield from find_unknown(waar, "de fase", document.fasen, (fase.id for fase in tafel.fasen))
    yield from find_unknown(waar, "de dossierrol", document.dragers, (rol.id for rol in tafel.dossierrollen))
    soort = tafel.get_overleg(document.overleg or "")
    for fase in document.fasen if soort else ():
        if soort and tafel.get_fase(fase) and fase not in (*soort.nieuw_uit, *soort.terugkom_uit):
            yield f'{waar}, sleutel fasen: het overleg "{soort.id}" neemt geen dossiers uit de fase "{fase}".'


def _check_aanleiding(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    voor_overleg = document.aanleiding is Aanleiding.OVERLEG
    if voor_overleg != (document.overleg is not None):
        yield f"{waar}: de sleutel overleg hoort bij aanleiding overleg, en alleen daarbij."
    if voor_overleg != (document.moment in (Moment.VOORBEREIDING, Moment.VERSLAG, Moment.TOETREDING)):
        yield f"{waar}: voorbereiding, verslag en toetreding horen bij aanleiding overleg, en alleen daarbij."
    if document.per is Per.CASUS and not voor_overleg:
        yield f'{waar}: per "casus" hoort enkel bij aanleiding overleg; een brief gaat altijd over één casus.'
    if document.stellingen and not voor_overleg:
        yield f"{waar}: de sleutel stellingen hoort enkel bij aanleiding overleg; daar weegt de tafel ze af."
    if bool(document.dragers) != (document.kring is Kring.DRAGER):
        yield f'{waar}: de sleutel dragers hoort bij kring "drager", en alleen daarbij.'
    aanmelder = data.tafel.get_rollen_of_soort(Rolsoort.AANMELDER)
    if document.kring is Kring.VERTEGENWOORDIGER and not set(aanmelder) & set(document.rollen):
        yield f'{waar}: bij kring "vertegenwoordiger" hoort ook de rol van de aanmelder: die krijgt het als er geen is.'
    if (document.aanleiding is Aanleiding.TAFEL) != (document.moment is Moment.CIJFERS):
        yield f"{waar}: het moment cijfers hoort bij aanleiding tafel, en alleen daarbij."
    if document.kring is not Kring.ROL and document.aanleiding is not Aanleiding.DOSSIER:
        yield f"{waar}: de sleutel kring hoort enkel bij aanleiding dossier."


def _check_woorden(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    """Words for a reader who is not there, or that nothing prints."""
    betrokkenen = data.tafel.get_rollen_of_soort(Rolsoort.BETROKKENE)
    woorden = document.aan_betrokkene
    if woorden is not None and not set(betrokkenen) & set(document.rollen):
        yield f'{waar}: de sleutel aan_betrokkene vraagt een rol van soort "{Rolsoort.BETROKKENE}" bij rollen.'
    if woorden is not None and woorden.melding and document.moment is not Moment.MELDING:
        yield f"{waar}: de sleutel melding van aan_betrokkene hoort enkel bij het moment melding."


def _check_toetreding(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    """Who did not sign may read of no case: what he gets has no place for one."""
    if document.moment is not Moment.TOETREDING:
        return
    ad_hoc = data.tafel.get_rollen_of_soort(Rolsoort.AD_HOC)
    if not set(document.rollen) <= set(ad_hoc):
        yield f"{waar}: een verklaring bij moment toetreding is enkel voor de rollen {join_values(ad_hoc)}."
    if document.per is Per.CASUS or document.stellingen or document.anoniem:
        yield f"{waar}: een verklaring bij moment toetreding gaat over geen enkele casus."
    if not document.slot:
        yield f"{waar}: zet in de sleutel slot, zin per zin, wat de ondertekenaar verklaart."


def _check_deelnemers(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    """A list of who is there for which case tells a partner of cases that are not his."""
    if not document.deelnemers:
        return
    bekend = (rol.id for rol in data.tafel.rollen)
    yield from find_unknown(f"{waar}, sleutel deelnemers", "de rol", document.deelnemers, bekend)
    if document.moment is not Moment.VOORBEREIDING or document.anoniem:
        yield f"{waar}: de sleutel deelnemers hoort bij het moment voorbereiding, en bij geen anoniem document."
    coordinator = set(data.tafel.get_rollen_of_soort(Rolsoort.COORDINATOR))
    if document.per is not Per.CASUS and not set(document.rollen) <= coordinator:
        yield f'{waar}: wie bij welke casus zit, is enkel voor de coördinator; zet voor anderen per = "casus".'


def _check_moment(document: Documentsoort, waar: str) -> Iterator[str]:
    if document.besluiten and document.moment is not Moment.BESLUIT:
        yield f"{waar}: de sleutel besluiten hoort enkel bij het moment besluit."
    if bool(document.meldingen) != (document.moment is Moment.MELDING):
        yield f"{waar}: de sleutel meldingen hoort bij het moment melding, en alleen daarbij."
    if document.fasen and document.moment is not Moment.VOORBEREIDING:
        yield f"{waar}: de sleutel fasen hoort enkel bij het moment voorbereiding."
    if document.enkel_inbreng and document.moment is not Moment.VOORBEREIDING:
        yield f"{waar}: de sleutel enkel_inbreng hoort enkel bij het moment voorbereiding."
    if document.kring is Kring.GENOEMD and document.moment not in (Moment.BESLUIT, Moment.MELDING):
        yield f'{waar}: kring "genoemd" hoort enkel bij de momenten besluit en melding; anders is er niemand genoemd.'


def _check_formulier(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    if document.formulier is None:
        return
    soort = _MEE.get(document.moment)
    if soort is None:
        yield f"{waar}: de sleutel formulier hoort enkel bij de momenten {join_values(_MEE)}."
        return
    passend = (formulier.id for formulier in data.formulieren if formulier.soort is soort)
    yield from find_unknown(f"{waar}, bij het moment {document.moment}", "het formulier", [document.formulier], passend)
    een_casus = document.per is Per.CASUS or document.aanleiding is Aanleiding.DOSSIER
    if soort is Formuliersoort.INBRENG and not een_casus:
        yield f'{waar}: een formulier van soort "inbreng" gaat over één casus; zet per = "casus".'
