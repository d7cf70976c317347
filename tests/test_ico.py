"""The individueel casusoverleg: its criteria, its casushouder, its windows, and a plan in which nobody stands."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import itertools
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from support_dossier import make_aanmelding
from support_nazicht import share_all
from support_samples import ONTVANGST, TAFELS, VOORBEELDEN, Speler
from support_tafels import name_tafel
from support_tekst import read_any, squeeze

from pipeline.check import check_aanmelding
from pipeline.forms import fill_controls
from pipeline.register import Register
from pipeline.run import make_case_form, make_correction_form, make_verslag, prepare_overleg, process_inbox
from pipeline.run.results import Lot, Verwerkt
from pipeline.terms import list_vervaldagen
from schemas.aanmelding import DatumWaarde
from schemas.datum import MAANDEN
from schemas.dossier import Dossier
from schemas.formulier import Formuliersoort
from schemas.toetsing import Eindoordeel, Uitkomst

TAFEL = name_tafel("mailgroep")
DATA = TAFELS[TAFEL]
FORMULIER = DATA.get_aanmeldformulier()
ICO = DATA.tafel.overleggen[0]
JA, NEE, OPEN = Uitkomst.VOLDAAN, Uitkomst.NIET_VOLDAAN, Uitkomst.ONBESLIST

# --- criteria -------------------------------------------------------------------------------------------------------

#: Each atom of "(A and B and C) or D": its question, and an answer that meets it, one that does not, and none.
ATOMEN: Mapping[str, Mapping[Uitkomst, str]] = {
    "situatie.leefgebieden": {JA: "wonen, werk", NEE: "wonen", OPEN: ""},
    "situatie.afglijden": {JA: "ja", NEE: "nee", OPEN: ""},
    "situatie.ketens": {JA: "zorg, straf", NEE: "zorg", OPEN: ""},
    "situatie.binnen_keten": {JA: "nee", NEE: "ja", OPEN: ""},
    "situatie.impact": {JA: "ja", NEE: "nee", OPEN: ""},
    "situatie.gebied": {JA: "ja", NEE: "nee", OPEN: ""},
}
VOLLEDIG = {
    "aanmelding.soort": "nieuw",
    "aanmelding.datum": "18/11/2026",
    "aanmelding.anoniem": "op naam",
    "aanmelder.naam": "Sem Bedacht",
    "aanmelder.organisatie": "politie",  # a name that the builder of these answers knows as a partner
    "aanmelder.email": "sem@example.org",
    "identiteit.zoeken": "ja",
    "situatie.domeinen": "zorg, veiligheid",
    **{vraag: antwoorden[JA] for vraag, antwoorden in ATOMEN.items()},
    "instemming.geinformeerd": "volledig",
    "instemming.stemt_in": "ja",
    "vraag.vraag": "Wat nu?",
}
DIENSTEN = [{"naam": "Politie Voorbeeldland"}, {"naam": "Behandelcentrum De Verzinning"}]
RIJEN = {
    "betrokkenen": [{"rol": "client", "naam": "Tibor Verzinsel", "geboortedatum": "2/7/1991"}],
    "diensten": DIENSTEN,
    "informatie": [{"tekst": "Het licht brandt.", "soort": "feit", "bron": "wijkagent", "datum": "3/11/2026"}],
}


def check(antwoorden: Mapping[str, str], diensten: list[dict[str, str]] | None = None) -> dict[str, Uitkomst]:
    rijen = {**RIJEN, "diensten": DIENSTEN if diensten is None else diensten}
    aanmelding = make_aanmelding({**VOLLEDIG, **antwoorden}, rijen, formulier=FORMULIER)
    return {c.criterium: c.uitkomst for c in check_aanmelding(aanmelding, DATA, ONTVANGST).criteria}


def negate_worst(*delen: Uitkomst) -> Uitkomst:
    """Kleene's and: one no is a no, else one open leaves it open."""
    return NEE if NEE in delen else OPEN if OPEN in delen else JA


def test_a_complex_case_is_a_and_b_and_c_or_d_whatever_each_of_them_is() -> None:
    vragen = list(ATOMEN)
    for uitkomsten in itertools.product((JA, NEE, OPEN), repeat=len(vragen)):
        antwoorden = {vraag: ATOMEN[vraag][uit] for vraag, uit in zip(vragen, uitkomsten, strict=True)}
        abc, d = negate_worst(*uitkomsten[:-1]), uitkomsten[-1]
        verwacht = JA if JA in (abc, d) else OPEN if OPEN in (abc, d) else NEE
        assert check(antwoorden)["complex"] is verwacht, antwoorden


