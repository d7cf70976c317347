"""A numbered form about one case, asked for by the coordinator."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pipeline.errors import GebruikFout
from pipeline.register import Register
from pipeline.run.attachments import make_casusformulier
from pipeline.settings import Settings
from pipeline.share import is_kept_out
from pipeline.share.recipients import has_stopped, make_partner
from schemas.formulier import Formuliersoort
from schemas.uitsluiting import find_uitsluiting
from schemas.werkmap import Partner, has_signed

_GETEKEND = "Laat het protocol ondertekenen en vul protocol_ondertekend_op in werkmap.toml in."


def make_case_form(
    settings: Settings, soort: Formuliersoort, code: str, van: str = "", *, voor_pdf: bool = False
) -> bytes:
    """The form of this kind for an open case; for an inbreng, that of the partner with the id `van`.

    A melding also for a closed case, when the table knows one that can still be told (a correction). Raises GebruikFout
    when the table has no such form, when the case is unknown or no longer open, and when that partner may not hear of
    it or stopped with it.
    """
    with Register.open(settings.map, alleen_lezen=settings.proef) as register:
        _check_casus(settings, register, code, soort)
        _check_van(settings, register, code, van)
        bijlage = make_casusformulier(settings, register, soort, code, van, voor_pdf=voor_pdf)
        if bijlage is None:
            raise GebruikFout(f"{settings.data.tafel.naam} heeft zo geen formulier.")
        register.keep_kenmerken()
        return bijlage.build()


def find_partner(settings: Settings, naam: str) -> Partner:
    """The partner who is meant, by id, name or alias; an inbreng is asked of him.

    Raises GebruikFout when nobody, or more than one, is called so, and when he has not signed the protocol (S0:16).
    """
    ids = settings.namen.get_ids(naam)
    partners = [partner for partner in settings.werkmap.partners if partner.id in ids]
    if not partners:
        alle = {partner.naam: partner.id for partner in settings.werkmap.partners}
        raise GebruikFout(
            f"“{naam}” is geen partner van deze werkmap.",
            _suggest(naam.casefold(), alle.values())
            or _suggest(naam, alle)
            or f"Kies uit: {', '.join(sorted(alle.values()))}.",
        )
    if len(partners) > 1:
        keuze = ", ".join(sorted(partner.id for partner in partners))
        raise GebruikFout(f"Meer dan één partner heet “{naam}”.", f"Kies uit: {keuze}.")
    (partner,) = partners
    if not has_signed(partner, settings.data.tafel, settings.vandaag):
        raise GebruikFout(
            f"{partner.naam} ondertekende het protocol nog niet, en krijgt daarom geen formulier.", _GETEKEND
        )
    return partner


def _check_casus(settings: Settings, register: Register, code: str, soort: Formuliersoort) -> None:
    tafel = settings.data.tafel
    dossier = register.get_dossier(code)
    if dossier is None:
        open_codes = [d.code for d in register.list_dossiers() if tafel.is_open(d.fase)]
        raise GebruikFout(
            f"Er is geen casus met de code “{code}”.",
            _suggest(code, open_codes) or "Kijk de code na: zij staat op elke brief over de casus.",
        )
    kan_nog = soort is Formuliersoort.MELDING and any(dossier.fase in m.van for m in tafel.meldingen)
    if not tafel.is_open(dossier.fase) and not kan_nog:
        fase = tafel.get_fase(dossier.fase)
        raise GebruikFout(
            f"Casus {code} is afgesloten ({fase.label if fase else dossier.fase}).",
            "Over een afgesloten casus wordt geen formulier meer aanvaard. Moet hij opnieuw besproken worden, laat hem "
            "dan opnieuw aanmelden.",
        )


def _check_van(settings: Settings, register: Register, code: str, van: str) -> None:
    """A form about a case tells that there is one."""
    partner, dossier = settings.werkmap.get_partner(van), register.get_dossier(code)
    if partner is None or dossier is None:
        return
    tafel, werkmap = settings.data.tafel, settings.werkmap
    uitsluiting = find_uitsluiting(dossier, tafel, werkmap, settings.vandaag)
    if is_kept_out(make_partner(partner, tafel, werkmap), uitsluiting, werkmap):
        raise GebruikFout(
            f"{partner.naam} werkt in casus {code} voor iemand die er niets van mag weten, en krijgt geen formulier.",
            "Met “overleg bekijk” ziet u waarom, en wat dat beëindigt.",
        )
    if has_stopped(van, dossier, tafel, werkmap):
        raise GebruikFout(
            f"{partner.naam} is volgens een melding niet langer bij casus {code} betrokken, en krijgt geen formulier.",
            "Vraag het formulier voor een andere partner.",
        )


def _suggest(getypt: str, bekend: Iterable[str]) -> str:
    lijkt = get_close_matches(getypt, list(bekend))
    return f"Bedoelde u {' of '.join(lijkt)}?" if lijkt else ""
