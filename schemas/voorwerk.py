"""What a form of ours prints above its first question. A form is made of it; a reader knows it as nobody's answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Sequence
from types import MappingProxyType

from babel.dates import format_date

from schemas import kern
from schemas.datum import format_dag
from schemas.deling import Doelgroep, Feit
from schemas.formulier import Formulier, Rubriek, Rubriekvorm
from schemas.tafel import Tafel
from schemas.woorden import join_words

VERTROUWELIJK = "VERTROUWELIJK"
KOP_INVULLEN, KOP_DELEN = "Zo vult u dit formulier in", "Wie mag uw antwoorden zien?"
KLIK_IN_WORD = "Klik op de grijze tekst en typ of kies uw antwoord. Klik op een vakje om het aan te kruisen."
KLIK_IN_PDF = (
    "Klik in een leeg vak en typ of kies uw antwoord. Klik op een vakje om het aan te kruisen. Bewaar het ingevulde "
    "formulier daarna als PDF; druk het niet af om het in te scannen."
)
VERPLICHT = "Een vraag met * is verplicht."
SOMS_VERPLICHT = "Een vraag met (*) is in sommige gevallen verplicht; bij de vraag staat wanneer."
_BLOK, _MEER_NODIG, _LAAT_LEEG = "Een blok", "meer nodig?", "Een blok dat u niet nodig hebt, laat u leeg."
_MEER_IN_WORD = "Klik in het laatste blok en dan op het plusteken rechtsonder."
_MEER_IN_PDF = "Gebruik dan het Word-formulier: daarin kunt u er blokken bij zetten."

GEEL_DEEL = "Bij een rubriek of blok met een geel deel bepaalt u zelf wie uw antwoorden te zien krijgt."
NIETS_AANGEKRUIST = "Niets aangekruist = met niemand gedeeld."
#: the name of each mark, and what it means
MERKEN = (
    ("Deelbaar met", "kruis elke groep aan die het mag zien."),
    (
        "Enkel voor",
        "schrijf namen van partners of rollen, met komma’s ertussen. Van de aangekruiste groepen krijgen dan "
        "alleen zij het. Leeg: iedereen in die groepen.",
    ),
    (
        "Niet voor",
        "schrijf namen van partners of rollen, met komma’s ertussen. Zij krijgen het niet, ook niet als hun "
        "groep is aangekruist.",
    ),
)
MET_NIEMAND = "Een rubriek zonder geel deel wordt met niemand gedeeld."
_LOS_VAN_KRUISJES = (
    "Een rubriek zonder geel deel wordt niet gedeeld. Los van de kruisjes gaan alleen deze gegevens naar wie ze "
    "nodig heeft om de casus te behandelen"
)
#: The derived facts in the words of the person who fills in the form.
FEITEN = MappingProxyType(
    {
        Feit.ONTBREKEND: "welke vragen nog openstaan",
        Feit.CRITERIA: "of aan de criteria is voldaan, met het gekozen antwoord dat daarover beslist",
        Feit.WEEGVRAGEN: "wat de deelnemers zelf moeten afwegen",
        Feit.INSTEMMING: "of wie het aangaat geïnformeerd is en instemt",
        Feit.FASE: "in welke fase het dossier zit",
        Feit.ANONIEM: "dat een aanmelding anoniem is",
        Feit.IDENTITEIT: "naam en geboortedatum om op te zoeken, alleen als u dat in dit formulier toestaat",
        Feit.BESLUIT: "wat het overleg besloot, met de tekst die het daarover aan de aanmelder schrijft",
        Feit.VERSLAG: "in het verslag, voor wie aan tafel zat, wat het overleg over de casus besloot en inschatte",
        Feit.AFSPRAKEN: "de afspraken van het overleg, elk voor wie ze uitvoert",
        Feit.PASSAGES: "wat het overleg uitdrukkelijk vrijgaf, voor wie daarbij aangekruist is",
        Feit.PLAN: "van een plan van aanpak de data, en of het goedgekeurd is",
        Feit.MELDING: "van een bericht of verbetering tussendoor wat het is, dag, uur, plaats en wie erbij is",
        Feit.BEWAREN: "tot wanneer een afgesloten dossier bewaard wordt",
        Feit.CIJFERS: "in een overzicht, over alle casussen samen, afgeronde aantallen waaruit niemand af te leiden is",
        Feit.ROUTERING: "welke partners bij de casus horen",
        Feit.ROLVERDELING: "wie in de casus een vaste taak op zich nam, zoals casushouder",
    }
)

#: How the same was said on forms that were handed out before, and may still come in.
FEITEN_EERDER = MappingProxyType(
    {
        Feit.INSTEMMING: "of de cliënt geïnformeerd is en instemt",
        Feit.VERSLAG: "wat het overleg per casus besloot en inschatte, voor wie erbij was",
        Feit.AFSPRAKEN: "afspraken, voor wie ze uitvoert",
        Feit.PASSAGES: "zinnen die het overleg uitdrukkelijk vrijgeeft, voor wie het daarbij aankruist",
        Feit.MELDING: "van een zorgoverleg of een verbetering wat het is, de dag, het uur, de plaats en wie erbij is",
    }
)

#: What an aanvullingsformulier says in the place of the table's own words.
INLEIDING_AANVULLING = (
    "Dit formulier bevat enkel de vragen die nog openstaan. Weet u een antwoord niet? Schrijf dan ‘onbekend’.",
    "Kruis bij ‘Deelbaar met’ aan wie deze antwoorden mag zien. Kruist u niets aan, dan worden ze met niemand gedeeld.",
)
_HARDE_SPATIE = "\u00a0"  #: a date in a title stays on one line


def iterate_randen(tafel: Tafel, titels: Sequence[str], versie: str) -> Iterator[str]:
    """What each page repeats at its head and its foot, but for the number of the page."""
    yield f"{tafel.naam} {VERTROUWELIJK}"
    yield make_markering(tafel)
    yield from (make_voet(titel, versie) for titel in titels)


def make_markering(tafel: Tafel) -> str:
    """What each page says of secrecy."""
    return tafel.markering.replace("{grondslag}", tafel.grondslag)


def make_voet(titel: str, versie: str) -> str:
    """Which form it is, at the foot of each page."""
    return f"{titel} – versie {versie}"


def make_ondertitel(tafel: str, overlegdatum: str, taal: str) -> str:
    """The table, and of a form about one meeting its day; `overlegdatum` is an ISO date or ""."""
    if not overlegdatum:
        return tafel
    voluit = format_date(dt.date.fromisoformat(overlegdatum), "EEEE d MMMM y", locale=taal.replace("-", "_"))
    return f"{tafel} – overleg van {voluit}"


def make_titel_overleg(formulier: Formulier, datum: dt.date) -> str:
    """The title of a form about one meeting."""
    return f"{formulier.titel} — {format_dag(datum).replace(' ', _HARDE_SPATIE)}"


def make_titel_casus(formulier: Formulier, code: str) -> str:
    """The title of a form about one case."""
    return f"{formulier.titel} casus {code}"


def make_titel_aanvulling(code: str) -> str:
    """The title of the form that asks for what is still missing."""
    return f"{kern.TITEL_AANVULLING} {code}"


def make_aanwijzingen(rubrieken: Sequence[Rubriek], *, vast: Container[str], voor_pdf: bool) -> list[str]:
    """How to fill in, as far as these rubrieken need it; `vast` holds those whose blocks we made, one per row."""
    vragen = [vraag for rubriek in rubrieken for vraag in rubriek.vragen]
    regels = [KLIK_IN_PDF if voor_pdf else KLIK_IN_WORD]
    if any(vraag.verplicht and not vraag.niet_verplicht_als for vraag in vragen):
        regels.append(VERPLICHT)
    if any(vraag.verplicht_als or (vraag.verplicht and vraag.niet_verplicht_als) for vraag in vragen):
        regels.append(SOMS_VERPLICHT)
    vrij = [rubriek for rubriek in rubrieken if rubriek.vorm is Rubriekvorm.RIJEN and rubriek.id not in vast]
    if namen := [f"‘{rubriek.rijnaam}’" for rubriek in vrij]:
        meer = _MEER_IN_PDF if voor_pdf else _MEER_IN_WORD
        regels.append(f"{_BLOK} {join_words(namen, 'of')} {_MEER_NODIG} {meer} {_LAAT_LEEG}")
    return regels


def make_vrijgaven(feiten: Sequence[Feit]) -> str:
    """What leaves without a mark."""
    return f"{_LOS_VAN_KRUISJES} – {'; '.join(FEITEN[feit] for feit in feiten)}."


def explain_doelgroep(groep: Doelgroep) -> str:
    """What stands behind a group's name."""
    return f" – {groep.toelichting}" if groep.toelichting else ""


def iterate_voorwerk(groepen: Sequence[Doelgroep], rubrieken: Sequence[Rubriek]) -> Iterator[str]:
    """All that can stand above the questions of a form besides its titles and its table's own words, in pieces."""
    yield from (KOP_INVULLEN, KOP_DELEN, KLIK_IN_WORD, KLIK_IN_PDF, VERPLICHT, SOMS_VERPLICHT)
    yield from (_BLOK, _MEER_NODIG, _MEER_IN_WORD, _MEER_IN_PDF, _LAAT_LEEG, "of")
    yield from (rubriek.rijnaam for rubriek in rubrieken)
    yield from (GEEL_DEEL, NIETS_AANGEKRUIST, MET_NIEMAND, _LOS_VAN_KRUISJES, *FEITEN.values(), *FEITEN_EERDER.values())
    yield from (f"{naam} – {uitleg}" for naam, uitleg in MERKEN)
    yield from (groep.label + explain_doelgroep(groep) for groep in groepen)
    yield from INLEIDING_AANVULLING