@pytest.mark.parametrize(
    ("criterium", "antwoorden", "verwacht"),
    [
        ("snijvlak", {}, JA),
        ("snijvlak", {"situatie.domeinen": "zorg"}, NEE),
        ("snijvlak", {"situatie.domeinen": "veiligheid"}, NEE),
        ("snijvlak", {"situatie.domeinen": ""}, OPEN),
        ("convenantpartner", {}, JA),
        ("convenantpartner", {"aanmelder.organisatie": "Buurtdroom"}, NEE),
        ("convenantpartner", {"aanmelder.organisatie": ""}, OPEN),
        ("zwaarte", {}, OPEN),
        ("direct_contact", {}, OPEN),
    ],
)
def test_what_the_source_says_of_a_case_is_checked_and_what_only_people_can_weigh_stays_open(
    criterium: str, antwoorden: dict[str, str], verwacht: Uitkomst
) -> None:
    assert check(antwoorden)[criterium] is verwacht


@pytest.mark.parametrize(("aantal", "verwacht"), [(2, JA), (1, NEE), (0, OPEN)])
def test_there_is_no_casusoverleg_without_two_ketenpartners(aantal: int, verwacht: Uitkomst) -> None:
    assert check({}, DIENSTEN[:aantal])["ketenpartners"] is verwacht


def test_one_ketenpartner_is_not_ontvankelijk_and_too_little_complexity_only_asks_for_attention() -> None:
    een = make_aanmelding(VOLLEDIG, {**RIJEN, "diensten": DIENSTEN[:1]}, formulier=FORMULIER)
    assert check_aanmelding(een, DATA, ONTVANGST).eindoordeel is Eindoordeel.NIET_ONTVANKELIJK
    antwoorden = {**VOLLEDIG, "situatie.impact": "nee", "situatie.gebied": "nee"}
    licht = make_aanmelding(antwoorden, RIJEN, formulier=FORMULIER)
    assert check_aanmelding(licht, DATA, ONTVANGST).eindoordeel is Eindoordeel.AANDACHT


# --- one case through the whole run ---------------------------------------------------------------------------------

DAG = dt.date(2026, 12, 18)
GENODIGD = "Politie Voorbeeldland, Behandelcentrum De Verzinning"
EERSTE = {
    "punten.besluit": "Eerste ICO: een afstemmingsplan en een vervolg-ICO",
    "punten.casushouder": "Behandelcentrum De Verzinning",
    "punten.mailgroep": "Mailgroep Zilver",
    "punten.overleg_op": "2/2/2027",
    "punten.aanwezig": "Politie Voorbeeldland, Behandelcentrum De Verzinning",
}
ACTIE = {
    "acties.doelstelling": "De man is weer in behandeling.",
    "acties.prioriteit": "Hoog",
    "acties.actie": "Gaat samen op huisbezoek.",
    "acties.uitvoerder": "Behandelcentrum De Verzinning, Politie Voorbeeldland",
    "acties.tegen": "8/1/2027",
    "acties.status": "Te doen",
    "acties.deelbaar.mailgroep": True,
}
PLAN = {
    "plan.stand": "Goedgekeurd",
    "plan.opgesteld_op": "18/12/2026",
    "plan.bijgewerkt_op": "18/12/2026",
    "plan.goedgekeurd_op": "18/12/2026",
}


