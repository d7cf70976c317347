"""Invented values for the tests of the stages that touch the disk."""

from __future__ import annotations

import datetime as dt

from pipeline.deliver import Herkomst, build_manifest, make_bestandsregel
from schemas.aanmelding import Aanmelding
from schemas.deelbeeld import Contact, Deelbeeld, Kop, Ontvanger
from schemas.dossier import Dossier
from schemas.verstrekking import Bestand, Pakket, Verstrekking

DAG = dt.date(2026, 12, 10)
ONTVANGER = Ontvanger(id="dienst", naam="Dienst", rollen=frozenset({"partner"}), ids=frozenset({"dienst", "partner"}))
CONTACT = Contact(naam="An Voorbeeld", functie="f", organisatie="o", adres="a", email="an@example.org", telefoon="0")


def make_dossier(code: str = "C-1", fase: str = "aangemeld") -> Dossier:
    aanmelding = Aanmelding(tafel="regio/tafel", formulier="aanmelding", versie="1", rubrieken=())
    return Dossier(code=code, fase=fase, aangemeld_op=DAG, aanmelding=aanmelding, ontvangsten=())


def make_beeld(sleutel: str, versie: int) -> Deelbeeld:
    kop = Kop(
        tafel="Tafel",
        titel="Fiche",
        afzender="o",
        documentnummer="F-1",
        datum="10 december 2026",
        exemplaar_voor="Dienst",
        casuscode="C-1",
        versie=versie,
        vervangt=versie - 1,
        wijzigingen=(),
        doel="",
        grondslag="",
        markering="",
        verdeellijst=(),
        contact=CONTACT,
        inleiding=(),
        slot=(),
        taal="nl-BE",
    )
    return Deelbeeld(
        documentsoort="fiche", sjabloon="fiche", sleutel=sleutel, bestandsnaam="Fiche", ontvanger=ONTVANGER, kop=kop
    )


def make_pakket(
    map_: str = "2026-12-17 overleg/dienst",
    *,
    sleutel: str = "fiche|C-1|dienst",
    versie: int = 1,
    tekst: str = "inhoud",
    manifest: str = "manifest.json",
) -> Pakket:
    naam = "Fiche C-1" if versie == 1 else f"Fiche C-1 versie {versie}"
    bestanden = tuple(Bestand(naam=f"{naam}.{soort}", inhoud=f"{tekst} {soort}".encode()) for soort in ("docx", "pdf"))
    verstrekking = Verstrekking(
        sleutel=sleutel,
        versie=versie,
        documentnummer="F-1",
        documentsoort="fiche",
        ontvanger="dienst",
        map=map_,
        klaargezet_op=DAG,
        bestanden=tuple(make_bestandsregel(bestand) for bestand in bestanden),
        beeld=make_beeld(sleutel, versie),
    )
    herkomst = Herkomst(tafel="regio/tafel", tafelversie="1", sjablonen={"fiche": "0" * 64}, motor="geen 1.0")
    lijst = build_manifest(manifest, "dienst", [verstrekking], bestanden, herkomst)
    return Pakket(map=map_, bestanden=(*bestanden, lijst), verstrekkingen=(verstrekking,))
