"""Looks a werkmap over: register and chain, manifests, delivered files, originals, backups, computer. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.disk import hash_file, translate_faults
from pipeline.pdf import choose_engine
from pipeline.register import Herbouwing, Register, RegisterFout, list_copies, open_reserve, read_kenmerken
from pipeline.run.machine import describe_place, find_conflicts, iterate_facts
from pipeline.run.manifests import verify_manifests
from pipeline.settings import Settings
from schemas.base import Model
from schemas.bevinding import Bevinding, Ernst
from schemas.datum import format_datum

_TERUG = "Kijk of iemand het verplaatste of wijzigde. Wat verstuurd is, blijft geldig zoals het in het register staat."
_KOPIEEN = 14
_SOM = 12  # as in the names of the copies


class Controleregel(Model):
    """One thing that was looked at. `in_orde` is None for what cannot be known here."""

    onderdeel: str
    stand: str
    in_orde: bool | None


class Controle(Model):
    """What was looked at, and what a person should look at."""

    regels: tuple[Controleregel, ...]
    bevindingen: tuple[Bevinding, ...]


def check_werkmap(settings: Settings) -> Controle:
    """Look the werkmap over. Nothing is written. Raises RegisterFout when there is no register to read, SchijfFout."""
    with Register.open(settings.map, alleen_lezen=True) as register:
        keten, herbouwing = register.verify(), register.get_herbouwing()
        manifesten = verify_manifests(settings.map, register)
        bestanden = tuple(_check_delivered(settings.map, register))
    origineel = tuple(_check_originals(settings.map))
    kopieen, over_kopieen = _check_copies(settings.map)
    kenmerken = tuple(map(_report_sheet, read_kenmerken(settings.map).onleesbaar))
    plaats = tuple(_check_place(settings.map))
    regels = [
        _make_regel("Register en keten", keten, "sluitend"),
        *([_describe_rebuilt(herbouwing)] if herbouwing else []),
        _make_regel("Manifesten", manifesten, "elk pakket staat in het register"),
        _make_regel("Klaargezette bestanden", bestanden, "elk bestand is nog zoals het gemaakt werd"),
        _make_regel("Originelen in archief", origineel, "elk origineel is ongewijzigd"),
        Controleregel(onderdeel="Reservekopieën", stand=kopieen, in_orde=not over_kopieen),
        _make_regel("Kenmerken naast het register", kenmerken, "leesbaar; daarmee kan het register herbouwd worden"),
        _make_regel("Plaats van de werkmap", plaats, "een gewone map, zonder conflictkopieën"),
        Controleregel(onderdeel="PDF-motor", stand=choose_engine().naam, in_orde=True),
        *(Controleregel(onderdeel=o, stand=stand, in_orde=goed) for o, stand, goed in iterate_facts(settings.map)),
    ]
    alles = (*keten, *manifesten, *bestanden, *origineel, *over_kopieen, *kenmerken, *plaats)
    return Controle(regels=tuple(regels), bevindingen=alles)


def _describe_rebuilt(herbouwing: Herbouwing) -> Controleregel:
    return Controleregel(
        onderdeel="Herkomst van het register",
        stand=f"op {format_datum(herbouwing.op)} opnieuw opgebouwd uit {herbouwing.formulieren} originelen; "
        f"het vorige eindigde op {herbouwing.hoofd[:_SOM]}",
        in_orde=True,
    )


def _make_regel(onderdeel: str, bevindingen: tuple[Bevinding, ...], goed: str) -> Controleregel:
    aantal = len(bevindingen)
    stand = goed if not aantal else "1 opmerking" if aantal == 1 else f"{aantal} opmerkingen"
    return Controleregel(onderdeel=onderdeel, stand=stand, in_orde=not aantal)


def _check_delivered(werkmap: Path, register: Register) -> Iterator[Bevinding]:
    """Each file once, of however many copies it is; what went with a destroyed case should be gone."""
    vernietigd = {som for vernietiging in register.list_vernietigingen() for som in vernietiging.bestanden}
    sommen = {f"uit/{v.map}/{b.naam}": b.sha256 for v in register.list_verstrekkingen() for b in v.bestanden}
    for plaats, som in sommen.items():
        pad = werkmap / plaats
        with translate_faults(pad):
            if pad.is_file() and hash_file(pad) != som:
                yield _warn("bestand-gewijzigd", plaats, "Dit bestand is gewijzigd nadat het klaargezet werd.")
            elif not pad.is_file() and som not in vernietigd:
                yield _warn("bestand-weg", plaats, "Dit klaargezette bestand staat er niet meer.")


def _check_originals(werkmap: Path) -> Iterator[Bevinding]:
    for pad in sorted((werkmap / "archief").glob("*.*")):
        with translate_faults(pad):
            if pad.is_file() and hash_file(pad) != pad.name.partition(".")[0]:
                yield _warn("origineel-gewijzigd", f"archief/{pad.name}", "Dit origineel is niet meer wat binnenkwam.")


def _check_copies(werkmap: Path) -> tuple[str, tuple[Bevinding, ...]]:
    kopieen = list_copies(werkmap)
    if not kopieen:
        return "nog geen; na de eerste verwerking is er een", ()
    nieuwste = kopieen[-1]
    try:
        with open_reserve(nieuwste) as kopie:
            fouten = kopie.verify()
    except RegisterFout as fout:
        fouten = (_warn("kopie-onleesbaar", f"reserve/{nieuwste.name}", fout.melding),)
    return f"{len(kopieen)} van de laatste {_KOPIEEN}; de nieuwste is {nieuwste.name}", tuple(fouten)


def _report_sheet(plaats: str) -> Bevinding:
    return Bevinding(
        code="kenmerken-onleesbaar",
        plaats=plaats,
        melding="Dit bestand is beschadigd. Ging het register verloren, dan kwam een deel ervan niet terug.",
        remedie="Haal het terug uit een kopie van uw organisatie.",
        ernst=Ernst.WAARSCHUWING,
    )


def _check_place(werkmap: Path) -> Iterator[Bevinding]:
    for naam in find_conflicts(werkmap):
        yield Bevinding(
            code="conflictkopie",
            plaats=naam,
            melding="Dit lijkt een conflictkopie van een synchronisatieprogramma: twee computers werkten tegelijk.",
            remedie="Werk met één computer tegelijk. Zet de kopie apart, kijk met “overleg controle” of alles klopt, "
            "en verwerk pas daarna verder.",
            ernst=Ernst.WAARSCHUWING,
        )
    if reden := describe_place(werkmap):
        yield Bevinding(
            code="gedeelde-plaats",
            plaats=str(werkmap),
            melding=f"{reden} Het programma houdt rekening met één gebruiker tegelijk, maar een tweede computer kan "
            "het register toch dubbel bewaren.",
            remedie="Wacht na elke opdracht tot alles gesynchroniseerd is voor iemand op een andere computer werkt.",
            ernst=Ernst.INFO,
        )


def _warn(code: str, plaats: str, melding: str) -> Bevinding:
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=_TERUG, ernst=Ernst.WAARSCHUWING)
