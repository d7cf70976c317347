"""Figures over a period: which period, what was told of it before, and the copies that are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pipeline.count import count_cijfers
from pipeline.errors import GebruikFout
from pipeline.register import Register
from pipeline.run.documents import make_deling
from pipeline.run.stuk import Stuk, revise_all
from pipeline.settings import Settings
from schemas.cijferoverzicht import Cijferoverzicht
from schemas.cijfers import Cijfers, Periode
from schemas.datum import format_datum
from schemas.verstrekking import Verstrekking


def choose_periode(settings: Settings, van: dt.date | None, tot: dt.date | None) -> tuple[Cijfers, Periode]:
    """The period from `van` to `tot`, or the last one that is over. Raises GebruikFout.

    Only whole periods, and none that still runs: from two overviews that overlap, one case could be worked out.
    """
    cijfers, vandaag = settings.data.tafel.cijfers, settings.vandaag
    if cijfers is None:
        raise GebruikFout(
            f"{settings.data.tafel.naam} telt niets.", "Zeg in tafel.toml, onder [cijfers], wat er geteld wordt."
        )
    vorige = cijfers.get_periode(cijfers.get_periode(vandaag).van - dt.timedelta(days=1))
    periode = cijfers.get_periode(van or tot or vorige.van)
    if (van or periode.van) != periode.van or (tot or periode.tot) != periode.tot:
        raise GebruikFout(
            f"Deze tafel telt per {cijfers.periode}, en enkel over een heel {cijfers.periode}.",
            f"Kies bijvoorbeeld: --van {periode.van} --tot {periode.tot}",
        )
    if periode.tot >= vandaag:
        raise GebruikFout(
            f"Deze periode loopt nog tot en met {format_datum(periode.tot)}; er wordt pas daarna geteld.",
            f"De laatste periode die voorbij is: --van {vorige.van} --tot {vorige.tot}",
        )
    return cijfers, periode


def recall_overzicht(verstrekkingen: Iterable[Verstrekking], periode: Periode) -> Cijferoverzicht | None:
    """What was told of this period before, or None. It never changes: from the difference a case could show.

    Raises GebruikFout when an overview was told of only a part of it, or of more.
    """
    van, tot = periode.van.isoformat(), periode.tot.isoformat()
    eerder = [v.beeld.cijfers for v in verstrekkingen if v.beeld.cijfers is not None]
    eerder = [overzicht for overzicht in eerder if overzicht.van <= tot and van <= overzicht.tot]
    anders = next((overzicht for overzicht in eerder if (overzicht.van, overzicht.tot) != (van, tot)), None)
    if anders is not None:
        raise GebruikFout(
            f"Over een deel van deze dagen is al geteld: van {anders.omschrijving}.",
            "Kies een periode die daar niet mee samenvalt; naast elkaar verraden twee overzichten een casus.",
        )
    return eerder[0] if eerder else None


def list_figure_copies(
    settings: Settings, register: Register, cijfers: Cijfers, periode: Periode
) -> tuple[Cijferoverzicht, list[Stuk]]:
    """The figures of this period, and all copies that their readers do not have yet."""
    deling = make_deling(settings, register)
    rollen = {partner.id: partner.rol for partner in settings.werkmap.partners}
    overzicht = recall_overzicht(register.list_verstrekkingen(), periode) or count_cijfers(
        deling.dossiers.values(), settings.data, rollen, cijfers, periode
    )
    stukken = [
        Stuk(f"{periode.tot.isoformat()} cijfers/{beeld.ontvanger.id}", beeld)
        for beeld in deling.share_cijfers(overzicht)
    ]
    return overzicht, revise_all(stukken, register)
