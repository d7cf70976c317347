"""The questions that every table asks under the same id, because the pipeline itself depends on them.

A table may ask anything else besides; the catalogue checks that its forms hold these, with these types and options.
"""

from __future__ import annotations

from types import MappingProxyType

from schemas.formulier import Formuliersoort, Vraagsoort

# What kind of form this is. Locked controls at the head of each generated form.
META_TAFEL = "formulier.tafel"
META_ID = "formulier.id"
META_VERSIE = "formulier.versie"
META_NUMMER = "formulier.nummer"  #: given out by the register; "" on a blank aanmelding
META_CASUS = "formulier.casuscode"  #: the case of an aanvullingsformulier
META_OVERLEG = "formulier.overlegdatum"  #: ISO date of the overleg of a decision form
#: What stands above each of them on the form.
META_LABELS = MappingProxyType(
    {
        META_TAFEL: "Tafel",
        META_ID: "Formulier",
        META_VERSIE: "Versie",
        META_NUMMER: "Nummer",
        META_CASUS: "Casuscode",
        META_OVERLEG: "Overlegdatum",
    }
)
META = tuple(META_LABELS)
#: How the form that asks for what is still missing begins its title; the code of the case follows.
TITEL_AANVULLING = "Aanvullingsformulier casus"
#: what a form prints in the cell of a label besides its guidance, and a reader must know as its own words
GEEN_KRUISJE = "Geen kruisje = niet gedeeld."
VERPLICHT_ALS, NIET_VERPLICHT_ALS = "Verplicht als u bij", "Niet verplicht als u bij"

SOORT = "aanmelding.soort"
CASUSCODE = "aanmelding.casuscode"
DATUM = "aanmelding.datum"
ANONIEM = "aanmelding.anoniem"
AANMELDER_NAAM = "aanmelder.naam"
AANMELDER_ORGANISATIE = "aanmelder.organisatie"
AANMELDER_EMAIL = "aanmelder.email"
AANMELDER_VIA = "aanmelder.via"  #: the partner through whom somebody submits who is none; a table may leave it out
ROL = "betrokkenen.rol"
NAAM = "betrokkenen.naam"
GEBOORTEDATUM = "betrokkenen.geboortedatum"
#: When a child that is not born yet is expected; a table may leave it out. See `schemas.leeftijd`.
UITGEREKEND = "betrokkenen.uitgerekende_datum"
GEMEENTE = "betrokkenen.gemeente"
GEINFORMEERD = "instemming.geinformeerd"
STEMT_IN = "instemming.stemt_in"
ZOEKEN = "identiteit.zoeken"
INFO_TEKST = "informatie.tekst"
INFO_SOORT = "informatie.soort"
INFO_BRON = "informatie.bron"
INFO_DATUM = "informatie.datum"

#: A table may ask for whom a service works; then DIENST is of soort partners. See `schemas.uitsluiting`.
DIENST = "diensten.naam"
WERKT_VOOR = "diensten.werkt_voor"

#: Dates that cannot lie ahead.
NIET_IN_TOEKOMST = frozenset({DATUM, GEBOORTEDATUM, INFO_DATUM})

PUNT_CASUS = "punten.casus"
PUNT_BESLUIT = "punten.besluit"
PUNT_ADVIES = "punten.advies"
PUNT_REDEN = "punten.reden"
PUNT_PARTNER = "punten.partner"
PUNT_AD_HOC = "punten.ad_hoc"
PUNT_NOTITIE = "punten.notitie"
PUNT_OVERLEG_OP = "punten.overleg_op"  #: the day of the next overleg, where the table has no fixed days

# Of a decision form that is a verslag; each may be left out by a table.
PUNT_AANWEZIG = "punten.aanwezig"
PUNT_ONVEILIGHEID = "punten.onveiligheid"
PUNT_GEINFORMEERD = "punten.geinformeerd"
PUNT_STEMT_IN = "punten.stemt_in"
PUNT_TERUGKOPPELING = "punten.terugkoppeling"
PUNT_TERUGKOPPELING_WIE = "punten.terugkoppeling_wie"
PUNT_TERUGKOPPELING_HOE = "punten.terugkoppeling_hoe"
PUNT_PISTES = "punten.pistes"
AFSPRAAK_CASUS = "afspraken.casus"
AFSPRAAK_WAT = "afspraken.wat"
AFSPRAAK_WIE = "afspraken.wie"
AFSPRAAK_TEGEN = "afspraken.tegen"
PASSAGE_CASUS = "passages.casus"
PASSAGE_TEKST = "passages.tekst"

