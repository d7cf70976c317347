"""Nothing that is written on the forms of a meeting is repeated by what is printed, by reasons, manifests or names."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from support_kanaries import find_kanaries, plant
from support_samples import Speler, Voorbeeld, list_rounds

from pipeline.forms import fill_controls
from pipeline.register import Register
from pipeline.run import process_inbox
from pipeline.run.results import Formulierresultaat, Lot
from schemas import kern
from schemas.tafel import Overlegsoort

#: Of each table the first sample on which an overleg decides.
EERSTE = {tafel: v for tafel, ronde in reversed(list_rounds()) for v in reversed(ronde) if "besluit" in v.verwacht}


class Kanariespeler(Speler):
    """Hands in each form of a meeting twice: with canaries over all that can be written in, and in its notes only."""

    geplant = 0

    def hand_in(self, pad: Path, rijen: dict[str, dict[str, str]], datum: dt.date) -> None:
        for keuzes in (True, False):
            vol, aantal = plant(pad.read_bytes(), keuzes=keuzes, buiten=() if keuzes else self.list_checked())
            inhoud = vol if keuzes else fill_controls(vol, {}, rijen)
            (self.map / "in" / f"{keuzes} {pad.name}").write_bytes(inhoud)
            (resultaat,) = self._process(datum)
            assert resultaat.lot is (Lot.QUARANTAINE if keuzes else Lot.BESLIST), resultaat.bevindingen
            self.geplant += aantal

    def list_checked(self) -> tuple[str, ...]:
        """What may not hold just anything: all but the free texts of the rows that stand there for the cases."""
        rubrieken = [r for f in self.data.formulieren for r in f.rubrieken]
        punten = kern.PUNT_CASUS.split(".")[0]
        keuzes = [v.id for r in rubrieken if r.id == punten for v in r.vragen if not v.soort.endswith("tekst")]
        return (*(r.id for r in rubrieken if r.id != punten), *keuzes)

    def _process(self, dag: dt.date) -> tuple[Formulierresultaat, ...]:
        resultaat = process_inbox(self._make_settings(dag))
        self._scherm.show_verwerkt(resultaat, proef=False)
        return resultaat.formulieren

    def choose(self, overleg: Overlegsoort, gevraagd: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """What the sample asks for, or else the first decision that can be taken, of each case on the agenda."""
        with Register.open(self.map, alleen_lezen=True) as register:
            dossiers = register.list_dossiers()
        besluiten = [b for b in self.data.tafel.besluiten if b.overleg == overleg.id]
        besluiten.sort(key=lambda besluit: besluit.id != gevraagd["besluit"])
        fasen = (*overleg.nieuw_uit, *overleg.terugkom_uit)
        kan = {d.code: [b for b in besluiten if not b.van or d.fase in b.van] for d in dossiers if d.fase in fasen}
        return {code: {**gevraagd, "besluit": mogelijk[0].id} for code, mogelijk in kan.items() if mogelijk}


@pytest.mark.parametrize("voorbeeld", EERSTE.values(), ids=list(EERSTE))
def test_no_answer_on_the_form_of_a_meeting_is_repeated(
    voorbeeld: Voorbeeld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tijdelijk = tmp_path / "tijdelijk"
    tijdelijk.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tijdelijk))
    speler = Kanariespeler(tmp_path / "werkmap", voorbeeld.tafel)
    resultaten = speler.receive([voorbeeld])
    for overleg in speler.data.tafel.overleggen:
        speler.decide(overleg, speler.choose(overleg, voorbeeld.verwacht))
    gespeeld = speler.finish((voorbeeld,), resultaten)
    assert speler.geplant >= 10
    assert list(find_kanaries(gespeeld.map, tijdelijk, gespeeld.regels)) == []
