"""The register built anew, when it is gone: every original is read again by the ordinary stages, as it came in.

What no form tells (codes, numbers, days, what lay ready and was handed over) comes from the sheets in `kenmerken/`;
where those say nothing it is guessed, and every guess is told. Made beside the register, and placed when it is whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.disk import sync_folder, translate_faults
from pipeline.errors import GebruikFout
from pipeline.register import (
    NAAM,
    Bouwregister,
    Herbouwing,
    Inzendingregel,
    Kenmerken,
    Kenmerkregel,
    Nummerregel,
    Register,
    RegisterFout,
    Uitkomst,
    read_kenmerken,
)
from pipeline.register.rows import parse_row
from pipeline.run.herlees import Herlezer, list_originelen
from pipeline.run.herstel import copy_aside
from pipeline.run.manifests import list_heads, verify_manifests
from pipeline.settings import Settings
from schemas.base import Model
from schemas.bevinding import Bevinding, Ernst

BOUWMAP = ".herbouw"
_NOOIT = "0" * 64


class Herbouw(Model):
    """What came back, where the former register lies, and what a person should look at."""

    opzij: str  #: "" when there was no register any more
    casussen: int
    formulieren: int
    exemplaren: int
    verzonden: int
    nieuwe_codes: tuple[str, ...]  #: cases whose former code is not known
    kenmerken: bool  #: whether anything was kept beside the register
    bevindingen: tuple[Bevinding, ...]


@dataclass
class _Bouw:
    settings: Settings
    kenmerken: Kenmerken
    bevindingen: list[Bevinding] = field(default_factory=list)

    def fill(self, register: Bouwregister) -> tuple[Herlezer, Herbouwing]:
        """Everything that comes back, in one transaction."""
        bladen, map_ = self.kenmerken.bladen, self.settings.map
        originelen = list_originelen(map_, self.kenmerken, self.settings.vandaag)
        hoofden = list_heads(map_)
        herbouwing = Herbouwing(
            op=self.settings.vandaag,
            hoofd=bladen[-1].hoofd if bladen else hoofden[-1] if hoofden else _NOOIT,
            hoofden=tuple(dict.fromkeys((*hoofden, *(blad.hoofd for blad in bladen)))),
            formulieren=len(originelen),
        )
        geheel = [r for r in self.kenmerken.list_geheel() if r.betreft.startswith("dossier ") or _is_read(r)]
        al = frozenset(r.betreft.partition(" ")[2] for r in geheel)
        lezer = Herlezer(self.settings, register, [o for o in originelen if o.sha256 not in al], al)
        with register.transaction():
            geheim, getrokken = (bladen[-1].geheim, bladen[-1].getrokken) if bladen else ("", 0)
            register.begin(herbouwing, geheim, getrokken)
            register.offer(parse_row(Nummerregel, r.inhoud) for r in self.kenmerken.list_regels("nummer"))
            for regel in geheel:
                register.put_row(regel)
            # First, for a list of what was handed over speaks of them.
            self._put_rows(register, "verstrekking")
            self.bevindingen += lezer.read_all(self.kenmerken)
            register.settle_nummers(lezer.gelezen)
            self._put_rows(register, "verzending", "vernietiging")
            self._put_refused(register)
        return lezer, herbouwing

    def _put_rows(self, register: Bouwregister, *soorten: str) -> None:
        for soort in soorten:
            for regel in self.kenmerken.list_regels(soort):
                register.put_row(regel)

    def _put_refused(self, register: Bouwregister) -> None:
        for regel in self.kenmerken.list_regels("inzending"):
            if not _is_read(regel):
                register.put_row(regel)


def _is_read(regel: Kenmerkregel) -> bool:
    """Whether this is the row of a form that was taken in."""
    if not regel.betreft.startswith("inzending "):
        return False
    return parse_row(Inzendingregel, regel.inhoud).uitkomst is Uitkomst.VERWERKT


def rebuild(settings: Settings) -> Herbouw:
    """Build the register anew from `archief/`, `kenmerken/` and the manifests in `uit/`, and put it in its place.

    The former one stays beside it, whatever state it is in. Raises GebruikFout when the register is in order, and
    SchijfFout, RegisterFout; then nothing was changed.
    """
    werkplaats = settings.map / BOUWMAP
    _clear(werkplaats)
    _refuse_healthy(settings.map, werkplaats)
    kenmerken = read_kenmerken(settings.map)
    bouw = _Bouw(settings, kenmerken, [_report_sheet(plaats) for plaats in kenmerken.onleesbaar])
    with translate_faults(werkplaats):
        werkplaats.mkdir()
    with Bouwregister.open(werkplaats) as register:
        lezer, herbouwing = bouw.fill(register)
        if register.verify():
            raise RegisterFout("Het opnieuw opgebouwde register klopt niet; er is niets gewijzigd.", "Vraag hulp.")
        bevindingen = [*bouw.bevindingen, *verify_manifests(settings.map, register)]
        gemaakt = Herbouw(
            opzij="",
            casussen=len(register.list_dossiers()),
            formulieren=herbouwing.formulieren,
            exemplaren=len(register.list_verstrekkingen()),
            verzonden=len(register.list_verzendingen()),
            nieuwe_codes=tuple(lezer.nieuwe_codes),
            kenmerken=bool(kenmerken.bladen),
            bevindingen=tuple(bevindingen),
        )
    opzij = _place(werkplaats / NAAM, settings)
    _clear(werkplaats)
    with Register.open(settings.map) as register_:
        register_.backup(settings.vandaag)
    return gemaakt.model_copy(update={"opzij": opzij})


def _refuse_healthy(werkmap: Path, werkplaats: Path) -> None:
    if not (werkmap / NAAM).exists():
        return
    # In a copy: opening would already roll back, or throw away, the journal of a run that was killed.
    with translate_faults(werkplaats):
        werkplaats.mkdir()
        for pad in werkmap.glob(f"{NAAM}*"):
            shutil.copyfile(pad, werkplaats / pad.name)
    try:
        with Register.open(werkplaats, alleen_lezen=True) as register:
            heel = not register.verify()
    except RegisterFout:  # damaged: that is why she is here
        heel = False
    _clear(werkplaats)
    if heel:
        raise GebruikFout(
            "Het register is in orde; er is niets gewijzigd.",
            f"Kijk met “overleg controle”. Wilt u het toch opnieuw opbouwen, geef {NAAM} dan eerst een andere naam.",
        )


def _place(nieuw: Path, settings: Settings) -> str:
    """One rename: at no moment is there no register, or half of one."""
    register = settings.map / NAAM
    opzij = copy_aside(register, settings.vandaag)
    with translate_faults(register):
        # The journal belongs to the register that went aside; SQLite would play it into the new one.
        register.with_name(f"{NAAM}-journal").unlink(missing_ok=True)
        nieuw.replace(register)
        sync_folder(settings.map)
    return opzij


def _clear(werkplaats: Path) -> None:
    with translate_faults(werkplaats):
        if werkplaats.exists():
            shutil.rmtree(werkplaats)


def _report_sheet(plaats: str) -> Bevinding:
    return Bevinding(
        code="kenmerken-onleesbaar",
        plaats=plaats,
        melding="Dit bestand is beschadigd; wat erin stond over codes, nummers en pakketten, is niet teruggekomen.",
        remedie="Hebt u een kopie van deze map, zet het bestand terug en bouw het register opnieuw op.",
        ernst=Ernst.FOUT,
    )


def describe_lost(herbouw: Herbouw) -> Iterable[str]:
    """What no archive can bring back, in sentences."""
    yield "Uw antwoorden van “overleg nazicht” zijn weg: het programma stelt die vragen opnieuw."
    if not herbouw.kenmerken:
        yield "Wat klaargezet en verzonden werd, is niet bekend: kijk in “uit” en in uw mail voor u iets verstuurt."
    if herbouw.nieuwe_codes:
        codes = ", ".join(herbouw.nieuwe_codes)
        yield f"De vroegere code was niet bekend van: {codes}. Op oudere documenten staat een andere code."
    yield "Alles werd gelezen met de werkmap.toml en de tafelgegevens van nu: wat daar gewijzigd is, telt mee."
    yield "Wachtwoorden staan niet in het register: die bleven waar ze waren."
