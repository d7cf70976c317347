"""A message with forms in it: each form is taken in by itself, then the message goes to the archive, or to quarantine.

A message with a form that was refused goes to quarantine whole; the forms that were taken in are in the archive by
themselves, and known when the message is dropped again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.disk import SchijfFout, hash_bytes
from pipeline.errors import InvoerFout
from pipeline.inbox import Binnengekomen, archive
from pipeline.read import Bericht, Bijlage
from pipeline.register import Uitkomst
from pipeline.run.results import Formulierresultaat, Lot
from pipeline.run.uitslag import Uitslag, make_refusal, refuse
from schemas.bevinding import Bevinding, Ernst

if TYPE_CHECKING:
    from pipeline.run.intake import Intake

#: what says that a file is no form at all: something that went along with one
_NO_FORM = ("geen-formulier", "bestand-geen-formulier")


@dataclass
class Berichtintake:
    """Takes in one message."""

    intake: Intake
    binnen: Binnengekomen
    bericht: Bericht
    _taken: list[Formulierresultaat] = field(default_factory=list, init=False)
    _refused: list[tuple[str, Uitslag]] = field(default_factory=list, init=False)
    _anoniem: bool = field(default=False, init=False)

    def take(self) -> tuple[Formulierresultaat, ...]:
        """Handle every form, then the message. Safe to run again after a kill at any point."""
        for bijlage in self.bericht.bijlagen:
            self._take_part(bijlage)
        if any(item.lot is Lot.BLIJFT for item in self._taken):
            return tuple(self._taken)
        try:
            return self._finish()
        except SchijfFout as fout:
            bevinding = make_refusal("schijf", fout.melding, fout.remedie)
            blijft = Formulierresultaat(bestand=self.binnen.naam, lot=Lot.BLIJFT, bevindingen=(bevinding,))
            return (*self._taken, blijft)

    def _take_part(self, bijlage: Bijlage) -> None:
        deel = Binnengekomen(
            naam=f"{bijlage.naam} (in {self.binnen.naam})",
            pad=self.binnen.pad,
            inhoud=bijlage.inhoud,
            sha256=hash_bytes(bijlage.inhoud),
            bijlage=True,
        )
        bekend = self.intake.find_known(deel)
        if bekend:
            eerder = self.intake.register.get_inzending(deel.sha256)
            self._anoniem |= eerder is not None and not eerder.bestand  # only an anonymous form is kept without a name
            self._taken += bekend
            return
        try:
            uitslag = self.intake.judge(self.intake.lezer.read_attached(deel.naam, bijlage))
        except InvoerFout as fout:
            uitslag = refuse(fout.bevinding)
        self._anoniem |= uitslag.anoniem
        if uitslag.lot is Lot.QUARANTAINE:
            self._refused.append((bijlage.naam, uitslag))
        else:
            self._taken.append(self.intake.settle(deel, uitslag))

    def _finish(self) -> tuple[Formulierresultaat, ...]:
        meegestuurd = all(b.code in _NO_FORM for _, uitslag in self._refused for b in uitslag.bevindingen)
        if not self._taken or not meegestuurd:
            bevindingen = [self._place(naam, b) for naam, uitslag in self._refused for b in uitslag.bevindingen]
            weigering = Uitslag(Lot.QUARANTAINE, bevindingen=bevindingen, anoniem=self._anoniem)
            return (*self._taken, self.intake.quarantine(self.binnen, weigering))
        self._keep()
        eerste = self._taken[0]
        bevindingen = [*eerste.bevindingen, *self._report_rest(), *self.intake.remove(self.binnen)]
        return (eerste.model_copy(update={"bevindingen": tuple(bevindingen)}), *self._taken[1:])

    def _keep(self) -> None:
        """Archive the message; it belongs to a case when all of its forms do."""
        if self.intake.settings.proef:
            return
        archive(self.intake.settings.map, self.binnen)
        codes = {item.casuscode for item in self._taken}
        code = next(iter(codes)) if len(codes) == 1 else ""
        with self.intake.register.transaction():
            self.intake.add_inzending(self.binnen, Uitkomst.VERWERKT, code, self._anoniem)

    def _report_rest(self) -> list[Bevinding]:
        namen = [naam for naam, _ in self._refused] + list(self.bericht.overige)
        gemeld = []
        if namen:
            gemeld.append(
                _report(
                    "bijlage-niet-gelezen",
                    f"Bij het bericht zat ook: {'; '.join(namen)}. Dat is geen formulier en is niet gelezen.",
                    "Lees het in het bericht zelf; het ligt in de map “archief”.",
                )
            )
        if self._anoniem:
            gemeld.append(
                _report(
                    "bericht-bij-anoniem",
                    "Deze anonieme aanmelding kwam in een e-mail, en die ligt ongelezen in de map “archief”.",
                    "Kijk in uw mailprogramma of er een naam in het bericht staat. Is dat zo, wis het dan op beide "
                    "plaatsen; de aanmelding zelf blijft.",
                )
            )
        return gemeld

    def _place(self, naam: str, bevinding: Bevinding) -> Bevinding:
        waar = naam if not bevinding.plaats or naam in bevinding.plaats else f"{naam}, {bevinding.plaats}"
        return bevinding.model_copy(update={"plaats": waar})


def _report(code: str, melding: str, remedie: str) -> Bevinding:
    return Bevinding(code=code, plaats="", melding=melding, remedie=remedie, ernst=Ernst.WAARSCHUWING)
