"""Who is kept out of a case whatever was flagged, and what the coordinator hears about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from schemas import kern
from schemas.aanmelding import TekstWaarde
from schemas.afscherming import Afscherming
from schemas.bevinding import Bevinding, Ernst
from schemas.deelbeeld import Ontvanger
from schemas.dossier import Dossier
from schemas.tafel import Tafel
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise
from schemas.uitsluiting import Uitsluiting, find_uitsluiting, list_afgeschermd, list_names, list_werkt_voor
from schemas.werkmap import Werkmap

from .recipients import AANMELDER, make_aanmelder


def is_kept_out(ontvanger: Ontvanger, uitsluiting: Uitsluiting, werkmap: Werkmap) -> bool:
    """Whether an afscherming keeps this recipient out of the case, by role, name, address or for whom he works.

    Two people with one name, and two partners with one mail address, cannot be told apart: then neither gets it.
    """
    partner = werkmap.get_partner(ontvanger.id)
    adressen = {ontvanger.email, *(persoon.email for persoon in (partner.personen if partner else ()))}
    return (
        bool(ontvanger.rollen & uitsluiting.rollen)
        or bool(ontvanger.ids & uitsluiting.helpers)
        or any(adres.strip().casefold() in uitsluiting.adressen for adres in adressen)
        or (partner is None and normalise(ontvanger.naam) in uitsluiting.personen)
    )


def list_namens(ontvanger: Ontvanger, dossier: Dossier, tafel: Tafel, werkmap: Werkmap) -> frozenset[str]:
    """The roles of people in this case for whom this recipient works; an aanmelder with his whole organisation."""
    namen = set(ontvanger.ids)
    if ontvanger.id.startswith(f"{AANMELDER} ") and ontvanger.email:
        for partner in werkmap.partners:
            if ontvanger.email.casefold() in {persoon.email.casefold() for persoon in partner.personen}:
                namen |= list_names(partner, tafel, werkmap)
    return list_werkt_voor(dossier, tafel, namen)


def find_afgeschermd(
    dossiers: Iterable[Dossier], data: Tafeldata, werkmap: Werkmap, vandaag: dt.date
) -> tuple[Bevinding, ...]:
    """Cases in which somebody may not know: what is held back from whom, why, and what ends it."""
    return tuple(
        bevinding
        for dossier in dossiers
        for afscherming in list_afgeschermd(dossier, data.tafel, vandaag)
        for bevinding in (
            Bevinding(
                code="afgeschermd",
                plaats=f"casus {dossier.code}",
                melding=f"Casus {dossier.code}: {describe_afscherming(afscherming, dossier, data, werkmap, vandaag)}",
                remedie=describe_einde(afscherming, data.tafel),
                ernst=Ernst.WAARSCHUWING,
            ),
            *_find_unknown(afscherming, dossier),
        )
    )


def describe_afscherming(
    afscherming: Afscherming, dossier: Dossier, data: Tafeldata, werkmap: Werkmap, vandaag: dt.date
) -> str:
    """What is held back from whom, in a few sentences for the coordinator alone."""
    tafel = data.tafel
    rollen = [rol.label.lower() for rol in tafel.rollen if rol.id in afscherming.rollen]
    uitsluiting = find_uitsluiting(dossier, tafel, werkmap, vandaag)
    partners = [partner.naam for partner in werkmap.partners if partner.id in uitsluiting.helpers]
    aanmelder = is_kept_out(make_aanmelder(dossier, tafel, werkmap), uitsluiting, werkmap)
    titels = [f"“{soort.titel}”" for soort in data.documenten if soort.id in afscherming.documenten]
    zinnen = [
        f"{afscherming.label}. Niets over deze casus vertrekt naar: {', '.join(rollen)}.",
        f"Ook niet naar wie in deze casus voor die persoon werkt: {', '.join(partners)}." if partners else "",
        _AANMELDER if aanmelder else "",
        f"Voor niemand gemaakt worden: {', '.join(titels)}." if titels else "",
        "In de exemplaren van de anderen is daar niets van te zien.",
    ]
    return " ".join(filter(None, zinnen))


def describe_einde(afscherming: Afscherming, tafel: Tafel) -> str:
    """What ends it."""
    meldingen = [f"“{soort.label}”" for soort in tafel.meldingen if soort.heft_op == afscherming.id]
    besluiten = [f"“{soort.label}”" for soort in tafel.besluiten if soort.heft_op == afscherming.id]
    wegen = [
        f"de melding {' of '.join(meldingen)}" if meldingen else "",
        f"het besluit {' of '.join(besluiten)}" if besluiten else "",
    ]
    return f"Dit eindigt met {' of '.join(filter(None, wegen))}."


def _find_unknown(afscherming: Afscherming, dossier: Dossier) -> Iterator[Bevinding]:
    """A service that works for one who may not know, under a name that no partner bears: it keeps nobody out."""
    naam, voor = kern.DIENST.split(".")[1], kern.WERKT_VOOR.split(".")[1]
    for rij in dossier.aanmelding.get_rijen(kern.DIENST.split(".")[0]):
        wie, wiens = rij.get(naam), rij.get(voor)
        vreemd = wie is not None and isinstance(wie.waarde, TekstWaarde) and wiens is not None
        if vreemd and wiens is not None and (wiens.waarde is None or wiens.has_optie(*afscherming.rollen)):
            yield Bevinding(
                code="dienst-niet-herkend",
                plaats=wie.plaats if wie is not None else "",
                melding=f"In casus {dossier.code} werkt misschien iemand voor wie van de aanmelding niets mag weten, "
                "onder een naam die geen partner van deze tafel heeft.",
                remedie="Kijk na of het een partner is onder een andere naam. Zet die naam dan bij zijn aliassen in "
                "werkmap.toml, en geef met een melding door voor wie hij werkt.",
                ernst=Ernst.WAARSCHUWING,
            )
            return


_AANMELDER = (
    "Ook de aanmelder krijgt geen brief: zijn organisatie of mailadres hoort bij wie voor die persoon werkt. "
    "Bel de aanmelder zelf."
)
