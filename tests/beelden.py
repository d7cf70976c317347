"""Invented Deelbeelden for the tests of rendering: the least and the most that a document can hold."""

from __future__ import annotations

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
    Veldvorm,
)
from schemas.cijferoverzicht import Cijferoverzicht, Cijferregel, Cijfertabel
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

SOORTEN = {
    "ontvangstmelding": "Ontvangst van uw aanmelding",
    "vraag_om_aanvulling": "Vraag om uw aanmelding aan te vullen",
    "triagelijst": "Triagelijst",
    "triagebrief": "Beslissing over uw aanmelding",
    "uitnodiging": "Uitnodiging voor de expertentafel",
    "uitnodiging_aanmelder": "Uitnodiging om uw casus toe te lichten",
    "agenda": "Agenda van de expertentafel",
    "casusfiche": "Casusfiche",
    "verslag": "Beknopt verslag van de expertentafel",
    "takenlijst": "Uw afspraken na de expertentafel",
    "terugkoppeling": "Terugkoppeling van de expertentafel",
    "opdrachtbrief": "Verdere opvolging van een casus",
    "plan": "Plan van aanpak",
    "plan_client": "Uw plan",
    "uitnodiging_zorgoverleg": "Uitnodiging voor een zorgoverleg",
    "stand_van_zaken": "Stand van zaken voor het zorgoverleg",
    "opvolgfiche": "Opvolgfiche",
    "afsluitbericht": "Afsluiting van een casus",
    "addendum": "Aanvulling of verbetering",
    "bericht": "Bericht over een casus",
    "uitnodiging_betrokkene": "Uitnodiging om mee te praten",
    "besluit_betrokkene": "Wat er is besloten",
    "bericht_betrokkene": "Bericht over de bespreking",
    "voorzittersexemplaar": "Exemplaar voor de voorzitter",
    "aanwezigheidslijst": "Aanwezigheidslijst",
    "toetredingsverklaring": "Verklaring van toetreding",
    "verzendlijst": "Verzendlijst",
    "inzage": "Inzage: wat wij over u bewaren",
    "cijfers": "Rode draden",
    "anonieme_casus": "Anonieme casusbeschrijving",
    "anonieme_agenda": "Anonieme agenda",
    "anoniem_plan": "Afstemmingsplan",
}
ANONIEM = ("anonieme_casus", "anonieme_agenda", "anoniem_plan")
BRIEVEN = (
    "ontvangstmelding",
    "vraag_om_aanvulling",
    "triagebrief",
    "uitnodiging",
    "uitnodiging_aanmelder",
    "terugkoppeling",
    "opdrachtbrief",
    "uitnodiging_zorgoverleg",
    "afsluitbericht",
    "addendum",
    "uitnodiging_betrokkene",
    "besluit_betrokkene",
    "bericht_betrokkene",
    "bericht",
)
BESLUITBRIEVEN = ("triagebrief", "terugkoppeling", "opdrachtbrief", "afsluitbericht", "besluit_betrokkene")
MET_PLAN = ("plan", "plan_client", "stand_van_zaken", "opvolgfiche", "anoniem_plan")
NA_MELDING = ("uitnodiging_zorgoverleg", "stand_van_zaken", "addendum", "bericht", "bericht_betrokkene")
PER_CASUS = ("casusfiche", "opvolgfiche", "anonieme_casus", "uitnodiging_betrokkene")
DEELNEMERS = (
    "Noor Testdonck, projectcoördinator",
    *(f"Proefdienst {nummer} voor welzijn & zorg" for nummer in range(1, 7)),
    "Lokaal bestuur van de woonplaats, als dat deelneemt",
    "de aanmelder",
)
MET_STANDEN = ("agenda", "anonieme_agenda", "voorzittersexemplaar")
STANDEN = ("open", "niet uitgevoerd", "niet mogelijk, omstandigheden gewijzigd")
STELLINGEN = (
    "De levenskwaliteit van de cliënt is verbeterd.",
    "De veiligheid voor cliënt en omgeving is nog steeds geïnstalleerd.",
    "De hulpverlening kan verder met het dossier.",
)
MEER_CASUSSEN = (
    *("triagelijst", "uitnodiging", "agenda", "verslag", "takenlijst", "anonieme_agenda"),
    *("voorzittersexemplaar", "aanwezigheidslijst", "toetredingsverklaring"),
)
MET_AFSPRAKEN = (
    *("takenlijst", "opdrachtbrief", "agenda", "anonieme_agenda", "besluit_betrokkene"),
    "voorzittersexemplaar",
)
CLIENT = Ontvanger(
    id="client K7QX-3M",
    naam="de cliënt",
    rollen=frozenset({"client"}),
    ids=frozenset({"client K7QX-3M", "client"}),
)
LANG = (
    'De betrokkene opende bij het huisbezoek de deur maar half & zei dat het "niet nodig" was. In de gang stonden '
    "ongeopende brieven <minstens dertig>, het water was sinds ongeveer drie weken afgesloten en de buurvrouw "
    "brengt nu twee keer per dag flessen. "
)
REGELS = (
    "Eerste regel, met een tab:\ttekst\nTweede regel\n\nNa een witregel: 100 % {{ geen tag }} {_{ }_} {% ook niet %}"
)


