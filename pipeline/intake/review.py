"""What the coordinator should know of a form that is taken in, beside what validation found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas import kern
from schemas.aanmelding import Aanmelding, Antwoord, PartnersWaarde, Status
from schemas.bevinding import Bevinding, Ernst
from schemas.formulier import Formulier
from schemas.tafel import Tafel
from schemas.tekst import normalise
from schemas.werkmap import Partner

from .clients import list_clients

#: What people write where an anonymous form asks for a name.
_GEEN_NAAM = frozenset({"anoniem", "anonieme client", "geen naam", "nn", "n n", "x", "xx", "xxx"})


def find_identity(aanmelding: Aanmelding, formulier: Formulier) -> Antwoord | None:
    """The first answer that points at a person, or tries to: an impossible birth date is one as well."""
    return next(
        (
            antwoord
            for vraag in formulier.vragen
            if vraag.identificerend
            for antwoord in aanmelding.get_antwoorden(vraag.id)
            if antwoord.bezwaar
            or (antwoord.status is Status.INGEVULD and normalise(antwoord.format()) not in _GEEN_NAAM)
        ),
        None,
    )


def review_form(
    aanmelding: Aanmelding, formulier: Formulier, tafel: Tafel, partners: Sequence[Partner]
) -> Iterator[Bevinding]:
    """Findings on who sends it and on searching by name."""
    organisatie = aanmelding.get(kern.AANMELDER_ORGANISATIE)
    if organisatie is not None and organisatie.status is Status.INGEVULD:
        yield from _review_organisatie(organisatie, formulier, tafel, partners)
    zoeken = aanmelding.get(kern.ZOEKEN)
    if zoeken is None or zoeken.waarde is None:
        return
    if not zoeken.has_optie(kern.ZOEKEN_JA):
        yield make_bevinding(
            "niet-opzoeken",
            zoeken.plaats,
            "De partners krijgen van deze casus geen naam en geboortedatum om op te zoeken.",
            "Overleg met de aanmelder als opzoeken toch nodig is.",
            Ernst.INFO,
        )
        return
    if any((naam := rij.get("naam")) and _is_narrowed(naam) for rij in list_clients(aanmelding, tafel.gaat_over)):
        yield make_bevinding(
            "opzoeken-beperkt",
            zoeken.plaats,
            "De vaste partners mogen op naam opzoeken, maar bij de cliënt zelf staat ook “enkel voor” of “niet voor”. "
            "Wie daardoor uitgesloten is, krijgt geen naam en geboortedatum; de andere vaste partners wel.",
            "Vraag de aanmelder zo nodig wat de bedoeling is.",
        )


def _is_narrowed(antwoord: Antwoord) -> bool:
    return bool(antwoord.vlag.enkel_voor or antwoord.vlag.niet_voor)


def _review_organisatie(
    organisatie: Antwoord, formulier: Formulier, tafel: Tafel, partners: Sequence[Partner]
) -> Iterator[Bevinding]:
    if not isinstance(organisatie.waarde, PartnersWaarde):
        yield make_bevinding(
            "organisatie-onbekend",
            organisatie.plaats,
            "De organisatie van de aanmelder staat niet op de partnerlijst.",
            "Is het toch een partner, vul dan deze naam als alias aan in werkmap.toml.",
        )
        return
    rollen = {rol.id: rol.id for rol in tafel.rollen} | {partner.id: partner.rol for partner in partners}
    eigen = {rollen.get(naam) for naam in organisatie.waarde.ids}
    if formulier.bevoegd and None not in eigen and not eigen & set(formulier.bevoegd):
        yield make_bevinding(
            "niet-bevoegd",
            organisatie.plaats,
            "Wie dit formulier instuurt, heeft aan deze tafel een rol die niet aanmeldt.",
            "Ga na of de aanmelding via een partner moet gebeuren.",
        )


def make_bevinding(code: str, plaats: str, melding: str, remedie: str, ernst: Ernst = Ernst.WAARSCHUWING) -> Bevinding:
    """A finding of the intake."""
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=ernst)
