"""The coordinator's list of a meeting's packages as a form: what is ticked on it, is noted as handed over.

It is the same for every table, so it stands here and in no table's data.
"""

from __future__ import annotations

import datetime as dt

from schemas.formulier import Formulier, Formuliersoort, Optie, Rubriek, Rubriekvorm, Vraag, Vraagsoort

FORMULIER_ID = "verzendlijst"
RIJEN = "verzending"
KENMERK, OP, HOE = f"{RIJEN}.kenmerk", f"{RIJEN}.op", f"{RIJEN}.hoe"
VERZONDEN, JA = f"{RIJEN}.verzonden", "ja"

VERZENDFORMULIER = Formulier(
    id=FORMULIER_ID,
    soort=Formuliersoort.BESLUIT,  # what it has in common with one: of one overleg, a row for each thing, a number
    titel="Verzendlijst",
    versie="1",
    geldig_vanaf=dt.date(2026, 11, 1),
    rubrieken=(
        Rubriek(
            id=RIJEN,
            titel="Pakketten",
            vorm=Rubriekvorm.RIJEN,
            rijnaam="Pakket",
            vragen=(
                Vraag(id=KENMERK, label="Kenmerk van het pakket", soort=Vraagsoort.TEKST, ingevuld_door_ons=True),
                Vraag(
                    id=VERZONDEN,
                    label="Verzonden",
                    soort=Vraagsoort.MEERKEUZE,
                    opties=(Optie(id=JA, label="Verzonden"),),
                ),
                Vraag(id=OP, label="Verzonden op", soort=Vraagsoort.DATUM),
                Vraag(id=HOE, label="Hoe", soort=Vraagsoort.TEKST),
            ),
        ),
    ),
)