def make_kop(soort: str, vol: bool) -> Kop:
    return Kop(
        tafel="SAMEN Voorbeeldstreek — casusoverleg kwetsbare personen",
        titel=SOORTEN[soort],
        afzender="Samenwerkingsverband Voorbeeldstreek",
        documentnummer="CF-2031-0042",
        datum="12 maart 2031",
        exemplaar_voor=CLIENT.naam
        if soort == "plan_client"
        else "CAW Voorbeeldstad & omstreken"
        if vol
        else "Dienst Voorbeeld",
        casuscode="" if soort in (*MEER_CASUSSEN, "cijfers", "verzendlijst") else "K7QX-3M",
        versie=2 if vol else 1,
        vervangt=1 if vol else 0,
        wijzigingen=("Het uur van het overleg is veranderd.", "De rubriek Veiligheid is aangevuld.") if vol else (),
        doel="De fysieke en psychische integriteit van kwetsbare personen of van anderen beschermen.",
        grondslag="protocol 458ter Sw. 'kwetsbare personen'",
        markering="VERTROUWELIJK — casusoverleg protocol 458ter Sw. 'kwetsbare personen'. Deelnemers zijn tot "
        "geheimhouding verplicht wat betreft de tijdens het overleg meegedeelde geheimen.",
        verdeellijst=("Lokale politie Voorbeeldzone", "Justitiehuis Voorbeeldstad", "CAW Voorbeeldstad") if vol else (),
        contact=Contact(
            naam="Noor Testdonck",
            functie="projectcoördinator" if vol else "",
            organisatie="Samenwerkingsverband Voorbeeldstreek" if vol else "",
            adres="Proefplein 1, 0000 Voorbeeldstad" if vol else "",
            email="samen@example.org",
            telefoon="000 00 00 00" if vol else "",
        ),
        inleiding=("Deze gegevens zijn enkel bestemd voor het overleg.", LANG) if vol else (),
        slot=("Vernietig dit exemplaar na het overleg.",) if vol else (),
        taal="nl-BE",
    )


def make_afspraken(code: str, aantal: int, standen: tuple[str, ...] = ("",)) -> tuple[Afspraakregel, ...]:
    return tuple(
        Afspraakregel(
            casuscode=code,
            wat=LANG if nummer % 3 == 0 else f"Neemt contact op met de huisarts, poging {nummer}.",
            wie="CAW Voorbeeldstad & omstreken, Dienst Proef" if nummer % 2 else "Dienst Proef",
            tegen="" if nummer % 4 == 3 else f"{nummer} april 2031",
            nummer=f"NR{nummer:03}",
            stand=standen[nummer % len(standen)],
        )
        for nummer in range(1, aantal + 1)
    )