class Casus(Speler):
    """The complete sample, taken in; forms are filled in and dropped one by one."""

    def __init__(self, map_: Path) -> None:
        super().__init__(map_, TAFEL)
        voorbeeld = next(v for v in VOORBEELDEN if (v.tafel, v.naam) == (TAFEL, "volledig"))
        self.code = self.receive([voorbeeld])["volledig"].casuscode

    @property
    def dossier(self) -> Dossier:
        with Register.open(self.map, alleen_lezen=True) as register:
            dossier = register.get_dossier(self.code)
        assert dossier is not None
        return dossier

    def drop(self, inhoud: bytes, dag: dt.date, antwoorden: Mapping[str, str | bool], **rest: object) -> Verwerkt:
        """Fill in and take in one form; `rest` as `fill_controls` takes rows and blocks."""
        (self.map / "in" / "formulier.docx").write_bytes(fill_controls(inhoud, dict(antwoorden), **rest))  # type: ignore[arg-type]
        return process_inbox(self._make_settings(dag))

    def tell(self, dag: dt.date, soort: str, **antwoorden: str) -> Verwerkt:
        """A melding of this kind."""
        melding = DATA.tafel.get_melding(soort)
        assert melding is not None
        inhoud = make_case_form(self._make_settings(dag), Formuliersoort.MELDING, self.code)
        vast = {"melding.soort": melding.label, "melding.datum": f"{dag.day}/{dag.month}/{dag.year}"}
        return self.drop(inhoud, dag, {**vast, **{f"melding.{veld}": tekst for veld, tekst in antwoorden.items()}})

    def meet(self, dag: dt.date = DAG) -> bytes:
        """Prepare the ICO of this day, and give its decision form."""
        prepare_overleg(self._make_settings(dag), ICO, dag)
        (pad,) = (self.map / "uit").rglob(f"Verslagformulier ICO {dag.isoformat()}.docx")
        return pad.read_bytes()

    def decide_on(self, inhoud: bytes, dag: dt.date, **anders: str) -> Verwerkt:
        antwoorden = {**EERSTE, **{f"punten.{veld}": tekst for veld, tekst in anders.items()}}
        return self.drop(inhoud, dag, {}, rijen={self.code: antwoorden})

    def plan_all(self) -> None:
        """Its first ICO and its plan: what leaves by the gates is let go."""
        self.tell(ONTVANGST, "ico_gepland", wie=GENODIGD, overleg_op="18/12/2026")
        self.decide_on(self.meet(), DAG)
        later = DAG + dt.timedelta(days=3)  # the day on which a letter is made stands on it
        settings = self._make_settings(later)
        self.drop(make_case_form(settings, Formuliersoort.PLAN, self.code), later, PLAN, blokken={"acties": [ACTIE]})
        share_all(settings)
        process_inbox(settings)

    def list_terms(self, dag: dt.date) -> dict[str, tuple[dt.date, dt.date | None]]:
        alle = list_vervaldagen([self.dossier], DATA, self._make_settings(dag).werkmap, dag)
        return {vervaldag.termijn: (vervaldag.datum, vervaldag.tot) for vervaldag in alle}


def list_codes(verwerkt: Verwerkt) -> set[str]:
    return {bevinding.code for item in verwerkt.formulieren for bevinding in item.bevindingen}


@pytest.fixture(scope="module")
def begonnen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A werkmap with the case, planned for its first ICO."""
    casus = Casus(tmp_path_factory.mktemp("ico") / "werkmap")
    casus.tell(ONTVANGST, "ico_gepland", wie=GENODIGD, overleg_op="18/12/2026")
    casus.meet()
    return casus.map


@pytest.fixture(scope="module")
def gepland(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A werkmap with the case after its first ICO, its plan in the mail group."""
    casus = Casus(tmp_path_factory.mktemp("ico") / "werkmap")
    casus.plan_all()
    return casus.map


@pytest.fixture
def voor(begonnen: Path, tmp_path: Path) -> Casus:
    return _reopen(begonnen, tmp_path)


@pytest.fixture
def na(gepland: Path, tmp_path: Path) -> Casus:
    return _reopen(gepland, tmp_path)


def _reopen(bron: Path, tmp_path: Path) -> Casus:
    doel = tmp_path / bron.parent.name
    shutil.copytree(bron, doel)
    casus = Casus.__new__(Casus)
    Speler.__init__(casus, tmp_path / f"{bron.parent.name} leeg", TAFEL)
    casus.map = doel
    with Register.open(doel, alleen_lezen=True) as register:
        (dossier,) = register.list_dossiers()
    casus.code = dossier.code
    return casus


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"casushouder": ""}, "rol-niet-vervuld"),
        ({"mailgroep": ""}, "rol-niet-vervuld"),
        ({"casushouder": "Mailgroep Zilver"}, "rol-niet-voor-partner"),
        ({"casushouder": "Politie Voorbeeldland, Behandelcentrum De Verzinning"}, "rol-meer-dan-een"),
        ({"casushouder": "Opvang De Tussenstap"}, "rol-niet-ondertekend"),
        ({"casushouder": "Stichting Buurtdroom"}, "partner-onbekend"),
        ({"overleg_op": "18/12/2026"}, "vervolg-niet-later"),
        ({"besluit": "Afsluiten"}, "datum-zonder-vervolg"),
    ],
)
def test_a_first_ico_is_not_taken_over_without_one_casushouder_who_can_be_it_and_a_day_that_can_be(
    voor: Casus, anders: dict[str, str], code: str
) -> None:
    (pad,) = (voor.map / "uit").rglob("Verslagformulier ICO 2026-12-18.docx")
    verwerkt = voor.decide_on(pad.read_bytes(), DAG, **anders)
    assert [item.lot for item in verwerkt.formulieren] == [Lot.QUARANTAINE]
    assert list_codes(verwerkt) == {code}
    assert (voor.dossier.fase, voor.dossier.benoemingen) == ("aangemeld", ())
    # The number is not spent: the same form, put right, is accepted.
    assert [item.lot for item in voor.decide_on(pad.read_bytes(), DAG).formulieren] == [Lot.BESLIST]
    assert voor.dossier.get_drager("casushouder") == "ggz_voorbeeld"


