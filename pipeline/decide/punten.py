"""The row of one case on a decision form: a decision that can be taken, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.decide import texts
from pipeline.decide.stand import restore
from pipeline.decide.vervolg import Vervolg
from pipeline.decide.zitting import Zitting
from pipeline.rowcheck import find_unreadable, get_ids, is_answered, is_filled
from schemas import kern
from schemas.aanmelding import Rij
from schemas.bevinding import Bevinding, Ernst
from schemas.dossier import Dossier, GenomenBesluit
from schemas.tafel import Besluit, Veldeis

PUNTEN = kern.PUNT_CASUS.split(".")[0]


def _get_veld(vraag: str) -> str:
    return vraag.split(".")[1]


_EISEN = {
    Veldeis.ADVIES: _get_veld(kern.PUNT_ADVIES),
    Veldeis.REDEN: _get_veld(kern.PUNT_REDEN),
    Veldeis.PARTNER: _get_veld(kern.PUNT_PARTNER),
    Veldeis.OVERLEG_OP: _get_veld(kern.PUNT_OVERLEG_OP),
}
#: Fields of a GenomenBesluit, and the questions that fill them.
_TEKSTEN = {
    "advies": kern.PUNT_ADVIES,
    "reden": kern.PUNT_REDEN,
    "onveiligheid": kern.PUNT_ONVEILIGHEID,
    "geinformeerd": kern.PUNT_GEINFORMEERD,
    "stemt_in": kern.PUNT_STEMT_IN,
    "terugkoppeling": kern.PUNT_TERUGKOPPELING,
    "terugkoppeling_hoe": kern.PUNT_TERUGKOPPELING_HOE,
    "pistes": kern.PUNT_PISTES,
    "notitie": kern.PUNT_NOTITIE,
}
_NAMEN = {
    "partners": kern.PUNT_PARTNER,
    "ad_hoc": kern.PUNT_AD_HOC,
    "aanwezig": kern.PUNT_AANWEZIG,
    "terugkoppeling_wie": kern.PUNT_TERUGKOPPELING_WIE,
}
_NAAMVELDEN = tuple(_get_veld(vraag) for vraag in _NAMEN.values())
#: What stands in a row for nothing unless there is a decision; a note of the coordinator's own may stand alone.
_HOORT_BIJ_BESLUIT = tuple(
    _get_veld(vraag) for vraag in (*_TEKSTEN.values(), *_NAMEN.values()) if vraag != kern.PUNT_NOTITIE
)


@dataclass(frozen=True)
class Punt:
    """What a row says. `dossier` is the case as it stood before this overleg; None without a decision to apply."""

    code: str
    plaats: str
    dossier: Dossier | None = None
    besluit: GenomenBesluit | None = None
    bevindingen: tuple[Bevinding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether this row refuses the form."""
        return any(bevinding.ernst is Ernst.FOUT for bevinding in self.bevindingen)