def make_verslag(vol: bool) -> tuple[Verslagblok, ...]:
    """A case with everything and one with a decision only; in the least document only the latter."""
    kaal = Verslagblok(
        nummer=2 if vol else 1,
        code="P2ZB-8T",
        soort="terugkomdossier",
        besluit="Verder in de ketenaanpak",
        partner="",
        onveiligheid="",
        geinformeerd="",
        stemt_in="",
        terugkoppeling="",
        terugkoppeling_wie="",
        terugkoppeling_hoe="",
        afspraken=(),
        passages=(),
    )
    if not vol:
        return (kaal,)
    rijk = Verslagblok(
        nummer=1,
        code="K7QX-3M",
        soort="nieuw",
        besluit="Spoor 2: een andere partner volgt verder op",
        partner="CAW Voorbeeldstad & omstreken",
        onveiligheid="Ernstig",
        geinformeerd="Gedeeltelijk",
        stemt_in="Niet gevraagd",
        terugkoppeling="Ja",
        terugkoppeling_wie="Dienst Proef",
        terugkoppeling_hoe="in een gesprek bij het volgende huisbezoek",
        afspraken=make_afspraken("K7QX-3M", 5),
        passages=("Wij werken samen om u te helpen met het water.", LANG * 2),
        rolverdeling=(Dragerregel(label="Casushouder", wie="Proefdienst voor zorg"),),
    )
    return (rijk, kaal, rijk.model_copy(update={"nummer": 3, "code": "R4TW-9C", "soort": "terugkomdossier"}))


def make_plan(vol: bool, doelen: int = 3, acties: int = 3) -> Planblok:
    """A proposal with one action, or an approved plan; the last action has neither date nor state."""
    regels = tuple(
        Actieregel(
            actie=LANG if vol and nummer % 3 == 0 else f"Belt de huisarts en maakt een afspraak, stap {nummer}.",
            wie="CAW Voorbeeldstad & omstreken, Dienst Proef" if nummer % 2 else "Dienst Voorbeeld",
            tegen="" if nummer == acties else f"{nummer} november 2031",
            status="" if nummer == acties else ("Lopend", "Nog niet gestart", "Afgerond")[nummer % 3],
        )
        for nummer in range(1, acties + 1)
    )
    return Planblok(
        stand="Goedgekeurd" if vol else "Voorstel",
        opgesteld_op="3 maart 2031",
        bijgewerkt_op="10 april 2031" if vol else "3 maart 2031",
        goedgekeurd_op="17 april 2031" if vol else "",
        doelen=tuple(
            Doelblok(
                nummer=nummer,
                doelstelling=f"De cliënt woont veilig, deel {nummer}. {LANG * (vol and nummer == 2)}".strip(),
                prioriteit=("Hoog", "Gewoon")[nummer % 2] if vol else "",
                acties=regels if vol else regels[:1],
            )
            for nummer in range(1, (doelen if vol else 1) + 1)
        ),
    )


def make_melding(soort: str, vol: bool) -> Meldingblok:
    """An invitation holds all of it; a correction has its date and its words only."""
    if soort == "bericht":
        return _make_overdracht(vol)
    overleg = soort != "addendum"
    return Meldingblok(
        label="Zorgoverleg" if overleg else "Correctie",
        datum="dinsdag 6 mei 2031",
        uur="14.00 uur" if overleg else "",
        plaats="Huis Proef, Proefplein 2, Voorbeeldstad" if overleg else "",
        wie="CAW Voorbeeldstad & omstreken, Dienst Proef, de cliënt" if overleg else "",
        mededelingen=("Er is een plek om te wachten.", LANG) if vol else ("Het nummer 12 is 21.",) * (not overleg),
    )


def _make_overdracht(vol: bool) -> Meldingblok:
    """A handover: who leaves and who takes over."""
    return Meldingblok(
        label="Een partner draagt over",
        datum="dinsdag 6 mei 2031",
        uur="",
        plaats="",
        wie="CAW Voorbeeldstad & omstreken",
        mededelingen=("Er is een plek om te wachten.", LANG) if vol else (),
        naar="Dienst Proef",
    )


