"""Checks a werkmap.toml against its table: roles, meetings, municipalities, and names that leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas.fouttekst import find_ambiguous, find_unknown, join_values
from schemas.tafel import Rolsoort, Tafel
from schemas.tekst import normalise
from schemas.werkmap import Partner, Werkmap

#: Kinds of role that a partner can have; the aanmelder and the betrokkenen come from the forms.
PARTNERSOORTEN = (Rolsoort.COORDINATOR, Rolsoort.TRIAGE, Rolsoort.VAST, Rolsoort.AD_HOC)
_BEZET = (Rolsoort.TRIAGE, Rolsoort.VAST)  # without a partner these would silently get nothing
_UUR, _MINUTEN = 24, 60
_ID_TEKENS = 40
#: An id becomes the name of a folder, and Windows gives these to devices.
_APPARAAT = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")


def check_werkmap(werkmap: Werkmap, tafel: Tafel) -> tuple[str, ...]:
    """All faults of a werkmap.toml that loaded, each a sentence that begins with the key."""
    fouten: list[str] = []
    if werkmap.tafel != tafel.id:
        fouten.append(f'sleutel tafel: hier staat "{werkmap.tafel}", maar de tafel is "{tafel.id}".')
    fouten.extend(_check_overleggen(werkmap, tafel))
    fouten.extend(check_partners(werkmap.partners, tafel))
    fouten.extend(_check_bezetting(werkmap, tafel))
    fouten.extend(_check_namen(werkmap, tafel))
    fouten.extend(_check_adressen(werkmap))
    for rol in tafel.rollen:  # a town may have a sociaal huis and a bestuur, each in its own role
        eigen = [partner for partner in werkmap.partners if partner.rol == rol.id]
        gemeenten = ((gemeente, partner.id) for partner in eigen for gemeente in partner.gemeenten)
        fouten.extend(find_ambiguous("sleutel partner > gemeenten", "partner", gemeenten))
    return tuple(fouten)


def check_partners(partners: Iterable[Partner], tafel: Tafel) -> tuple[str, ...]:
    """The faults of each partner by itself, also of a werkmap.toml that does not load as a whole."""
    return tuple(fout for partner in partners for fout in _check_partner(partner, tafel))


def _check_overleggen(werkmap: Werkmap, tafel: Tafel) -> Iterator[str]:
    bekend = [overleg.id for overleg in tafel.overleggen]
    yield from find_unknown("sleutel overleg", "het overleg", werkmap.overleg, bekend)
    for overleg_id in bekend:
        if overleg_id not in werkmap.overleg:
            yield f"het blok [overleg.{overleg_id}] ontbreekt: waar en wanneer komt dit overleg samen?"
    for overleg_id, gegevens in werkmap.overleg.items():
        uur, minuten = (int(deel) for deel in re.split(r"[.:u]", gegevens.uur))
        if uur >= _UUR or minuten >= _MINUTEN:
            yield f"sleutel overleg.{overleg_id}.uur: dit uur bestaat niet; schrijf bijvoorbeeld 9.30."


def _check_partner(partner: Partner, tafel: Tafel) -> Iterator[str]:
    waar = f'partner "{partner.id}"'
    rollen = tafel.get_rollen_of_soort(*PARTNERSOORTEN)
    yield from find_unknown(f"{waar}, sleutel rol", "de rol", [partner.rol], rollen)
    yield from find_unknown(f"{waar}, sleutel gemeenten", "de gemeente", partner.gemeenten, tafel.gemeenten)
    if partner.id in tafel.get_rollen_of_soort(Rolsoort.COORDINATOR):
        yield f"{waar}: kies een andere id; onder deze krijgt u zelf, als contact van de tafel, uw documenten."
    if len(partner.id) > _ID_TEKENS or _APPARAAT.fullmatch(partner.id):
        yield f"{waar}: kies een andere id, van hoogstens {_ID_TEKENS} tekens; onder deze kan geen map gemaakt worden."
    rol = tafel.get_rol(partner.rol)
    if rol is None:
        return
    if rol.volgens_woonplaats and not partner.gemeenten:
        yield f'{waar}: de sleutel "gemeenten" ontbreekt; de rol "{rol.id}" krijgt de casussen van zijn gemeenten.'
    if partner.gemeenten and not rol.volgens_woonplaats:
        yield f'{waar}: de sleutel "gemeenten" hoort niet bij de rol "{rol.id}", die alle casussen krijgt.'


def _check_bezetting(werkmap: Werkmap, tafel: Tafel) -> Iterator[str]:
    bezet = {partner.rol for partner in werkmap.partners}
    for rol in tafel.get_rollen_of_soort(*_BEZET):
        if rol not in bezet:
            yield f'er is geen partner met de rol "{rol}"; voeg een blok [[partner]] toe.'


def _check_namen(werkmap: Werkmap, tafel: Tafel) -> Iterator[str]:
    namen = [(naam, p.id) for p in werkmap.partners for naam in (p.id, p.naam, *p.aliassen)]
    yield from find_ambiguous("sleutel partner", "partner", namen)
    rollen = {normalise(naam): rol.id for rol in tafel.rollen for naam in (rol.id, rol.label, *rol.aliassen)}
    for partner in werkmap.partners:
        if tafel.get_rol(partner.rol) is None:
            continue
        for naam in (partner.id, partner.naam, *partner.aliassen):
            rol = rollen.get(normalise(naam), partner.rol)
            if rol != partner.rol:
                yield f'partner "{partner.id}": de naam "{naam}" is aan deze tafel die van de rol "{rol}".'


def _check_adressen(werkmap: Werkmap) -> Iterator[str]:
    """Whoever reads one mailbox reads all that goes there: of two partners neither may get what is for the other."""
    per_adres: dict[str, dict[str, None]] = {}
    for partner in werkmap.partners:
        for persoon in partner.personen:
            per_adres.setdefault(persoon.email.lower(), {})[partner.id] = None
    for adres, partners in per_adres.items():
        if len(partners) > 1:
            yield (
                f"partner {join_values(partners)}: zij hebben samen het mailadres {adres}. Wie het ene pakket krijgt, "
                "leest dan ook het andere. Geef elk een eigen adres, of maak er één partner van."
            )
