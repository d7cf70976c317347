"""The forms about one case (inbreng, plan, melding): each counts only with the number that was given out for it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from pipeline.inspect import inspect_casusformulier
from pipeline.intake import is_anoniem
from pipeline.register import Nummerregel, Register
from pipeline.run.results import Lot
from pipeline.run.uitslag import Uitslag, make_refusal, refuse
from pipeline.settings import Settings
from pipeline.update import Zaak, update_dossier
from schemas.aanmelding import Validatie
from schemas.bevinding import Bevinding
from schemas.formulier import Formulier, Formuliersoort

_LOT = MappingProxyType(
    {
        Formuliersoort.INBRENG: Lot.INGEBRACHT,
        Formuliersoort.PLAN: Lot.PLAN_BIJGEWERKT,
        Formuliersoort.MELDING: Lot.GEMELD,
    }
)


@dataclass(frozen=True)
class Casusintake:
    """Takes in the forms about one case of one werkmap."""

    settings: Settings
    register: Register

    def take(self, validatie: Validatie, formulier: Formulier) -> Uitslag:
        """What this form does to its case. The number of a melding is used up; the others stay valid."""
        regel = self.register.get_nummer(validatie.meta.nummer)
        weigering = _check_nummer(regel, validatie, formulier)
        if regel is None or weigering is not None:
            return refuse(weigering)
        code, _, van = regel.betreft.partition(" ")
        dossier = self.register.get_dossier(code)
        if dossier is None:
            return refuse(make_refusal("casus-onbekend", *_CASUS_ONBEKEND))
        settings = self.settings
        zaak = Zaak(formulier, dossier, settings.data, settings.werkmap, settings.vandaag, van)
        bijwerking = update_dossier(validatie, zaak)
        bevindingen, anoniem = list(bijwerking.bevindingen), is_anoniem(dossier.aanmelding)
        if bijwerking.geweigerd:
            return Uitslag(Lot.QUARANTAINE, bevindingen=bevindingen, anoniem=anoniem)
        if bijwerking.dossier is None:
            return Uitslag(Lot.ONGEWIJZIGD, casuscode=code, bevindingen=bevindingen, anoniem=anoniem)
        alle = {code: bijwerking.dossier}
        bevindingen += inspect_casusformulier(validatie.aanmelding, formulier, settings.data, alle, code)
        verbruikt = regel.nummer if formulier.soort is Formuliersoort.MELDING else ""
        return Uitslag(_LOT[formulier.soort], (bijwerking.dossier,), code, verbruikt, bevindingen, anoniem)


def _check_nummer(regel: Nummerregel | None, validatie: Validatie, formulier: Formulier) -> Bevinding | None:
    """Unknown, of another form, of another case, or used up."""
    if regel is None:
        return make_refusal("nummer-onbekend", *_make_texts(_NUMMER_ONBEKEND, formulier))
    if regel.soort != formulier.id:
        return make_refusal("ander-formulier", *_make_texts(_ANDER_FORMULIER, formulier))
    if regel.betreft.partition(" ")[0] != validatie.meta.casuscode.strip().upper():
        return make_refusal("andere-casus", *_make_texts(_ANDERE_CASUS, formulier))
    if formulier.soort is Formuliersoort.MELDING and regel.gebruikt_door:
        return make_refusal("nummer-gebruikt", *_make_texts(_NUMMER_GEBRUIKT, formulier))
    return None


def _make_texts(teksten: tuple[str, str], formulier: Formulier) -> tuple[str, str]:
    melding, remedie = teksten
    partner = " --van PARTNER" if formulier.soort is Formuliersoort.INBRENG else ""
    nieuw = f"“overleg formulier {formulier.id} --map MAP --casus CODE{partner} -o BESTAND”"
    return melding.format(titel=formulier.titel), remedie.format(nieuw=nieuw)


_CASUS_ONBEKEND = (
    "De casus van dit formulier staat niet in het register van deze werkmap.",
    "Kijk of u in de juiste werkmap werkt. Werd het register teruggezet, verwerk dan eerst wat daarna binnenkwam.",
)
_NUMMER_ONBEKEND = (
    "Dit formulier ({titel}) heeft geen nummer dat door deze werkmap is uitgegeven.",
    "Gebruik het formulier dat het programma voor deze casus maakte, of maak een nieuw met {nieuw}.",
)
_ANDER_FORMULIER = (
    "Het nummer van dit formulier ({titel}) hoort bij een andere soort formulier.",
    "Verander het nummer op een formulier nooit. Maak een nieuw met {nieuw}.",
)
_ANDERE_CASUS = (
    "Het nummer van dit formulier ({titel}) hoort bij een andere casus dan de casuscode die erop staat.",
    "Verander nummer en casuscode op een formulier nooit. Maak een nieuw met {nieuw}.",
)
_NUMMER_GEBRUIKT = (
    "Met het nummer van dit formulier ({titel}) is al eens iets gemeld; dit tweede formulier werd niet overgenomen.",
    "Maak voor een nieuwe melding, of om de vorige te verbeteren, een nieuw formulier met {nieuw}.",
)
