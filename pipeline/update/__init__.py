"""What a numbered form about one case does to its dossier: everything checked first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.rowcheck import find_unreadable
from pipeline.update import texts
from pipeline.update.inbreng import Inbrenglezer
from pipeline.update.melding import Meldinglezer
from pipeline.update.plan import Planlezer
from pipeline.update.zaak import Zaak
from schemas import kern
from schemas.aanmelding import Aanmelding, Status, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.dossier import Dossier
from schemas.formulier import Formuliersoort

__all__ = ["Bijwerking", "Zaak", "update_dossier"]

_LEZERS: Mapping[Formuliersoort, type[Inbrenglezer | Planlezer | Meldinglezer]] = MappingProxyType(
    {Formuliersoort.INBRENG: Inbrenglezer, Formuliersoort.PLAN: Planlezer, Formuliersoort.MELDING: Meldinglezer}
)
_ONBRUIKBAAR = "antwoord-onbruikbaar"  # told here, to the coordinator instead of an aanmelder


@dataclass(frozen=True)
class Bijwerking:
    """The dossier as the form leaves it, or the findings that refuse the whole form.

    `dossier` is None when it is refused, and when the form says nothing new. `bevindingen` are all that there are,
    those of the reading among them.
    """

    dossier: Dossier | None = None
    bevindingen: tuple[Bevinding, ...] = ()
    geweigerd: bool = False


def update_dossier(validatie: Validatie, zaak: Zaak) -> Bijwerking:
    """Apply an inbreng, a plan or a melding to the dossier for which its number was given out.

    Whether the number is right is for the caller. Raises KeyError for a form of another kind.
    """
    soort = zaak.formulier.soort
    gelezen = tuple(texts.redirect(b, soort) for b in validatie.bevindingen if b.code != _ONBRUIKBAAR)
    lezer = _LEZERS[soort](validatie, zaak)
    gevonden = (*_check_all(validatie.aanmelding, zaak), *lezer.check())
    fouten = tuple(b for b in gevonden if b.ernst is Ernst.FOUT)
    if soort is Formuliersoort.INBRENG:
        fouten = tuple(map(texts.involve_partner, fouten))
    if fouten:  # nothing was taken over, so what merely deserves a look has nothing to warn of yet
        return Bijwerking(bevindingen=(*gelezen, *fouten), geweigerd=True)
    dossier, verricht = lezer.apply()
    return Bijwerking(dossier, (*gelezen, *gevonden, *verricht))


def _check_all(aanmelding: Aanmelding, zaak: Zaak) -> Iterator[Bevinding]:
    """What holds for each kind: the case is open, nothing is unreadable, and nobody names an anonymous cliënt."""
    fase = zaak.tafel.get_fase(zaak.dossier.fase)
    plaats = f"{zaak.formulier.titel}, casus {zaak.dossier.code}"
    if zaak.formulier.soort is not Formuliersoort.MELDING and not zaak.tafel.is_open(zaak.dossier.fase):
        yield texts.refuse_closed(plaats, zaak.formulier.soort, fase.label if fase else zaak.dossier.fase)
    for rubriek in aanmelding.rubrieken:
        yield from find_unreadable(rubriek.antwoorden, zaak.describe(rubriek.id))
        for nummer, rij in enumerate(rubriek.rijen, start=1):
            yield from find_unreadable(rij.antwoorden, zaak.describe(rubriek.id, nummer))
    anoniem = zaak.dossier.aanmelding.get(kern.ANONIEM)
    if anoniem is not None and anoniem.has_optie(kern.ANONIEM_JA):
        yield from _find_identity(aanmelding, zaak, plaats)


def _find_identity(aanmelding: Aanmelding, zaak: Zaak, plaats: str) -> Iterator[Bevinding]:
    for vraag in zaak.formulier.vragen:
        antwoorden = aanmelding.get_antwoorden(vraag.id) if vraag.identificerend else ()
        if any(antwoord.status is Status.INGEVULD or antwoord.bezwaar for antwoord in antwoorden):
            yield texts.refuse_identity(plaats, vraag.label)