@dataclass(frozen=True)
class Puntenlezer:
    """Reads the rows of a form with this number."""

    zitting: Zitting
    formuliernummer: str

    def read_row(self, nummer: int, rij: Rij) -> Punt:
        """One row, the `nummer`-th of the form."""
        code = rij.get_tekst(_get_veld(kern.PUNT_CASUS))
        plaats = self.zitting.describe_row(PUNTEN, nummer, code)
        dossier = self.zitting.agenda.get(code)
        if dossier is None:
            return Punt(code, plaats, bevindingen=(texts.refuse_not_on_agenda(plaats),))
        onleesbaar = tuple(find_unreadable(rij.antwoorden, plaats))
        besluit = self._get_besluit(rij)
        if besluit is None:
            return Punt(code, plaats, bevindingen=onleesbaar or (self._report_undecided(dossier, rij, plaats),))
        vorige = restore(dossier, self.zitting)
        bevindingen = (*onleesbaar, *self._check(vorige, besluit, rij, plaats))
        return Punt(code, plaats, vorige, self._make(besluit, rij), bevindingen)

    def _get_besluit(self, rij: Rij) -> Besluit | None:
        antwoord = rij.get(_get_veld(kern.PUNT_BESLUIT))
        eigen = self.zitting.list_besluiten()
        return next((b for b in eigen if antwoord is not None and antwoord.has_optie(b.id)), None)

    def _report_undecided(self, dossier: Dossier, rij: Rij, plaats: str) -> Bevinding:
        """No decision is allowed; what belongs to one means that it was forgotten."""
        antwoorden = (rij.get(veld) for veld in (*_HOORT_BIJ_BESLUIT, *self._vervolg.list_velden()))
        vergeten = next((a for a in antwoorden if a is not None and is_answered(a)), None)
        if vergeten is not None:
            return texts.refuse_forgotten(plaats, vergeten.label)
        return texts.tell_kept(plaats) if self.zitting.get_eerder(dossier) else texts.warn_undecided(plaats)

    def _check(self, vorige: Dossier | None, besluit: Besluit, rij: Rij, plaats: str) -> Iterator[Bevinding]:
        yield from (
            texts.refuse_incomplete(plaats, besluit, eis)
            for eis in besluit.vereist
            if not is_answered(rij.get(_EISEN[eis]))
        )
        yield from self._warn_open(rij, plaats)
        velden = (*_NAAMVELDEN, *self._vervolg.list_names())
        yield from self.zitting.namen.find_unknown(map(rij.get, velden), plaats)
        yield from self._check_signed(besluit, rij, plaats)
        yield from self._vervolg.check(vorige, besluit, rij, plaats)
        if vorige is None:
            yield texts.refuse_overtaken(plaats)
        elif besluit.van and vorige.fase not in besluit.van:
            yield self._refuse_from_fase(vorige.fase, besluit, plaats)
        elif lopend := self.zitting.find_running(besluit, vorige):
            yield texts.warn_early(plaats, besluit, *lopend)

    def _warn_open(self, rij: Rij, plaats: str) -> Iterator[Bevinding]:
        """What the form asks in this case and is blank: who tells the cliënt; and who sat at the table."""
        for vraag in self.zitting.formulier.vragen:
            if vraag.rubriek != PUNTEN or vraag.veld in _EISEN.values() or is_filled(rij.get(vraag.veld)):
                continue
            als = vraag.verplicht_als
            bepalend = rij.get(_get_veld(als.vraag)) if als else None
            if vraag.id == kern.PUNT_AANWEZIG:
                yield texts.warn_nobody_present(plaats, vraag.label)
            elif als and bepalend is not None and bepalend.has_optie(*als.is_een_van):
                yield texts.warn_open(plaats, vraag.label)

    def _check_signed(self, besluit: Besluit, rij: Rij, plaats: str) -> Iterator[Bevinding]:
        zitting = self.zitting
        opvolger = rij.get(_get_veld(kern.PUNT_PARTNER))
        if opvolger is not None and zitting.writes_to_named(besluit):
            for partner in zitting.namen.list_unsigned(get_ids(opvolger), zitting.vandaag):
                yield texts.refuse_unsigned_named(plaats, opvolger.label, partner.naam)
        if aanwezig := rij.get(_get_veld(kern.PUNT_AANWEZIG)):
            for partner in zitting.namen.list_unsigned(get_ids(aanwezig), zitting.datum):
                yield texts.refuse_unsigned_present(plaats, aanwezig.label, partner.naam, zitting.datum)
        if wie := rij.get(_get_veld(kern.PUNT_TERUGKOPPELING_WIE)):
            for partner in zitting.namen.list_unsigned(get_ids(wie), zitting.vandaag):
                yield texts.warn_unsigned_teller(plaats, wie.label, partner.naam)

    def _refuse_from_fase(self, fase_id: str, besluit: Besluit, plaats: str) -> Bevinding:
        fase = self.zitting.tafel.get_fase(fase_id)
        kan = [b.label for b in self.zitting.list_besluiten() if not b.van or fase_id in b.van]
        return texts.refuse_from_fase(plaats, besluit, fase.label if fase else fase_id, kan)

    def _make(self, besluit: Besluit, rij: Rij) -> GenomenBesluit:
        velden = {veld: rij.get_tekst(_get_veld(vraag)) for veld, vraag in _TEKSTEN.items()}
        namen = {veld: get_ids(rij.get(_get_veld(vraag))) for veld, vraag in _NAMEN.items()}
        vast = {
            "overleg": self.zitting.overleg.id,
            "datum": self.zitting.datum,
            "besluit": besluit.id,
            "formuliernummer": self.formuliernummer,
        }
        return GenomenBesluit.model_validate({**vast, **velden, **namen, **self._vervolg.build(rij)})

    @property
    def _vervolg(self) -> Vervolg:
        return Vervolg(self.zitting)
