"""Which dossier a form makes, supplements or replaces; and why it may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from schemas import kern
from schemas.aanmelding import Validatie
from schemas.dossier import Dossier
from schemas.formulier import Formulier
from schemas.tafel import Rolsoort, Tafel
from schemas.werkmap import Partner

from .clients import exclude_organisatie, get_identities, is_anoniem
from .opname import Opname, Opnemer, get_casuscode
from .review import find_identity, review_form
from .texts import find_geen_casus, refuse_identity

__all__ = ["Opname", "find_geen_casus", "get_casuscode", "get_identities", "is_anoniem", "take_in"]


def take_in(
    validatie: Validatie,
    formulier: Formulier,
    tafel: Tafel,
    dossiers: Sequence[Dossier],
    vandaag: dt.date,
    nieuwe_code: Callable[[], str],
    partners: Sequence[Partner] = (),
) -> Opname:
    """Decide what an aanmeldformulier does. `partners` are those of the werkmap.

    Of the table's dossiers those suffice whose code the form carries, or that are about somebody whom it is about;
    then `nieuwe_code` sees to it that no other has the code that it gives.
    """
    aanmelding = validatie.aanmelding
    anoniem = is_anoniem(aanmelding)
    geen = find_geen_casus(aanmelding, formulier)
    if geen is not None:
        return Opname(weigering=geen, anoniem=anoniem)
    identiteit = find_identity(aanmelding, formulier) if anoniem else None
    if identiteit is not None:
        return Opname(weigering=refuse_identity(identiteit), anoniem=True)
    opnemer = Opnemer(validatie, formulier, tafel, {dossier.code: dossier for dossier in dossiers}, vandaag)
    soort = aanmelding.get(kern.SOORT)
    if validatie.meta.casuscode or (soort and soort.has_optie(kern.SOORT_AANVULLING)):
        opname = opnemer.supplement()
    elif soort and soort.has_optie(kern.SOORT_OP_NAAM):
        opname = opnemer.continue_by_name(nieuwe_code)
    else:
        opname = opnemer.open_new(nieuwe_code)
    bevindingen = (*opname.bevindingen, *review_form(aanmelding, formulier, tafel, partners))
    rollen = frozenset(tafel.get_rollen_of_soort(Rolsoort.AANMELDER))
    opgenomen = tuple(
        dossier.model_copy(update={"aanmelding": exclude_organisatie(dossier.aanmelding, rollen)})
        for dossier in opname.dossiers
    )
    return replace(opname, dossiers=opgenomen, bevindingen=bevindingen, anoniem=opname.anoniem or anoniem)
