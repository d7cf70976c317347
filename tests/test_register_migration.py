"""A register of an earlier version is brought up to date in place, whole or not at all."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from disk_samples import DAG, make_dossier, make_pakket

from pipeline.register import Register, RegisterFout
from pipeline.register.database import _STAPPEN, VERSIE
from schemas.bewaring import Verzending
from schemas.nazicht import (
    Nazichtantwoord,
    Nazichtbesluit,
    Nazichtsoort,
    Nazichtvraag,
    make_open_id,
    make_vraag_id,
)

CODE = make_dossier().code


def make_old(map_: Path, versie: int) -> None:
    """A register as a program of that version left it, with a case and a package."""
    with Register.open(map_) as register:
        register.save_dossier(make_dossier(), "aangemeld", DAG)
        register.add_verstrekking(make_pakket().verstrekkingen[0])
    with closing(sqlite3.connect(map_ / "register.sqlite")) as verbinding, verbinding:
        nieuw = {"verzending", "vernietiging", "nazicht", "op_te_ruimen"} if versie == 1 else set()
        for tabel in nieuw:
            verbinding.execute(f"DROP TABLE {tabel}")
        # As it was stored then: without the fields that came later.
        verbinding.execute("UPDATE verstrekking SET inhoud = json_remove(inhoud, '$.tafelversie')")
        verbinding.execute(
            "UPDATE inhoud SET tekst = json_remove(tekst, '$.tafelversie') WHERE tekst LIKE '%tafelversie%'"
        )
        verbinding.execute(f"PRAGMA user_version = {versie}")


def read_tables(map_: Path) -> set[str]:
    with closing(sqlite3.connect(map_ / "register.sqlite")) as verbinding:
        return {rij[0] for rij in verbinding.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def read_version(map_: Path) -> int:
    with closing(sqlite3.connect(map_ / "register.sqlite")) as verbinding:
        return int(verbinding.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_register_opens_with_all_that_it_held(tmp_path: Path) -> None:
    make_old(tmp_path, 1)
    with Register.open(tmp_path) as register:
        (verstrekking,) = register.list_verstrekkingen()
        assert register.list_dossiers() == (make_dossier(),)
        assert verstrekking.tafelversie == ""
        assert register.add_verzending(Verzending(sleutel=verstrekking.sleutel, versie=1, op=DAG))
        assert register.list_verzendingen() and register.list_vernietigingen() == ()
    assert read_version(tmp_path) == VERSIE


def test_a_register_that_was_brought_up_to_date_is_the_same_as_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "oud").mkdir()
    (tmp_path / "nieuw").mkdir()
    make_old(tmp_path / "oud", 1)
    for naam in ("oud", "nieuw"):
        Register.open(tmp_path / naam).close()
    assert read_tables(tmp_path / "oud") == read_tables(tmp_path / "nieuw")


def test_looking_only_leaves_an_older_register_as_it_is(tmp_path: Path) -> None:
    make_old(tmp_path, 1)
    voor = (tmp_path / "register.sqlite").read_bytes()
    with Register.open(tmp_path, alleen_lezen=True) as register:
        assert register.list_verzendingen() == {}
    assert (tmp_path / "register.sqlite").read_bytes() == voor


def test_an_older_copy_from_the_reserve_can_be_put_back(tmp_path: Path) -> None:
    make_old(tmp_path, 1)
    shutil.copy(tmp_path / "register.sqlite", tmp_path / "kopie")
    Register.open(tmp_path).close()
    shutil.copy(tmp_path / "kopie", tmp_path / "register.sqlite")
    with Register.open(tmp_path) as register:
        assert register.list_dossiers() == (make_dossier(),)


def test_a_step_that_fails_leaves_the_older_register(tmp_path: Path) -> None:
    make_old(tmp_path, 1)
    with closing(sqlite3.connect(tmp_path / "register.sqlite")) as verbinding, verbinding:
        verbinding.execute("CREATE TABLE vernietiging (in_de_weg TEXT)")
    with pytest.raises(RegisterFout):
        Register.open(tmp_path)
    assert read_version(tmp_path) == 1
    assert "verzending" not in read_tables(tmp_path)


def ask(passage: str, token: str, *, anoniem: bool) -> Nazichtvraag:
    soort = Nazichtsoort.WOORD if anoniem else Nazichtsoort.IDENTITEIT
    return Nazichtvraag(
        id=make_open_id(CODE, passage, token, soort, anoniem=anoniem),
        casuscode=CODE,
        waar=("Casusfiche: Informatie, feit",),
        passage=passage,
        token=token,
        soort=soort,
        waarom="lijkt op een naam",
    )


def test_questions_get_a_name_that_cannot_be_guessed_and_keep_their_answers_and_history(tmp_path: Path) -> None:
    vragen = [ask("Mieke woont alleen.", "Mieke", anoniem=False), ask("Bij de Meir.", "Meir", anoniem=True)]
    antwoorden = [
        Nazichtantwoord(vraag=vragen[0].id, besluit=besluit, op=DAG, door="Noor Voorbeeld")
        for besluit in (Nazichtbesluit.NIET_DELEN, Nazichtbesluit.DELEN)
    ]
    with Register.open(tmp_path) as register:
        register.save_dossier(make_dossier(), "aangemeld", DAG)
        register.add_vragen(vragen, DAG)
        for antwoord in antwoorden:
            register.add_antwoord(antwoord)
    with closing(sqlite3.connect(tmp_path / "register.sqlite")) as verbinding, verbinding:
        verbinding.execute("PRAGMA user_version = 2")

    with Register.open(tmp_path) as register:
        sleutel = register.get_vraagsleutel()
        eerste, tweede = register.list_nazicht()
        assert [regel.vraag.id for regel in (eerste, tweede)] == [
            make_vraag_id(v.casuscode, v.passage, v.token, v.soort, anoniem=anoniem, sleutel=sleutel)
            for v, anoniem in zip(vragen, (False, True), strict=True)
        ]
        assert eerste.antwoord == antwoorden[1].model_copy(update={"vraag": eerste.vraag.id})
        assert tweede.antwoord is None
        assert register.verify() == ()
        register.add_vragen([eerste.vraag, tweede.vraag], DAG)
        assert len(register.list_nazicht()) == 2
    namen = [f"nazicht {regel.vraag.id}" for regel in (eerste, tweede)]
    with closing(sqlite3.connect(tmp_path / "register.sqlite")) as verbinding:
        gebeurd = verbinding.execute(
            "SELECT soort, betreft FROM gebeurtenis JOIN inhoud USING (volgnummer) WHERE tekst IS NOT NULL "
            "AND betreft LIKE 'nazicht %' ORDER BY volgnummer"
        ).fetchall()
    assert gebeurd == [
        ("nazicht gevraagd", namen[0]),
        ("nazicht: niet_delen", namen[0]),
        ("nazicht: delen", namen[0]),
        ("nazicht gevraagd", namen[1]),
    ]

    with Register.open(tmp_path) as register:
        register.forget_nazicht(CODE)
    assert b"Mieke" not in (tmp_path / "register.sqlite").read_bytes()


def test_two_registers_never_give_a_question_the_same_name(tmp_path: Path) -> None:
    sleutels = []
    for naam in ("een", "twee"):
        (tmp_path / naam).mkdir()
        with Register.open(tmp_path / naam) as register:
            sleutels.append(register.get_vraagsleutel())
            assert register.get_mark() != register.get_vraagsleutel().hex()
    vraag = (CODE, "Mieke woont alleen.", "Mieke", Nazichtsoort.IDENTITEIT)
    namen = {make_vraag_id(*vraag, sleutel=sleutel) for sleutel in sleutels} | {make_open_id(*vraag)}
    assert len(namen) == 3


def test_there_is_a_step_to_each_version() -> None:
    assert sorted(_STAPPEN) == list(range(1, VERSIE + 1))