# Of a decision form and of a melding: what became of an earlier to-do. Rows that we fill in but for the status.
OPVOLGING_CASUS = "opvolging.casus"
OPVOLGING_AFSPRAAK = "opvolging.afspraak"
OPVOLGING_STATUS = "opvolging.status"

PLAN_STAND = "plan.stand"
PLAN_OPGESTELD = "plan.opgesteld_op"
PLAN_BIJGEWERKT = "plan.bijgewerkt_op"
PLAN_GOEDGEKEURD = "plan.goedgekeurd_op"
ACTIE_DOEL = "acties.doelstelling"
ACTIE_PRIORITEIT = "acties.prioriteit"
ACTIE_WAT = "acties.actie"
ACTIE_WIE = "acties.uitvoerder"
ACTIE_TEGEN = "acties.tegen"
ACTIE_STATUS = "acties.status"

MELDING_SOORT = "melding.soort"
MELDING_DATUM = "melding.datum"
MELDING_WIE = "melding.wie"
MELDING_NAAR = "melding.naar"
MELDING_UUR = "melding.uur"
MELDING_PLAATS = "melding.plaats"
MELDING_NOTITIE = "melding.notitie"
MELDING_OVERLEG_OP = "melding.overleg_op"
MEDEDELING_TEKST = "mededelingen.tekst"

#: Questions that a form may leave out, with the type that they have when it asks them.
KEUZEVRAGEN = MappingProxyType(
    {
        PUNT_AANWEZIG: Vraagsoort.PARTNERS,
        PUNT_OVERLEG_OP: Vraagsoort.DATUM,
        PUNT_ONVEILIGHEID: Vraagsoort.KEUZE,
        PUNT_GEINFORMEERD: Vraagsoort.KEUZE,
        PUNT_STEMT_IN: Vraagsoort.KEUZE,
        PUNT_TERUGKOPPELING: Vraagsoort.KEUZE,
        PUNT_TERUGKOPPELING_WIE: Vraagsoort.PARTNERS,
        PUNT_TERUGKOPPELING_HOE: Vraagsoort.TEKST,
        PUNT_PISTES: Vraagsoort.LANGE_TEKST,
        AFSPRAAK_CASUS: Vraagsoort.CASUSCODE,
        AFSPRAAK_WAT: Vraagsoort.LANGE_TEKST,
        AFSPRAAK_WIE: Vraagsoort.PARTNERS,
        AFSPRAAK_TEGEN: Vraagsoort.DATUM,
        PASSAGE_CASUS: Vraagsoort.CASUSCODE,
        PASSAGE_TEKST: Vraagsoort.LANGE_TEKST,
        OPVOLGING_CASUS: Vraagsoort.CASUSCODE,
        OPVOLGING_AFSPRAAK: Vraagsoort.TEKST,
        OPVOLGING_STATUS: Vraagsoort.KEUZE,
        MELDING_NAAR: Vraagsoort.PARTNERS,
        MELDING_UUR: Vraagsoort.TEKST,
        MELDING_PLAATS: Vraagsoort.TEKST,
        MELDING_OVERLEG_OP: Vraagsoort.DATUM,
        MEDEDELING_TEKST: Vraagsoort.LANGE_TEKST,
    }
)

#: Options on which code branches.
SOORT_NIEUW, SOORT_AANVULLING, SOORT_OP_NAAM = "nieuw", "aanvulling", "op_naam"
ANONIEM_JA, ANONIEM_NEE = "anoniem", "op_naam"
#: A question and an option that a table leaves out at which nobody can be discussed anonymously: together.
ENKEL_MET_ANONIEM = frozenset({ANONIEM, SOORT_OP_NAAM})
ZOEKEN_JA = "ja"
INFO_FEIT, INFO_INSCHATTING = "feit", "inschatting"
STAND_VOORSTEL, STAND_GOEDGEKEURD = "voorstel", "goedgekeurd"
#: Ids of the options of OPVOLGING_STATUS: the values of Afspraakstatus but for "open", which is a blank answer.
STATUSSEN = ("gedaan", "niet_uitgevoerd", "niet_mogelijk", "vervallen")

