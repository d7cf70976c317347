"""One file of `in/` through read, validate, check and register; or to quarantine with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from pipeline.check import check_aanmelding, note_afscherming
from pipeline.disk import SchijfFout
from pipeline.errors import InvoerFout
from pipeline.inbox import Binnengekomen, archive, quarantine, remove
from pipeline.inspect import inspect_aanmelding
from pipeline.intake import Opname, take_in
from pipeline.read import Bericht, Lezer, make_safe_lezer
from pipeline.register import Inzendingregel, Register, Uitkomst
from pipeline.run.afgeschermd import report_afgeschermd
from pipeline.run.bekenden import Bekenden, draw_free_code
from pipeline.run.bericht import Berichtintake
from pipeline.run.besluitintake import Besluitintake
from pipeline.run.casusformulieren import Casusintake
from pipeline.run.results import Formulierresultaat, Lot
from pipeline.run.uitslag import Uitslag, make_refusal, refuse
from pipeline.run.verzendintake import Verzendintake, is_verzendlijst
from pipeline.settings import Settings
from pipeline.validate import Herkenning, is_own_document, recognise_formulier, validate_formulier
from schemas.aanmelding import Status, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.deling import Vlag
from schemas.dossier import Ontvangstsoort
from schemas.formulier import CASUSFORMULIEREN, Formulier, Formuliersoort
from schemas.inzending import RuwFormulier

_LOT = {
    Ontvangstsoort.AANMELDING: Lot.GEREGISTREERD,
    Ontvangstsoort.AANVULLING: Lot.AANGEVULD,
    Ontvangstsoort.CORRECTIE: Lot.VERVANGEN,
}


@dataclass(frozen=True)
class Intake:
    """Takes in files of one werkmap."""

    settings: Settings
    register: Register
    lezer: Lezer = field(default_factory=make_safe_lezer)
    bekenden: Bekenden = field(default_factory=Bekenden)  #: shared by who takes in files one by one

    def take_file(self, binnen: Binnengekomen) -> tuple[Formulierresultaat, ...]:
        """Handle one file completely: afterwards it is registered and archived, or in quarantine.

        One result, or one for each form in a message.
        """
        return self.read_file(binnen)()

    def read_file(self, binnen: Binnengekomen) -> Callable[[], tuple[Formulierresultaat, ...]]:
        """Read one file, and write nothing: what it returns handles it completely once it is called.

        From then on the reader is free for another file.
        """
        bekend = self._get_known(binnen)
        if bekend is not None:
            return partial(self._report_known, binnen, bekend)
        try:
            gelezen = self.lezer.read(binnen.naam, binnen.inhoud)
        except InvoerFout as fout:
            weigering = refuse(fout.bevinding)
            return lambda: (self.settle(binnen, weigering),)
        if isinstance(gelezen, Bericht):
            return Berichtintake(self, binnen, gelezen).take
        return lambda: (self.settle(binnen, self.judge(gelezen)),)

    def begin_reading(self, binnen: Binnengekomen) -> None:
        """Have the reader look at a file ahead of its turn, unless what it holds was taken in before."""
        if self._get_known(binnen) is None:
            self.lezer.begin(binnen.naam, binnen.inhoud)

    def find_known(self, binnen: Binnengekomen) -> tuple[Formulierresultaat, ...]:
        """What to tell of a file with this content that was taken in before, and it leaves `in/`; else nothing."""
        bekend = self._get_known(binnen)
        return () if bekend is None else self._report_known(binnen, bekend)

    def _get_known(self, binnen: Binnengekomen) -> Inzendingregel | None:
        regel = self.register.get_inzending(binnen.sha256)
        return regel if regel is not None and regel.uitkomst is Uitkomst.VERWERKT else None

    def _report_known(self, binnen: Binnengekomen, bekend: Inzendingregel) -> tuple[Formulierresultaat, ...]:
        bevindingen = tuple(self.remove(binnen))
        resultaat = Formulierresultaat(
            bestand=binnen.naam, lot=Lot.AL_VERWERKT, casuscode=bekend.casuscode, bevindingen=bevindingen
        )
        return (resultaat,)

    def settle(self, binnen: Binnengekomen, uitslag: Uitslag) -> Formulierresultaat:
        """Write what a file leads to."""
        try:
            if uitslag.lot is Lot.QUARANTAINE:
                return self.quarantine(binnen, uitslag)
            return self.register_form(binnen, uitslag)
        except SchijfFout as fout:  # this file waits in `in/`; the others need not
            bevinding = make_refusal("schijf", fout.melding, fout.remedie)
            return Formulierresultaat(bestand=binnen.naam, lot=Lot.BLIJFT, bevindingen=(bevinding,))

    def judge(self, ruw: RuwFormulier) -> Uitslag:
        """What a form leads to; nothing is written yet."""
        # Tables of one region ask much the same: a form that fits two of them equally well is of this one.
        herkenning = recognise_formulier(ruw, (self.settings.data, *self.settings.tafels))
        weigering = self._refuse_foreign(herkenning, ruw)
        if weigering is None and herkenning is not None and is_verzendlijst(herkenning):
            return Verzendintake(self.settings, self.register).take(ruw, herkenning.meta)
        if weigering is not None or herkenning is None or herkenning.formulier is None:
            return refuse(weigering)
        settings = self.settings
        validatie = validate_formulier(
            ruw, settings.data, herkenning.formulier, herkenning.meta, settings.namen, settings.vandaag
        )
        if herkenning.formulier.soort in CASUSFORMULIEREN:
            return Casusintake(settings, self.register).take(validatie, herkenning.formulier)
        if not _has_answers(validatie):
            return refuse(make_refusal("formulier-leeg", *_LEEG))
        if herkenning.formulier.soort is Formuliersoort.BESLUIT:
            return Besluitintake(settings, self.register).take(validatie, herkenning.formulier)
        return self._take_in(validatie, herkenning.formulier)

    def _refuse_foreign(self, herkenning: Herkenning | None, ruw: RuwFormulier) -> Bevinding | None:
        if herkenning is None:
            if is_own_document(ruw):
                return make_refusal("eigen-document", *_EIGEN)
            return make_refusal("geen-formulier", *_GEEN_FORMULIER)
        if herkenning.tafel != self.settings.data.tafel.id:
            naam = herkenning.data.tafel.naam if herkenning.data else "een tafel die hier niet bekend is"
            return make_refusal(
                "andere-tafel",
                f"Dit formulier is van {naam}, niet van {self.settings.data.tafel.naam}.",
                "Stuur het terug naar de aanmelder, of leg het in de werkmap van die tafel als u die ook beheert.",
            )
        return (
            None
            if herkenning.formulier or is_verzendlijst(herkenning)
            else make_refusal("formulier-onbekend", *_ONBEKEND)
        )

    def _take_in(self, validatie: Validatie, formulier: Formulier) -> Uitslag:
        settings = self.settings
        opname: Opname = take_in(
            validatie,
            formulier,
            settings.data.tafel,
            self.bekenden.find(validatie, self.register, settings.data.tafel),
            settings.vandaag,
            partial(draw_free_code, self.register, settings.vandaag),
            settings.werkmap.partners,
        )
        if opname.weigering is not None:
            return Uitslag(Lot.QUARANTAINE, bevindingen=[opname.weigering], anoniem=opname.anoniem)
        dossiers = tuple(note_afscherming(dossier, settings.data.tafel) for dossier in opname.dossiers)
        gezien = inspect_aanmelding(validatie.aanmelding, formulier, settings.data, opname.dossiers[0].list_rubrieken())
        bevindingen = [*validatie.bevindingen, *opname.bevindingen, *gezien]
        code = dossiers[0].code
        return Uitslag(_LOT[opname.soort], dossiers, code, bevindingen=bevindingen, anoniem=opname.anoniem)

    def register_form(self, binnen: Binnengekomen, uitslag: Uitslag) -> Formulierresultaat:
        """Archive the file, save what it leads to in one transaction, and only then take it out of `in/`."""
        settings = self.settings
        if not settings.proef:
            archive(settings.map, binnen)
        with self.register.transaction():
            for dossier in uitslag.dossiers:
                self.register.save_dossier(dossier, uitslag.lot.value, settings.vandaag)
            for verzending in chain.from_iterable(uitslag.verzonden.values()):
                self.register.add_verzending(verzending)
            if uitslag.nummer:
                self.register.use_nummer(uitslag.nummer, binnen.sha256)
            self.add_inzending(binnen, Uitkomst.VERWERKT, uitslag.casuscode, uitslag.anoniem)
        for dossier in uitslag.dossiers:
            self.bekenden.add(dossier, settings.data.tafel)
        uitslag.bevindingen += report_afgeschermd(uitslag.dossiers, settings, self.register)
        uitslag.bevindingen += self.remove(binnen)
        toetsing = None
        if uitslag.lot in _LOT.values():
            toetsing = check_aanmelding(uitslag.dossiers[0].aanmelding, settings.data, uitslag.dossiers[0].aangemeld_op)
        return Formulierresultaat(
            bestand=binnen.naam,
            lot=uitslag.lot,
            casuscode=uitslag.casuscode,
            toetsing=toetsing,
            bevindingen=tuple(uitslag.bevindingen),
            mappen=tuple(uitslag.verzonden),
        )

    def quarantine(self, binnen: Binnengekomen, uitslag: Uitslag) -> Formulierresultaat:
        """Move the file away with the reasons beside it."""
        if not self.settings.proef:
            with self.register.transaction():
                self.add_inzending(binnen, Uitkomst.QUARANTAINE, "", uitslag.anoniem)
            bevindingen = tuple(uitslag.bevindingen)
            quarantine(self.settings.map, binnen, bevindingen, self.settings.vandaag, anoniem=uitslag.anoniem)
        return Formulierresultaat(bestand=binnen.naam, lot=Lot.QUARANTAINE, bevindingen=tuple(uitslag.bevindingen))

    def add_inzending(self, binnen: Binnengekomen, uitkomst: Uitkomst, code: str, anoniem: bool) -> None:
        """Note what became of a file."""
        self.register.add_inzending(
            Inzendingregel(
                sha256=binnen.sha256,
                bestand="" if anoniem else binnen.naam,
                ontvangen_op=self.settings.vandaag,
                uitkomst=uitkomst,
                casuscode=code,
            )
        )

    def remove(self, binnen: Binnengekomen) -> list[Bevinding]:
        """Empty `in/` of this file; a finding when it has to stay for now."""
        gebleven = None if self.settings.proef else remove(self.settings.map, binnen)
        if gebleven is None:
            return []
        melding = f"Het formulier is verwerkt, maar het bestand staat nog in de map “in”. {gebleven.reden}"
        return [Bevinding(code="blijft-in-in", plaats="", melding=melding, remedie="", ernst=Ernst.INFO)]


def _has_answers(validatie: Validatie) -> bool:
    rubrieken = validatie.aanmelding.rubrieken
    antwoorden = [a for r in rubrieken for a in (*r.antwoorden, *(a for rij in r.rijen for a in rij.antwoorden))]
    return any(a.bezwaar or a.vlag != Vlag() or a.status not in (Status.LEEG, Status.NIET_GEVONDEN) for a in antwoorden)


_LEEG = ("Dit formulier is niet ingevuld.", "Vraag de aanmelder het ingevulde formulier te sturen.")
_EIGEN = (
    "Dit is geen formulier, maar een document dat een overlegtafel uitdeelde.",
    "Schreef iemand er iets bij, lees dat dan zelf en vraag het op een formulier: een aanvulling, een inbreng of een "
    "melding. Bewaar het document zelf niet.",
)
_GEEN_FORMULIER = (
    "Dit is geen formulier dat wij kennen; misschien is het een brief.",
    "Lees het zelf na. Is het een aanmelding, vraag dan het aanmeldformulier van de tafel in te vullen. Is het een "
    "afdruk of een pdf van een lijst of formulier van ons, leg dan het Word-bestand zelf in de map “in”.",
)
_ONBEKEND = (
    "Dit formulier is van deze tafel, maar deze soort is niet bekend.",
    "Kijk of het formulier recent is, en vraag zo nodig het huidige formulier in te vullen.",
)