@pytest.mark.parametrize(
    ("op", "codes"),
    [
        ("29/1/2027", {"casus-geagendeerd"}),
        ("28/1/2027", {"casus-geagendeerd", "overleg-buiten-venster"}),
        ("15/2/2027", {"casus-geagendeerd", "overleg-buiten-venster"}),
        ("6/2/2027", {"casus-geagendeerd", "overleg-geen-werkdag"}),
    ],
)
def test_a_day_outside_six_to_eight_weeks_or_in_a_weekend_is_kept_and_told(
    voor: Casus, op: str, codes: set[str]
) -> None:
    (pad,) = (voor.map / "uit").rglob("Verslagformulier ICO 2026-12-18.docx")
    verwerkt = voor.decide_on(pad.read_bytes(), DAG, overleg_op=op)
    assert list_codes(verwerkt) == codes
    dag, maand, jaar = map(int, op.split("/"))
    assert voor.dossier.overleg_op == dt.date(jaar, maand, dag)


def test_a_correction_names_another_casushouder_and_the_first_is_forgotten(na: Casus) -> None:
    inhoud = make_correction_form(na._make_settings(DAG), ICO, DAG)
    na.decide_on(inhoud, DAG, casushouder="Politie Voorbeeldland", overleg_op="")
    assert na.dossier.get_drager("casushouder") == "politie_voorbeeld"
    assert [b.wie for b in na.dossier.benoemingen if b.rol == "casushouder"] == ["politie_voorbeeld"]
    assert na.dossier.overleg_op == dt.date(2027, 2, 2)


def test_a_plan_is_due_before_christmas_and_no_more_once_it_is_there(voor: Casus, na: Casus) -> None:
    (pad,) = (voor.map / "uit").rglob("Verslagformulier ICO 2026-12-18.docx")
    voor.decide_on(pad.read_bytes(), DAG)
    termijnen = voor.list_terms(DAG)
    assert termijnen["plan_delen"] == (dt.date(2026, 12, 23), None)  # the 24th is a closing day of the werkmap
    assert termijnen["vervolg_ico"] == (dt.date(2027, 1, 29), dt.date(2027, 2, 12))
    assert termijnen["contact"] == (dt.date(2027, 1, 15), dt.date(2027, 1, 29))
    assert na.list_terms(DAG).keys() == {"vervolg_ico", "contact"}


def test_each_contact_begins_the_next_four_to_six_weeks(na: Casus) -> None:
    dag = dt.date(2027, 1, 19)
    na.tell(dag, "contact")
    assert na.list_terms(dag)["contact"] == (dt.date(2027, 2, 16), dt.date(2027, 3, 2))


def test_a_casushouder_who_stops_is_told_of_and_gone_until_somebody_takes_over(na: Casus) -> None:
    dag = dt.date(2027, 1, 19)
    verwerkt = na.tell(dag, "gestopt", wie="Behandelcentrum De Verzinning")
    assert "rol-zonder-drager" in list_codes(verwerkt)
    berichten = (na.map / "uit" / "2027-01-19 brieven").rglob("Bericht*.docx")
    assert {pad.parent.name for pad in berichten} == {"politie_voorbeeld"}
    assert "Casushouder" not in read_plan(na)
    na.tell(dag + dt.timedelta(days=1), "nieuwe_casushouder", naar="Politie Voorbeeldland")
    assert na.dossier.get_drager("casushouder") == "politie_voorbeeld"
    assert "Casushouder: Politie" in read_plan(na)


def test_a_signal_goes_to_the_casushouder_of_that_day_only(na: Casus) -> None:
    dag = dt.date(2027, 1, 19)
    na.tell(dag, "lukt_niet", wie="Politie Voorbeeldland")
    na.tell(dag + dt.timedelta(days=1), "nieuwe_casushouder", naar="Maatschappelijk werk De Schakel")
    assert {pad.parent.name for pad in (na.map / "uit").rglob("Signaal*.docx")} == {"ggz_voorbeeld"}


