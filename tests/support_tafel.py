"""A small table that exists only in tests: two forms that between them ask every type of question."""

from __future__ import annotations

import datetime as dt

from schemas.deling import Deling, Doelgroep, Feit, Vrijgave
from schemas.formulier import Formulier, Formuliersoort, Optie, Rubriek, Rubriekvorm, Voorwaarde, Vraag, Vraagsoort
from schemas.tafel import Fase, Overlegsoort, Rol, Rolsoort, Tafel
from schemas.tafeldata import Tafeldata
from schemas.termijn import Kalenderregel, Wekelijks

SOORT = Vraag(
    id="aanmelding.soort",
    label="Dit formulier is",
    soort=Vraagsoort.KEUZE,
    verplicht=True,
    opties=(Optie(id="nieuw", label="een nieuwe aanmelding"), Optie(id="aanvulling", label="een aanvulling")),
)
CODE = Vraag(
    id="aanmelding.casuscode",
    label="Casuscode",
    soort=Vraagsoort.CASUSCODE,
    verplicht_als=Voorwaarde(vraag="aanmelding.soort", is_een_van=("aanvulling",)),
)
DATUM = Vraag(id="aanmelding.datum", label="Datum van de aanmelding", soort=Vraagsoort.DATUM, verplicht=True)
THEMA = Vraag(
    id="aanmelding.themas",
    label="Waarover gaat het?",
    soort=Vraagsoort.MEERKEUZE,
    toelichting="Meer dan één antwoord mag.",
    opties=(Optie(id="wonen", label="Wonen & huur"), Optie(id="werk", label="Werk <of> geen werk")),
)
NAAM = Vraag(id="betrokkenen.naam", label="Naam", soort=Vraagsoort.TEKST, verplicht=True, identificerend=True)
GEBOREN = Vraag(id="betrokkenen.geboortedatum", label="Geboortedatum", soort=Vraagsoort.DATUM)
VERHAAL = Vraag(id="vraag.tekst", label="Wat vraagt u aan de tafel?", soort=Vraagsoort.LANGE_TEKST, verplicht=True)

AANMELDING = Formulier(
    id="aanmelding",
    soort=Formuliersoort.AANMELDING,
    titel="Aanmeldformulier",
    versie="1.0",
    geldig_vanaf=dt.date(2026, 1, 1),
    inleiding=("Stuur dit formulier terug naar tafel@example.org.",),
    rubrieken=(
        Rubriek(id="aanmelding", titel="1. Uw aanmelding", vragen=(SOORT, CODE, DATUM, THEMA)),
        Rubriek(
            id="betrokkenen",
            titel="2. Betrokkenen",
            toelichting="Vul één blok in per persoon.",
            vorm=Rubriekvorm.RIJEN,
            rijnaam="Betrokkene",
            blanco_rijen=2,
            vragen=(NAAM, GEBOREN),
            vlaggen=True,
        ),
        Rubriek(id="vraag", titel="3. Uw vraag", vragen=(VERHAAL,), vlaggen=True),
    ),
)
BESLUITEN = Formulier(
    id="besluiten",
    soort=Formuliersoort.BESLUIT,
    titel="Beslissingen",
    versie="1.0",
    geldig_vanaf=dt.date(2026, 1, 1),
    overleg="tafel",
    rubrieken=(
        Rubriek(
            id="punten",
            titel="Casussen",
            vorm=Rubriekvorm.RIJEN,
            rijnaam="Casus",
            vragen=(
                Vraag(id="punten.casus", label="Casuscode", soort=Vraagsoort.CASUSCODE, ingevuld_door_ons=True),
                Vraag(id="punten.reden", label="Reden", soort=Vraagsoort.LANGE_TEKST),
            ),
        ),
    ),
)
DATA = Tafeldata(
    tafel=Tafel(
        id="proef/tafel",
        naam="Proeftafel",
        afkorting="PT",
        land="BE",
        taal="nl-BE",
        versie="1",
        doel="Oefenen.",
        grondslag="geen",
        markering="Alleen voor deelnemers aan de proeftafel.",
        rollen=(Rol(id="coordinator", soort=Rolsoort.COORDINATOR, label="coördinator"),),
        fasen=(Fase(id="nieuw", label="nieuw"),),
        beginfase="nieuw",
        overleggen=(
            Overlegsoort(
                id="tafel",
                naam="Tafel",
                kalender=Kalenderregel(
                    regel=Wekelijks.model_validate_json('{"soort":"wekelijks","weekdag":"vrijdag"}')
                ),
                nieuw_uit=("nieuw",),
                bron="verzonnen",
            ),
        ),
    ),
    formulieren=(AANMELDING, BESLUITEN),
    criteria=(),
    deling=Deling(
        doelgroepen=(
            Doelgroep(id="triage", label="Triageteam", toelichting="screent de aanmelding", rollen=("coordinator",)),
            Doelgroep(id="tafel", label="Deelnemers aan de tafel", rollen=("coordinator",)),
        ),
        deelregels=(),
        vrijgaven=(Vrijgave(feit=Feit.FASE, documenten=("brief",), rollen=("coordinator",), grond="verzonnen"),),
    ),
    documenten=(),
)