def make_casus(nummer: int, code: str, vol: bool) -> Casusblok:
    regels = tuple(
        Informatieregel(tekst=LANG * (1 + deel % 3), bron=f"Dienst Proef {deel}", datum=f"{deel} februari 2031")
        for deel in range(1, 9)
    )
    return Casusblok(
        nummer=nummer,
        code=code,
        soort="nieuw" if nummer % 2 else "terugkomdossier",
        fase="aangemeld" if vol else "",
        anoniem="De cliënt is anoniem aangemeld." if vol and nummer == 2 else "",
        identiteit=(
            Persoon(rol="cliënt", naam="Xander Proefpersoon-van den Verzonnenberg", geboortedatum="1 januari 1970"),
            Persoon(rol="partner", naam="Ypsilon Testema", geboortedatum="31 december 1971"),
        )
        if vol
        else (),
        instemming=Instemmingsregel(geinformeerd="ja, op 3 maart 2031", stemt_in="gedeeltelijk: niet met de politie")
        if vol
        else None,
        uitkomst="aandacht" if vol else "",
        criteria=tuple(
            Criteriumregel(
                kort=f"{kort}",
                tekst="Meerderjarige kwetsbare personen waarvan de fysieke en/of psychische integriteit in gevaar is.",
                bron="draaiboek, punt 4",
                klasse=klasse,
                uitkomst=uitkomst,
                antwoord=antwoord,
                plaats="aanmeldformulier, rubriek Betrokkenen, rij 1",
            )
            for kort, klasse, uitkomst, antwoord in (
                ("Meerderjarig", "formeel", "voldaan", "18 jaar of ouder"),
                ("Uit de regio", "formeel", "niet voldaan", "gemeente buiten de regio"),
                ("Integriteit in gevaar", "oordeel", "onbeslist", ""),
                ("Regie en vrijwilligheid", "oordeel", "te wegen", ""),
                ("Eigen mogelijkheden verkend", "verklaard", "voldaan", "ja"),
            )
        )
        if vol
        else (),
        weegvragen=("Is de integriteit in gevaar, en van wie?", "Zijn de eigen mogelijkheden haalbaar?") if vol else (),
        rubrieken=(
            Rubriekblok(
                titel="Vraag aan de tafel",
                velden=(Veld(label="Wat verwacht u van het overleg?", waarde=REGELS), Veld(label="Doel", waarde=LANG)),
                rijen=(),
            ),
            Rubriekblok(
                titel="Betrokken diensten",
                velden=(),
                rijen=tuple(
                    Rijblok(
                        titel=f"Dienst {rij}",
                        velden=(Veld(label="Naam", waarde=f"Proefdienst {rij}"), Veld(label="Sinds", waarde="2029")),
                    )
                    for rij in (1, 2, 3)
                ),
            ),
            Rubriekblok(titel="Veiligheid", velden=(Veld(label="Acuut gevaar", waarde="nee"),), rijen=()),
        )
        if vol
        else (),
        feiten=regels if vol else (),
        inschattingen=regels[:3] if vol else (),
        rolverdeling=(Dragerregel(label="Casushouder", wie="Proefdienst voor zorg"),) if vol else (),
    )


def make_cijfers(vol: bool) -> Deelbeeld:
    """An overview that counts: three tables of both widths, or the total only."""
    tabellen = tuple(
        Cijfertabel(
            titel=f"Tabel {nummer}",
            toelichting=LANG if nummer == 1 else "",
            kop="Wat",
            kolommen=kolommen,
            regels=tuple(
                Cijferregel(label=f"regel {rij} van {nummer}", getallen=("minder dan 5", "10–14")[: len(kolommen)])
                for rij in range(4)
            ),
        )
        for nummer, kolommen in enumerate((("Aantal casussen",), ("voldaan", "niet voldaan"), ("Aantal casussen",)), 1)
    )
    return Deelbeeld(
        documentsoort="cijfers",
        sjabloon="cijfers",
        sleutel="cijfers/2031/bestuur",
        bestandsnaam="Rode draden 2031",
        ontvanger=Ontvanger(id="bestuur", naam="Bestuur", rollen=frozenset({"vast"}), ids=frozenset({"bestuur"})),
        kop=make_kop("cijfers", vol),
        cijfers=Cijferoverzicht(
            periode="2031",
            omschrijving="1 januari 2031 tot en met 31 december 2031",
            van="2031-01-01",
            tot="2031-12-31",
            kleinste_getal=5,
            totaal="15–19",
            tabellen=tabellen if vol else (),
        ),
    )


