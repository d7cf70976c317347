"""The way back: a copy from `reserve/` in the place of the register, and what came after it named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.disk import translate_faults, write_atomic
from pipeline.errors import GebruikFout
from pipeline.register import NAAM, Register, RegisterFout, list_copies, open_reserve
from pipeline.run.manifests import verify_manifests
from schemas.base import Model
from schemas.bevinding import Bevinding


class Herstel(Model):
    """What was put back, where the former register lies, and what the copy does not know."""

    kopie: str
    opzij: str  #: "" when there was no register any more
    casussen: int
    later: tuple[Bevinding, ...]  #: packages that the copy does not know: they were made after it


def choose_copy(werkmap: Path, naam: str | None) -> Path:
    """The copy that was asked for, else the newest. Raises GebruikFout with what there is."""
    kopieen = list_copies(werkmap)
    if not kopieen:
        raise GebruikFout("Er zijn geen reservekopieën in de map “reserve”.", _NIETS)
    if naam is None:
        return kopieen[-1]
    gekozen = next((pad for pad in kopieen if pad.name == Path(naam).name), None)
    if gekozen is None:
        namen = ", ".join(pad.name for pad in kopieen)
        raise GebruikFout(f"De kopie {naam} staat niet in de map “reserve”.", f"Kies uit: {namen}.")
    return gekozen


_NIETS = (
    "Zet een reservekopie van uw organisatie terug. Is er geen, bouw het register dan opnieuw op uit “archief”: "
    "overleg herstel MAP --uit-archief"
)


def restore(werkmap: Path, kopie: Path, vandaag: dt.date) -> Herstel:
    """Put this copy back. The former register stays beside it, whatever state it is in.

    Raises RegisterFout when the copy is damaged or is that of another werkmap; then nothing was changed.
    """
    _check_copy(werkmap, kopie)
    register = werkmap / NAAM
    opzij = _set_aside(register, vandaag)
    with translate_faults(register):
        write_atomic(register, kopie.read_bytes())
    with Register.open(werkmap, alleen_lezen=True) as terug:
        return Herstel(
            kopie=kopie.name,
            opzij=opzij,
            casussen=len(terug.list_dossiers()),
            later=verify_manifests(werkmap, terug),
        )


def _check_copy(werkmap: Path, kopie: Path) -> None:
    with open_reserve(kopie) as inhoud:
        if inhoud.verify():
            raise RegisterFout(f"De kopie {kopie.name} is beschadigd; er is niets gewijzigd.", "Kies een oudere kopie.")
        geheim = inhoud.get_mark()
    try:
        with Register.open(werkmap, alleen_lezen=True) as nu:
            eigen = nu.get_mark()
    except RegisterFout:  # gone or damaged: that is why she is here
        return
    if eigen != geheim:
        raise RegisterFout(
            f"De kopie {kopie.name} is van een andere werkmap; er is niets gewijzigd.",
            "Kies een kopie die in deze werkmap gemaakt werd.",
        )


def _set_aside(register: Path, vandaag: dt.date) -> str:
    if not register.exists():
        return ""
    opzij = _choose_aside(register, vandaag)
    with translate_faults(register):
        register.replace(opzij)
        dagboek = register.with_name(f"{register.name}-journal")
        if dagboek.exists():  # it belongs to the register that goes aside, not to the copy that comes
            dagboek.replace(opzij.with_name(f"{opzij.name}-journal"))
    return opzij.name


def copy_aside(register: Path, vandaag: dt.date) -> str:
    """Copy the register and its journal to a free name beside them; "" when there is none. Raises SchijfFout."""
    if not register.exists():
        return ""
    opzij = _choose_aside(register, vandaag)
    with translate_faults(register):
        dagboek = register.with_name(f"{register.name}-journal")
        if dagboek.exists():
            write_atomic(opzij.with_name(f"{opzij.name}-journal"), dagboek.read_bytes())
        write_atomic(opzij, register.read_bytes())
    return opzij.name


def _choose_aside(register: Path, vandaag: dt.date) -> Path:
    for nummer in range(1, 1000):
        opzij = register.with_name(f"voor-herstel-{vandaag.isoformat()}-{nummer}.bak")
        if not opzij.exists():
            return opzij
    raise GebruikFout("Er staan te veel oude registers in de werkmap.", "Verplaats de bestanden voor-herstel-*.bak.")