_INFORMATIE = MappingProxyType(
    {
        INFO_TEKST: (Vraagsoort.LANGE_TEKST, ()),
        INFO_SOORT: (Vraagsoort.KEUZE, (INFO_FEIT, INFO_INSCHATTING)),
        INFO_BRON: (Vraagsoort.TEKST, ()),
        INFO_DATUM: (Vraagsoort.DATUM, ()),
    }
)

#: Question id -> type, and the options it must at least have (in each form of that kind).
KERNVRAGEN = MappingProxyType(
    {
        Formuliersoort.AANMELDING: MappingProxyType(
            {
                SOORT: (Vraagsoort.KEUZE, (SOORT_NIEUW, SOORT_AANVULLING, SOORT_OP_NAAM)),
                CASUSCODE: (Vraagsoort.CASUSCODE, ()),
                DATUM: (Vraagsoort.DATUM, ()),
                ANONIEM: (Vraagsoort.KEUZE, (ANONIEM_JA, ANONIEM_NEE)),
                AANMELDER_NAAM: (Vraagsoort.TEKST, ()),
                AANMELDER_ORGANISATIE: (Vraagsoort.PARTNERS, ()),
                AANMELDER_EMAIL: (Vraagsoort.EMAIL, ()),
                ROL: (Vraagsoort.KEUZE, ()),  # with the options that the table's `gaat_over` names
                NAAM: (Vraagsoort.TEKST, ()),
                GEBOORTEDATUM: (Vraagsoort.DATUM, ()),
                GEMEENTE: (Vraagsoort.TEKST, ()),
                GEINFORMEERD: (Vraagsoort.KEUZE, ()),
                STEMT_IN: (Vraagsoort.KEUZE, ()),
                ZOEKEN: (Vraagsoort.KEUZE, (ZOEKEN_JA,)),
                **_INFORMATIE,
            }
        ),
        Formuliersoort.BESLUIT: MappingProxyType(
            {
                PUNT_CASUS: (Vraagsoort.CASUSCODE, ()),
                PUNT_BESLUIT: (Vraagsoort.KEUZE, ()),
                PUNT_ADVIES: (Vraagsoort.LANGE_TEKST, ()),
                PUNT_REDEN: (Vraagsoort.LANGE_TEKST, ()),
                PUNT_PARTNER: (Vraagsoort.PARTNERS, ()),
                PUNT_AD_HOC: (Vraagsoort.PARTNERS, ()),
                PUNT_NOTITIE: (Vraagsoort.LANGE_TEKST, ()),
            }
        ),
        Formuliersoort.INBRENG: _INFORMATIE,
        Formuliersoort.PLAN: MappingProxyType(
            {
                PLAN_STAND: (Vraagsoort.KEUZE, (STAND_VOORSTEL, STAND_GOEDGEKEURD)),
                PLAN_OPGESTELD: (Vraagsoort.DATUM, ()),
                PLAN_BIJGEWERKT: (Vraagsoort.DATUM, ()),
                PLAN_GOEDGEKEURD: (Vraagsoort.DATUM, ()),
                ACTIE_DOEL: (Vraagsoort.LANGE_TEKST, ()),
                ACTIE_PRIORITEIT: (Vraagsoort.KEUZE, ()),
                ACTIE_WAT: (Vraagsoort.LANGE_TEKST, ()),
                ACTIE_WIE: (Vraagsoort.PARTNERS, ()),
                ACTIE_TEGEN: (Vraagsoort.DATUM, ()),
                ACTIE_STATUS: (Vraagsoort.KEUZE, ()),
            }
        ),
        Formuliersoort.MELDING: MappingProxyType(
            {
                MELDING_SOORT: (Vraagsoort.KEUZE, ()),
                MELDING_DATUM: (Vraagsoort.DATUM, ()),
                MELDING_WIE: (Vraagsoort.PARTNERS, ()),
                MELDING_NOTITIE: (Vraagsoort.LANGE_TEKST, ()),
                **_INFORMATIE,
            }
        ),
    }
)
