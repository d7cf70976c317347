"""A month of a table at which somebody may not know: every road that something can take, through the command line."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from support_fill import Antwoorden, fill_word
from support_tafels import name_tafel
from support_werkmap import Werkmapje

from pipeline.forms import build_formulier, fill_controls
from schemas.catalogus import load_tafel

TAFEL = name_tafel("afscherming")
SAMPLES = Path(__file__).parent.parent / "samples" / TAFEL
PERSONEN: Sequence[Antwoorden] = (
    {
        "betrokkenen.rol": "Slachtoffer",
        "betrokkenen.naam": "Willem Verbeeldman",
        "betrokkenen.geboortedatum": "3/4/1970",
        "betrokkenen.gemeente": "Brugge",
    },
    {
        "betrokkenen.rol": "Pleger",
        "betrokkenen.naam": "Xenia Verbeeldman",
        "betrokkenen.geboortedatum": "3/5/1971",
        "betrokkenen.gemeente": "Brugge",
    },
)
#: An aanmelding whose aanmelder works for the pleger, who does not know of it.
VAN_HELPER: Antwoorden = {
    "aanmelding.soort": "Nieuwe aanmelding",
    "aanmelding.datum": "12/11/2026",
    "aanmelder.naam": "Yoni Proefmans",
    "aanmelder.organisatie": "Justitiehuis Voorbeeldstad",
    "aanmelder.betrokken": "Ja",
    "aanmelder.email": "yoni.proefmans@aanmelder.example.org",
    "identiteit.zoeken": "Ja",
    "situatie.geweld": "Ja",
    "situatie.andere_problemen": "Ja",
    "situatie.onveiligheid.direct": True,
    "situatie.leefdomeinen.geld": True,
    "traject.vastgelopen.traject": True,
    "instemming.geinformeerd": "Enkel het slachtoffer; de pleger weet van niets",
    "instemming.reden_pleger": "Gevaar.",
    "instemming.wensen": "Ja",
    "instemming.stemt_in": "Ja",
    "veiligheid.acuut": "Nee",
    "vraag.vraag": "Wat nu?",
    "vraag.deelbaar.tafel": True,
}
DIENST: Antwoorden = {"diensten.naam": "Justitiehuis Voorbeeldstad", "diensten.werkt_voor.pleger": True}
TAKEN = {
    "caw": "Taak voor het welzijnswerk",
    "justitiehuis": "Taak voor het justitiehuis",
    "ggz": "Taak voor de geestelijke gezondheidszorg",
    "vk": "Taak voor het vertrouwenscentrum",
    "huis_van_het_kind": "Taak voor het huis van het kind",
}
NAMEN = {
    "caw": "CAW Voorbeeldkust",
    "justitiehuis": "Justitiehuis Voorbeeldstad",
    "ggz": "Centrum Geestelijke Gezondheid Verzonnen",
    "vk": "Vertrouwenscentrum Voorbeeldkust",
    "huis_van_het_kind": "Huis van het Kind Verzonnen",
    "clb": "CLB De Verzonnen School",
}
#: Who is kept out of the case, and why.
BUITEN = {
    "justitiehuis": "works for the pleger",
    "ggz": "nobody said for whom it works",
    "huis_van_het_kind": "invited, but did not sign",
    "slachtoffer": "a paper at home would reach the pleger",
    "pleger": "may not know",
}
MEDEDELING = "Gezocht wordt het verslag van vorig voorjaar."
VERBETERING = "In het vorige stuk stond een verkeerd uur."
NIET_VOOR_PARKET = "Dit leest het parket niet."
LAATSTE = "2026-12-15"  #: the day on which the last letter before the lifting was made


@dataclass
class Wegen:
    """The werkmap, with the codes of its cases: one kept from the pleger, an open one, one of the pleger's helper."""

    mapje: Werkmapje
    codes: dict[str, str] = field(default_factory=dict)
    _teksten: dict[str, str] = field(default_factory=dict)  #: by path: what is out never changes

    @property
    def gesloten(self) -> str:
        """The case of which the pleger may not know."""
        return self.codes["alleen_slachtoffer"]

    def iterate_files(self, wie: str) -> Iterator[tuple[str, str]]:
        """Path and text of each file in a folder of this recipient, whatever the day.

        A PDF is read only of whom nothing may reach: it holds what its Word file does.
        """
        for pad in self.mapje.list_files():
            map_ = pad.split("/")[2]
            if (map_ == wie or map_.startswith((f"{wie}_", f"{wie} "))) and (wie in BUITEN or not pad.endswith(".pdf")):
                if pad not in self._teksten:
                    self._teksten[pad] = read_text(self.mapje.map / pad)
                yield pad, self._teksten[pad]

    def fill_case(self, soort: str, code: str, antwoorden: Antwoorden, **blokken: Sequence[Antwoorden]) -> str:
        """Ask for a form about a case, fill it in, take it in; gives what was printed."""
        pad = self.mapje.map / f"{soort}.docx"
        vraag = ("formulier", soort, "--map", str(self.mapje.map), "--casus", code, "-o", str(pad))
        assert self.mapje.run(*vraag, "--vandaag", LAATSTE) == 0, self.mapje.uitvoer
        self.mapje.drop(fill_controls(pad.read_bytes(), antwoorden, {}, blokken), f"{soort}.docx")
        pad.unlink()
        self.mapje.process(LAATSTE)
        return self.mapje.uitvoer

    def tell(self, soort: str, datum: str = "14/12/2026", wie: str = "", tekst: str = "") -> str:
        """A melding about the case that is kept from the pleger."""
        antwoorden: dict[str, str | bool] = {"melding.soort": soort, "melding.datum": datum, "melding.wie": wie}
        voor = {f"mededelingen.deelbaar.{groep}": True for groep in ("tafel", "team", "aanmelder")}
        gezegd: list[Antwoorden] = [{"mededelingen.tekst": tekst, **voor}]
        blokken = {"mededelingen": gezegd} if tekst else {}
        return self.fill_case("melding", self.gesloten, antwoorden, **blokken)