def make_verzendlijst(vol: bool) -> Deelbeeld:
    """A list of packages: twelve in all states, or one that waits."""
    regels = tuple(
        Verzendregel(
            ontvanger=f"Proefdienst {nummer} voor welzijn & zorg",
            adres="an.proef@example.org; tom.proef@example.org" if nummer % 3 else "geen e-mailadres bekend",
            pakket=f"proefdienst_{nummer}",
            inhoud=f"{nummer + 7} bestanden, klaar op 10 december 2031",
            weg="versleuteld; wachtwoord langs een andere weg" if nummer % 2 else "beveiligde weg",
            stand="" if nummer % 4 else "1 van 3 documenten: 11 december 2031, beveiligde mail",
            vakje="☐" if nummer % 5 else "☒",
        )
        for nummer in range(1, 13 if vol else 2)
    )
    ontvanger = Ontvanger(id="coordinator", naam="An Proef", rollen=frozenset(), ids=frozenset())
    return Deelbeeld(
        documentsoort="verzendlijst",
        sjabloon="verzendlijst",
        sleutel="verzendlijst/2031-12-17 expertentafel",
        bestandsnaam="2031-12-17 expertentafel",
        ontvanger=ontvanger,
        kop=make_kop("verzendlijst", vol),
        verzending=regels,
    )


def make_beeld(soort: str, vol: bool) -> Deelbeeld:
    """One document of this kind: with everything in it, or with as little as possible."""
    if soort == "cijfers":
        return make_cijfers(vol)
    if soort == "verzendlijst":
        return make_verzendlijst(vol)
    beeld = _make_op_naam(soort, vol)
    return make_anoniem(beeld) if soort in ANONIEM else beeld


def make_anoniem(beeld: Deelbeeld) -> AnoniemBeeld:
    """The same copy in anonymous types: months for days, and nobody's name."""
    waarden = dict(beeld)
    melding = beeld.melding
    return AnoniemBeeld(
        **{
            **waarden,
            "casussen": tuple(_make_anonieme_casus(casus) for casus in beeld.casussen),
            "verslag": tuple(
                AnoniemVerslag(**{**dict(b), "afspraken": tuple(map(_make_anonieme_afspraak, b.afspraken))})
                for b in beeld.verslag
            ),
            "afspraken": tuple(map(_make_anonieme_afspraak, beeld.afspraken)),
            "plan": _make_anoniem_plan(beeld.plan) if beeld.plan else None,
            "melding": AnoniemeMelding(**{**dict(melding), "datum": "mei 2031", "uur": "", "plaats": ""})
            if melding
            else None,
            "bewaren_tot": _strip_day(beeld.bewaren_tot),
        }
    )


def _strip_day(datum: str) -> str:
    return datum.lstrip("0123456789 ")


def _make_anonieme_afspraak(regel: Afspraakregel) -> AnoniemeAfspraak:
    return AnoniemeAfspraak(**{**dict(regel), "tegen": _strip_day(regel.tegen)})


def _make_anoniem_plan(plan: Planblok) -> AnoniemPlan:
    def make_doel(doel: Doelblok) -> AnoniemDoel:
        acties = tuple(AnoniemeActie(**{**dict(a), "tegen": _strip_day(a.tegen)}) for a in doel.acties)
        return AnoniemDoel(**{**dict(doel), "acties": acties})

    data = {naam: _strip_day(getattr(plan, naam)) for naam in ("opgesteld_op", "bijgewerkt_op", "goedgekeurd_op")}
    return AnoniemPlan(**{**dict(plan), **data, "doelen": tuple(map(make_doel, plan.doelen))})


