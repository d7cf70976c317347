"""What every text of a Deelbeeld is: free words, or something that nobody typed; declared, so none is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from schemas.anoniembeeld import (
    AnoniemBeeld,
    AnoniemDoel,
    AnoniemeActie,
    AnoniemeAfspraak,
    AnoniemeCasus,
    AnoniemeInformatie,
    AnoniemeMelding,
    AnoniemePersoon,
    AnoniemeRij,
    AnoniemeRubriek,
    AnoniemPlan,
    AnoniemVeld,
    AnoniemVerslag,
)
from schemas.base import Model
from schemas.deelbeeld import (
    Actieregel,
    Afspraakregel,
    Besluitblok,
    Casusblok,
    Contact,
    Criteriumregel,
    Deelbeeld,
    Doelblok,
    Dragerregel,
    Grondregel,
    Informatieregel,
    Instemmingsregel,
    Kop,
    Meldingblok,
    Ontbrekend,
    Ontmoeting,
    Ontvanger,
    Persoon,
    Planblok,
    Rijblok,
    Rubriekblok,
    Veld,
    Verslagblok,
    Verzendregel,
)


class Veldsoort(StrEnum):
    """What kind of text stands in a field."""

    VRIJ = "vrij"  #: typed by somebody, about people
    PRAKTISCH = "praktisch"  #: typed: the hour and place of a meeting, where an address belongs
    LABEL = "label"  #: depends on the question that it answers
    PERSOON = "persoon"  #: says who somebody is, on purpose
    GESLOTEN = "gesloten"  #: from a closed list, a date, a code, or the table's and the coordinator's own data


_G, _V, _P = Veldsoort.GESLOTEN, Veldsoort.VRIJ, Veldsoort.PERSOON


def _declare(gesloten: str, vrij: str = "", **ander: Veldsoort) -> Mapping[str, Veldsoort]:
    return MappingProxyType({**dict.fromkeys(gesloten.split(), _G), **dict.fromkeys(vrij.split(), _V), **ander})


_OP_NAAM: Mapping[type[Model], Mapping[str, Veldsoort]] = MappingProxyType(
    {
        Ontvanger: _declare("id email rollen ids", naam=_P, aanspreking=_P),
        Contact: _declare("naam functie organisatie adres email telefoon"),
        Kop: _declare(
            "tafel titel afzender documentnummer datum exemplaar_voor casuscode wijzigingen doel grondslag markering "
            "verdeellijst inleiding slot taal"
        ),
        Ontmoeting: _declare("naam datum uur plaats let_op aantal_tekst"),
        Persoon: _declare("rol", naam=_P, geboortedatum=_P),
        Instemmingsregel: _declare("geinformeerd stemt_in"),
        Criteriumregel: _declare("kort tekst bron klasse uitkomst antwoord plaats"),
        Veld: _declare("label", waarde=Veldsoort.LABEL),
        Rijblok: _declare("titel"),
        Rubriekblok: _declare("titel"),
        Informatieregel: _declare("datum", "tekst bron"),
        Casusblok: _declare("code soort fase anoniem uitkomst weegvragen deelnemers"),
        Ontbrekend: _declare("rubriek label reden"),
        Besluitblok: _declare("label alineas partner", "advies reden"),
        Afspraakregel: _declare("casuscode wie tegen nummer stand", "wat"),
        Actieregel: _declare("wie tegen status", "actie"),
        Doelblok: _declare("prioriteit", "doelstelling"),
        Planblok: _declare("stand opgesteld_op bijgewerkt_op goedgekeurd_op"),
        Meldingblok: _declare(
            "label datum wie naar", "mededelingen", uur=Veldsoort.PRAKTISCH, plaats=Veldsoort.PRAKTISCH
        ),
        Dragerregel: _declare("label wie"),
        Verslagblok: _declare(
            "code soort besluit partner onveiligheid geinformeerd stemt_in terugkoppeling terugkoppeling_wie",
            "terugkoppeling_hoe passages",
        ),
        Grondregel: _declare("casuscode veld grond"),
        Verzendregel: _declare("ontvanger adres pakket inhoud weg stand vakje"),
        Deelbeeld: _declare("documentsoort sjabloon sleutel bestandsnaam opzoeken stellingen bewaren_tot", "passages"),
    }
)

#: What narrows a type of a copy by name is read as that type is.
_ANONIEM = (
    *(AnoniemBeeld, AnoniemDoel, AnoniemPlan, AnoniemVeld, AnoniemVerslag, AnoniemeActie, AnoniemeAfspraak),
    *(AnoniemeCasus, AnoniemeInformatie, AnoniemeRij, AnoniemeRubriek),
)
VELDEN: Mapping[type[Model], Mapping[str, Veldsoort]] = MappingProxyType(
    {
        **_OP_NAAM,
        **{soort: next(_OP_NAAM[basis] for basis in soort.__mro__ if basis in _OP_NAAM) for soort in _ANONIEM},
        AnoniemeMelding: _declare("label datum wie naar", "mededelingen"),
        AnoniemePersoon: _declare("rolwoord leeftijd"),
        AnoniemeCasus: _declare("code soort fase anoniem uitkomst weegvragen"),
    }
)

#: Models of which a free text is the heart: without it the whole goes.
RIJEN = (Informatieregel, Veld, Afspraakregel, Actieregel, Doelblok)

#: What a passage stands under, for the coordinator.
PLEKKEN = MappingProxyType(
    {
        "tekst": "informatie",
        "bron": "bron van de informatie",
        "wat": "afspraak",
        "advies": "advies",
        "reden": "reden",
        "actie": "actie in het plan",
        "doelstelling": "doelstelling in het plan",
        "mededelingen": "mededeling",
        "passages": "vrijgegeven passage",
        "terugkoppeling_hoe": "hoe de cliënt het verneemt",
        "uur": "uur",
        "plaats": "plaats",
    }
)