def read_text(pad: Path) -> str:
    """All words of a Word file, PDF, mail, calendar or JSON file, on one line."""
    inhoud = pad.read_bytes()
    if pad.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            delen = [archief.read(naam).decode() for naam in archief.namelist() if naam.endswith(".xml")]
        return " ".join(re.sub(r"<[^>]*>", " ", deel) for deel in delen)
    if pad.suffix == ".pdf":
        klaar = subprocess.run(["pdftotext", "-raw", str(pad), "-"], capture_output=True, check=True)
        return " ".join(klaar.stdout.decode().split())
    if pad.suffix == ".eml":
        mail = message_from_bytes(inhoud, policy=default)
        delen = [str(deel.get_content()) for deel in mail.walk() if deel.get_content_maintype() == "text"]
        return " ".join([str(mail), *delen])
    return inhoud.decode().replace("\r\n ", "")


def play(plaats: Path) -> Wegen:
    """From the aanmeldingen to the addendum and the agenda of the next month, with the pleger kept out all along."""
    mapje = Werkmapje(plaats / "werkmap")
    assert mapje.run("nieuw", str(mapje.map), "--tafel", TAFEL) == 0
    wegen = Wegen(mapje)
    _receive(wegen, plaats)
    mapje.prepare("overlegtafel", "2026-11-26")
    _decide(wegen)
    mapje.run("verslag", str(mapje.map), "--overleg", "overlegtafel", "--vandaag", "2026-12-09", "--pdf", "rdocx")
    wegen.tell("Een partner is niet langer bij de casus betrokken", wie=NAMEN["vk"])
    gevraagd = ", ".join((NAMEN["caw"], NAMEN["justitiehuis"], NAMEN["ggz"]))
    wegen.tell("Vraag aan een partner om ontbrekende elementen", wie=gevraagd, tekst=MEDEDELING)
    _plan(wegen)
    wegen.tell("Verbetering van een document dat al verstuurd is", tekst=VERBETERING)
    mapje.prepare("overlegtafel", "2026-12-16")
    mapje.run("termijnen", str(mapje.map), "--vandaag", "2026-12-16", "--ics", str(plaats / "termijnen.ics"))
    return wegen


