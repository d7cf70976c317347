"""Invented aanmeldingen and dossiers from a few words, and raw forms as a reader would give them: no Word files."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from support_tafels import name_tafel

from pipeline.validate.parse import parse_antwoord
from schemas.aanmelding import Aanmelding, Antwoord, IngevuldeRubriek, Meta, Rij, Status, Validatie
from schemas.catalogus import get_werkmap_sjabloon, load_catalogus
from schemas.deling import Vlag
from schemas.dossier import Dossier, GenomenBesluit, Ontvangst, Ontvangstsoort
from schemas.formulier import Formulier, Rubriek, Rubriekvorm, Vraag
from schemas.inzending import RuwAntwoord, RuweSoort, RuweTabel, RuwFormulier
from schemas.namen import Namenlijst
from schemas.werkmap import Werkmap

TAFEL = name_tafel("gewoon")
DATA = load_catalogus()[TAFEL]
AANMELDFORMULIER = DATA.get_aanmeldformulier()
WERKMAP = Werkmap.model_validate_json(json.dumps(tomllib.loads(get_werkmap_sjabloon(TAFEL)), default=dt.date.isoformat))
NAMEN = Namenlijst(DATA.tafel, WERKMAP.partners)
VANDAAG = dt.date(2026, 12, 1)
SHA = "a" * 64

Rijen = Mapping[str, Sequence[Mapping[str, str]]]
Vlaggen = Mapping[str, Vlag | Sequence[Vlag]]

GEEN = Vlag()
TAFELVLAG = Vlag(deelbaar_met=frozenset({"tafel"}))
TRIAGEVLAG = Vlag(deelbaar_met=frozenset({"triage"}))
ALLEN = Vlag(deelbaar_met=frozenset(groep.id for groep in DATA.deling.doelgroepen))

#: A complete aanmelding by name, of an adult from the region.
VOLLEDIG: Mapping[str, str] = {
    "aanmelding.soort": "nieuw",
    "aanmelding.datum": "12/11/2026",
    "aanmelding.anoniem": "op naam",
    "aanmelder.naam": "Fien Voorbeeldmans",
    "aanmelder.organisatie": "CAW De Kempen",
    "aanmelder.email": "fien.voorbeeldmans@caw.example.org",
    "identiteit.zoeken": "ja",
    "integriteit.aard": "fysiek, anderen",
    "integriteit.toelichting": "Zij vermagert zichtbaar.",
    "eigen_mogelijkheden.verkend": "ja",
    "eigen_mogelijkheden.welke": "Wekelijkse gesprekken.",
    "eigen_mogelijkheden.getoetst": "ja",
    "instemming.geinformeerd": "volledig",
    "instemming.stemt_in": "ja",
    "veiligheid.crisis": "nee",
    "vraag.vraag": "Wie kan wat opnemen?",
}
CLIENT: Mapping[str, str] = {
    "rol": "client",
    "naam": "Roos Bedachtzaam",
    "geboortedatum": "14/3/1979",
    "adres": "Verzonnenstraat 12",
    "gemeente": "Herentals",
}
MOEDER: Mapping[str, str] = {"rol": "moeder", "naam": "Tine Bedachtzaam", "gemeente": "Olen"}
FEIT: Mapping[str, str] = {"tekst": "Het licht brandt nooit.", "soort": "F", "bron": "huisbezoek", "datum": "3/11/2026"}
INSCHATTING: Mapping[str, str] = {
    "tekst": "Zij lijkt bang.",
    "soort": "inschatting",
    "bron": "eigen indruk",
    "datum": "4/11/2026",
}
RIJEN: Rijen = {"betrokkenen": [CLIENT], "informatie": [FEIT]}

#: A complete anonymous aanmelding: no name, and age and region declared.
ANONIEM: Mapping[str, str] = {
    **{vraag: antwoord for vraag, antwoord in VOLLEDIG.items() if vraag != "identiteit.zoeken"},
    "aanmelding.anoniem": "anoniem",
    "situatie.meerderjarig": "ja",
    "situatie.regio": "ja",
}
ANONIEME_RIJEN: Rijen = {"betrokkenen": [{"rol": "client"}], "informatie": [FEIT]}


def make_aanmelding(
    antwoorden: Mapping[str, str] = VOLLEDIG,
    rijen: Rijen = RIJEN,
    vlaggen: Vlaggen | None = None,
    *,
    sha: str = SHA,
    formulier: Formulier = AANMELDFORMULIER,
) -> Aanmelding:
    """An aanmelding with these answers (text, as typed); flags by rubriek, and by row where it has rows.

    A row may name itself with "id".
    """
    rubrieken = tuple(
        _make_rubriek(r, antwoorden, rijen.get(r.id, ()), (vlaggen or {}).get(r.id, GEEN), sha)
        for r in formulier.rubrieken
    )
    return Aanmelding(tafel=TAFEL, formulier=formulier.id, versie=formulier.versie, rubrieken=rubrieken)


def make_dossier(
    aanmelding: Aanmelding | None = None,
    *,
    code: str = "BCDFG2",
    fase: str = "aangemeld",
    besluiten: Sequence[GenomenBesluit] = (),
    overleg_op: dt.date | None = None,
    aangemeld_op: dt.date = dt.date(2026, 11, 12),
) -> Dossier:
    """A dossier that one form made."""
    ontvangst = Ontvangst(
        sha256=SHA, bestand="formulier.docx", ontvangen_op=aangemeld_op, soort=Ontvangstsoort.AANMELDING
    )
    return Dossier(
        code=code,
        fase=fase,
        aangemeld_op=aangemeld_op,
        aanmelding=aanmelding or make_aanmelding(),
        ontvangsten=(ontvangst,),
        besluiten=tuple(besluiten),
        overleg_op=overleg_op,
    )


def make_validatie(aanmelding: Aanmelding, *, sha: str = SHA, casuscode: str = "", nummer: str = "") -> Validatie:
    """A validated form, ready to be taken in."""
    meta = Meta(casuscode=casuscode, nummer=nummer)
    return Validatie(aanmelding=aanmelding, meta=meta, sha256=sha, bestand="formulier van Roos.docx", bevindingen=())


def iterate_antwoorden(aanmelding: Aanmelding) -> Iterator[Antwoord]:
    """Every answer of every rubriek and row."""
    for rubriek in aanmelding.rubrieken:
        yield from rubriek.antwoorden
        for rij in rubriek.rijen:
            yield from rij.antwoorden


def _make_rubriek(
    rubriek: Rubriek,
    antwoorden: Mapping[str, str],
    rijen: Sequence[Mapping[str, str]],
    vlag: Vlag | Sequence[Vlag],
    sha: str,
) -> IngevuldeRubriek:
    if rubriek.vorm is Rubriekvorm.VRAGEN:
        assert isinstance(vlag, Vlag)
        eigen = tuple(make_antwoord(v, antwoorden.get(v.id, ""), rubriek.titel, vlag) for v in rubriek.vragen)
        return IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, antwoorden=eigen)
    vlaggen = [vlag] * len(rijen) if isinstance(vlag, Vlag) else list(vlag)
    gemaakt = tuple(
        Rij(
            id=rij.get("id", f"{sha[:12]}-{rubriek.id}-{nummer}"),
            antwoorden=tuple(
                make_antwoord(v, rij.get(v.veld, ""), f"{rubriek.titel}, rij {nummer}", vlaggen[nummer - 1])
                for v in rubriek.vragen
            ),
        )
        for nummer, rij in enumerate(rijen, start=1)
    )
    return IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, rijen=gemaakt)


def make_antwoord(vraag: Vraag, tekst: str, plaats: str = "ergens", vlag: Vlag = GEEN) -> Antwoord:
    """One answer, read from text as the pipeline reads it."""
    gelezen = parse_antwoord(vraag, tekst, NAMEN, VANDAAG)
    return Antwoord(
        vraag=vraag.id,
        label=vraag.label,
        plaats=plaats,
        status=gelezen.status if tekst else Status.NIET_GEVONDEN,
        waarde=gelezen.waarde,
        bezwaar=gelezen.bezwaar,
        vlag=vlag,
    )


# --- raw forms ---


def tagged(tag: str, waarde: str | bool, rij: int | None = None, plaats: str = "") -> RuwAntwoord:
    """An answer in a control of ours."""
    soort = RuweSoort.VINKJE if isinstance(waarde, bool) else RuweSoort.TEKST
    veld = tag.split(".")[1]
    waar = plaats or f"tabel 9, rij {rij or 0}, {veld}"
    return RuwAntwoord(label=veld, waarde=waarde, soort=soort, plaats=waar, leeg=not waarde, tag=tag, rij=rij)


def labelled(label: str, waarde: str, kop: str = "", plaats: str = "alinea 7") -> RuwAntwoord:
    """A label with a value, without any control."""
    return RuwAntwoord(label=label, waarde=waarde, soort=RuweSoort.LABEL, plaats=plaats, leeg=not waarde, kop=kop)


def make_ruw(antwoorden: Iterable[RuwAntwoord] = (), tabellen: Iterable[RuweTabel] = ()) -> RuwFormulier:
    """A file with these answers and tables."""
    return RuwFormulier(
        bestand="formulier.docx", soort="docx", sha256=SHA, antwoorden=tuple(antwoorden), tabellen=tuple(tabellen)
    )


def make_head(casuscode: str = "") -> tuple[RuwAntwoord, ...]:
    """The locked controls at the head of a form of ours."""
    waarden = {"formulier.tafel": TAFEL, "formulier.id": AANMELDFORMULIER.id, "formulier.casuscode": casuscode}
    return tuple(tagged(tag, waarde, plaats="tabel 1, rij 2") for tag, waarde in waarden.items() if waarde)
