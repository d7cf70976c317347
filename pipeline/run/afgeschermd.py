"""What was laid ready before somebody turned out to be kept out: the coordinator must not hand it over any more."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.register import Register
from pipeline.run.beelddelen import is_about
from pipeline.settings import Settings
from pipeline.share import find_afgeschermd, is_kept_out
from schemas.bevinding import Bevinding, Ernst
from schemas.dossier import Dossier
from schemas.tafel import Rolsoort
from schemas.uitsluiting import GEEN, Uitsluiting, find_uitsluiting
from schemas.verstrekking import Verstrekking


def report_afgeschermd(dossiers: Iterable[Dossier], settings: Settings, register: Register) -> tuple[Bevinding, ...]:
    """What is held back in these cases, why, and what ends it; and what still lies ready for who is kept out."""
    lijst = tuple(dossiers)
    gemeld = find_afgeschermd(lijst, settings.data, settings.werkmap, settings.vandaag)
    return (*gemeld, *(b for dossier in lijst for b in _find_waiting(dossier, settings, register)))


def _find_waiting(dossier: Dossier, settings: Settings, register: Register) -> tuple[Bevinding, ...]:
    uitsluiting = find_uitsluiting(dossier, settings.data.tafel, settings.werkmap, settings.vandaag)
    if uitsluiting == GEEN:
        return ()
    verzonden = register.list_verzendingen()
    mappen = {
        verstrekking.map
        for verstrekking in register.list_verstrekkingen()
        if (verstrekking.sleutel, verstrekking.versie) not in verzonden
        if is_about(verstrekking.beeld, dossier.code) and _is_out(verstrekking, uitsluiting, settings)
    }
    return tuple(_report(dossier.code, map_) for map_ in sorted(mappen))


def _is_out(verstrekking: Verstrekking, uitsluiting: Uitsluiting, settings: Settings) -> bool:
    ontvanger = verstrekking.beeld.ontvanger
    if ontvanger.rollen & set(settings.data.tafel.get_rollen_of_soort(Rolsoort.COORDINATOR)):
        return False
    houdt_tegen = verstrekking.documentsoort in uitsluiting.documenten
    return houdt_tegen or is_kept_out(ontvanger, uitsluiting, settings.werkmap)


def _report(code: str, map_: str) -> Bevinding:
    return Bevinding(
        code="afgeschermd-klaargezet",
        plaats=f"uit/{map_}",
        melding=f"Hier ligt nog een document over casus {code} klaar voor wie er niets van mag weten. Er is niet "
        "genoteerd dat het verstuurd is.",
        remedie="Verstuur het niet. Is het toch al weg, bespreek dan meteen met de aanmelder wat dat voor de "
        "veiligheid betekent.",
        ernst=Ernst.WAARSCHUWING,
    )