def _receive(wegen: Wegen, plaats: Path) -> None:
    data = load_tafel(TAFEL)
    leeg = build_formulier(data, data.get_aanmeldformulier())
    for geval in ("alleen_slachtoffer", "volledig"):
        (pad,) = (SAMPLES / geval).glob("*.docx")
        wegen.mapje.drop(pad.read_bytes(), f"{geval}.docx")
    helper = fill_word(leeg, VAN_HELPER, {"betrokkenen": PERSONEN, "diensten": [DIENST]})
    wegen.mapje.drop(helper, "van_helper.docx")
    wegen.mapje.process("2026-11-25")
    (plaats / "ontvangst.txt").write_text(wegen.mapje.uitvoer, encoding="utf-8")
    wegen.codes = {d.ontvangsten[0].bestand.removesuffix(".docx"): d.code for d in wegen.mapje.list_dossiers()}


def _decide(wegen: Wegen) -> None:
    """Whoever filled this in noted as present, and gave to-do's to, people who may not know."""
    (pad,) = (wegen.mapje.map / "uit").rglob("Verslagformulier overlegtafel 2026-12-08.docx")
    besluit = {"punten.besluit": "Dossier volledig: risicotaxatie, weging en kwalificatie"}
    aanwezig = ", ".join(naam for naam in NAMEN.values() if naam != NAMEN["huis_van_het_kind"])
    samen = {**besluit, "punten.aanwezig": aanwezig}
    bij = {"punten.ad_hoc": f"{NAMEN['clb']}, {NAMEN['huis_van_het_kind']}"}
    rijen: dict[str, Mapping[str, str | bool]] = dict.fromkeys(wegen.codes.values(), samen)
    rijen[wegen.gesloten] = {**samen, **bij}
    plan = {"punten.besluit": "Gewogen: plan van aanpak met een casusregisseur", "punten.casusregisseur": NAMEN["caw"]}
    rijen[wegen.codes["volledig"]] = {**samen, **plan}  # so that a term runs
    gegeven = [wie for wie in TAKEN if wie != "huis_van_het_kind"]
    taken = [
        {"afspraken.casus": wegen.gesloten, "afspraken.wat": TAKEN[wie], "afspraken.wie": NAMEN[wie]} for wie in gegeven
    ]
    eigen = {
        "afspraken.casus": wegen.codes["volledig"],
        "afspraken.wat": "Iets anders",
        "afspraken.wie": NAMEN["justitiehuis"],
    }
    ingevuld = fill_controls(pad.read_bytes(), {}, rijen, {"afspraken": [*taken, eigen]})
    wegen.mapje.drop(ingevuld, "besluiten.docx")
    wegen.mapje.process("2026-12-09")


def _plan(wegen: Wegen) -> None:
    plan = {"plan.stand": "Voorstel", "plan.opgesteld_op": "14/12/2026", "plan.bijgewerkt_op": "14/12/2026"}
    vast: Antwoorden = {
        "acties.doelstelling": "Rust in huis.",
        "acties.prioriteit": "Hoog",
        "acties.status": "Te doen",
        **{f"acties.deelbaar.{groep}": True for groep in ("tafel", "team", "slachtoffer", "pleger")},
    }
    acties: list[Antwoorden] = [
        {**vast, "acties.actie": TAKEN[wie], "acties.uitvoerder": NAMEN[wie]} for wie in ("caw", "justitiehuis", "ggz")
    ]
    eigen = {"acties.actie": NIET_VOOR_PARKET, "acties.uitvoerder": NAMEN["caw"], "acties.niet_voor": "Parket"}
    acties.append({**vast, **eigen})
    wegen.fill_case("plan", wegen.gesloten, plan, acties=acties)