def _make_anonieme_casus(casus: Casusblok) -> AnoniemeCasus:
    def make_veld(veld: Veld) -> AnoniemVeld:
        return AnoniemVeld(label=veld.label, waarde=veld.waarde, vorm=Veldvorm.TEKST)

    def make_rubriek(rubriek: Rubriekblok) -> AnoniemeRubriek:
        rijen = tuple(AnoniemeRij(titel=r.titel, velden=tuple(map(make_veld, r.velden))) for r in rubriek.rijen)
        return AnoniemeRubriek(titel=rubriek.titel, velden=tuple(map(make_veld, rubriek.velden)), rijen=rijen)

    vol = bool(casus.rubrieken)
    kind = (AnoniemVeld(label="Waar het kind naar uitkijkt", waarde=LANG, vorm=Veldvorm.TEKST),)
    gesteund = (AnoniemVeld(label="Veilig te contacteren", waarde="Ja", vorm=Veldvorm.KEUZE),)
    delen = {
        "identiteit": (),
        "rubrieken": tuple(map(make_rubriek, casus.rubrieken)),
        **{
            lijst: tuple(AnoniemeInformatie(**{**dict(r), "datum": _strip_day(r.datum)}) for r in getattr(casus, lijst))
            for lijst in ("feiten", "inschattingen")
        },
        "personen": (
            AnoniemePersoon(rolwoord="de moeder", leeftijd="18 jaar of ouder", velden=gesteund),
            AnoniemePersoon(rolwoord="kind 1", leeftijd="4 tot en met 7 jaar", velden=kind),
            AnoniemePersoon(rolwoord="kind 2", leeftijd="ongeboren", velden=()),
        )
        if vol
        else (),
    }
    return AnoniemeCasus(**{**dict(casus), **delen})


def _make_op_naam(soort: str, vol: bool) -> Deelbeeld:
    per_casus = soort in PER_CASUS
    codes = ("K7QX-3M",) if per_casus else ("K7QX-3M", "P2ZB-8T")
    casussen = tuple(make_casus(nummer, code, vol) for nummer, code in enumerate(codes, start=1))
    if soort == "aanwezigheidslijst":
        casussen = tuple(casus.model_copy(update={"deelnemers": DEELNEMERS[: 9 if vol else 1]}) for casus in casussen)
    if soort == "toetredingsverklaring":
        casussen = ()
    return Deelbeeld(
        documentsoort=soort,
        sjabloon=soort,
        sleutel=f"{soort}:geheim",
        bestandsnaam=soort,
        ontvanger=CLIENT
        if soort == "plan_client"
        else Ontvanger(
            id="caw",
            naam="CAW Voorbeeldstad & omstreken" if vol else "Dienst Voorbeeld",
            aanspreking="Geachte mevrouw Voorbeeld" if vol else "",
            email="caw@example.org",
            rollen=frozenset({"vast"}),
            ids=frozenset({"caw"}),
        ),
        kop=make_kop(soort, vol),
        ontmoeting=Ontmoeting(
            naam="Expertentafel",
            datum="donderdag 20 maart 2031",
            uur="13.30",
            plaats="Zaal Proef, Proefplein 1, Voorbeeldstad",
            let_op=("Deze datum valt op een feestdag; het overleg gaat door.",),
            aantal=len(casussen),
            aantal_tekst=f"{len(casussen)} casussen",
        )
        if vol
        else None,
        casussen=casussen if vol or per_casus else (),
        ontbrekend=(
            Ontbrekend(rubriek="Betrokkenen", label="Geboortedatum van de cliënt", reden="niet ingevuld"),
            Ontbrekend(rubriek="Instemming", label="Werd de cliënt geïnformeerd?", reden="geen geldige keuze"),
        )
        if soort == "vraag_om_aanvulling"
        else (),
        besluit=Besluitblok(
            label="Geagendeerd op de expertentafel",
            alineas=("Uw aanmelding wordt besproken op de volgende expertentafel.", "U wordt daarvoor uitgenodigd."),
            advies=LANG if vol else "",
            reden=LANG if vol else "",
            partner="Proefdienst" if vol else "",
        )
        if soort in BESLUITBRIEVEN
        else None,
        opzoeken=("Lopende of afgesloten dossiers over de betrokkenen", "Laatste contact en stand van zaken")
        if vol
        else (),
        verslag=make_verslag(vol) if soort == "verslag" else (),
        afspraken=make_afspraken("K7QX-3M", 7, STANDEN if soort in MET_STANDEN else ("",))
        if vol and soort in MET_AFSPRAKEN
        else (),
        passages=(LANG, "Een korte zin.") if vol and soort in ("terugkoppeling", "opdrachtbrief") else (),
        plan=make_plan(vol) if soort in MET_PLAN and (vol or soort != "stand_van_zaken") else None,
        melding=make_melding(soort, vol) if soort in NA_MELDING else None,
        stellingen=STELLINGEN if soort in ("opvolgfiche", "voorzittersexemplaar") else (),
        bewaren_tot="31 december 2036" if soort == "afsluitbericht" else "",
    )