def test_a_melding_moves_the_ico_to_another_day_and_its_hour_stands_in_the_invitation(voor: Casus) -> None:
    voor.tell(ONTVANGST, "ico_gepland", wie="Gemeente Voorbeeldstad", overleg_op="21/12/2026", uur="16.15")
    assert voor.dossier.overleg_op == dt.date(2026, 12, 21)
    voor.meet(dt.date(2026, 12, 21))
    map_ = voor.map / "uit" / "2026-12-21 ico"
    uitnodigingen = {pad.parent.name: read_any(pad) for pad in map_.rglob("Uitnodiging*.docx")}
    assert uitnodigingen.keys() == {"politie_voorbeeld", "ggz_voorbeeld", "gemeente_voorbeeld"}
    assert all("16.15 uur" in tekst for tekst in uitnodigingen.values())


def test_the_casushouder_stands_in_the_verslag_and_the_mail_group_in_nothing(na: Casus) -> None:
    make_verslag(na._make_settings(DAG), ICO, DAG)
    teksten = [read_any(pad) for pad in (na.map / "uit" / "2026-12-18 ico verslag").rglob("Verslag*.docx")]
    assert teksten
    assert all("Casushouder: Behandelcentrum De Verzinning" in tekst for tekst in teksten)
    assert not any("Mailgroep Zilver" in tekst for tekst in teksten)


# --- the anonymous plan ---------------------------------------------------------------------------------------------


def read_plan(casus: Casus) -> str:
    """The latest version of the plan."""
    paden = sorted((casus.map / "uit").rglob("Afstemmingsplan*.docx"), key=lambda pad: pad.parts[-3])
    return read_any(paden[-1])


def read_whole(pad: Path) -> str:
    """All that a file of a package says; of a mail its headers, words and the names of what it carries."""
    if pad.suffix != ".eml":
        return read_any(pad)
    mail = email.message_from_bytes(pad.read_bytes(), policy=email.policy.default)
    delen = [f"{naam}: {waarde}" for deel in mail.walk() for naam, waarde in deel.items()]
    return "\n".join([*delen, *(d.get_content() for d in mail.walk() if d.get_content_maintype() == "text")])


def list_secrets(dossier: Dossier) -> Iterator[str]:
    """Whatever the aanmelding says in words, numbers or dates, and every organisation of the werkmap."""
    for rubriek in dossier.aanmelding.rubrieken:
        for antwoord in (*rubriek.antwoorden, *(a for rij in rubriek.rijen for a in rij.antwoorden)):
            waarde = antwoord.waarde
            if isinstance(waarde, DatumWaarde):
                dag = waarde.datum
                yield from (f"{dag.day} {MAANDEN[dag.month - 1]}", dag.isoformat(), f"{dag.day}/{dag.month}/{dag.year}")
            elif antwoord.format() and getattr(waarde, "soort", "") != "keuze":
                yield antwoord.format()
    yield from ("Tibor", "Wilma", "Verzinsel", "Voorbeeldstad", "1991", "18 december", "8 januari", "Sem", "Bedacht")


def test_the_plan_goes_to_the_mail_group_of_the_case_alone_and_nobody_can_be_found_in_any_byte_of_it(na: Casus) -> None:
    mappen = {pad.parent for pad in (na.map / "uit").rglob("Afstemmingsplan*")}
    (map_,) = mappen
    assert map_.name == "mailgroep_zilver"
    bestanden = sorted(map_.iterdir())
    assert {pad.suffix for pad in bestanden} == {".docx", ".pdf", ".json", ".eml", ".txt"}
    tekst = squeeze(" ".join(map(read_whole, bestanden))).casefold()
    assert squeeze("Geestelijke gezondheidszorg, Politie").casefold() in tekst
    assert squeeze("Casushouder: Geestelijke gezondheidszorg").casefold() in tekst
    assert squeeze("januari 2027").casefold() in tekst
    eigen = {"Voorbeeldstad"}  # the address of the procesregisseur on every document
    geheim = {g for g in list_secrets(na.dossier) if g not in eigen}
    partners = {p.naam for p in na._make_settings(DAG).werkmap.partners if p.rol not in ("mailgroep",)}
    assert len(geheim) > 20
    assert {g for g in geheim | partners if squeeze(g).casefold() in tekst} == set()
