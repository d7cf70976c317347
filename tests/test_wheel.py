"""Installing without a checkout: the wheel holds data, templates and samples, and runs where nothing else is."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support_tafels import name_tafel

ROOT = Path(__file__).parents[1]
GEGEVENS = ("schemas/regios", "schemas/skelet", "word-templates", "samples")
SOORTEN = (".toml", ".docx", ".txt", ".html", ".md", ".pdf", ".eml", ".odt", ".doc", ".rtf", ".png", ".docm", ".msg")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map_ = tmp_path_factory.mktemp("wheel")
    opdracht = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(map_)]
    subprocess.run(opdracht, cwd=ROOT, check=True, capture_output=True)
    (pad,) = map_.glob("*.whl")
    return pad


@pytest.mark.xdist_group("wheel")
def test_the_wheel_holds_all_data_templates_and_samples(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archief:
        namen = archief.namelist()
    for map_ in GEGEVENS:
        for pad in (ROOT / map_).rglob("*"):
            if pad.is_file() and pad.suffix in SOORTEN:
                assert any(naam.endswith(pad.relative_to(ROOT).as_posix()) for naam in namen), pad.name
    assert "pipeline/meegeleverd/HANDLEIDING.md" in namen
    assert not [naam for naam in namen if "tests/" in naam or ".venv" in naam]


@pytest.mark.xdist_group("wheel")
def test_installed_in_an_environment_of_its_own_it_plays_a_scenario(wheel: Path, tmp_path: Path) -> None:
    """Only the libraries are taken from here; where it runs there is no checkout to fall back on."""
    omgeving = tmp_path / "omgeving"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(omgeving)], check=True)
    (python,) = (pad for naam in ("bin/python", "Scripts/python.exe") if (pad := omgeving / naam).exists())
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
    )
    (plaats,) = omgeving.rglob("site-packages")
    (plaats / "hier.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    (overleg,) = (pad for pad in omgeving.glob("*/overleg*") if pad.is_file())

    def run(*args: str) -> str:
        kaal = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PYTHON")}
        klaar = subprocess.run([str(overleg), *args], cwd=tmp_path, env=kaal, capture_output=True, text=True)
        assert klaar.returncode == 0, klaar.stdout + klaar.stderr
        return klaar.stdout

    versie = run("--version")
    assert name_tafel("gewoon") in versie and "vingerafdruk" in versie and "rdocx" in versie
    waar = "import pipeline, schemas; print(pipeline.__file__, schemas.__file__)"
    gevonden = subprocess.run([str(python), "-c", waar], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert gevonden.stdout.count(str(plaats)) == 2
    # Its text, pictures and template are there; the printing itself is tried elsewhere.
    boek = "import datetime; from pipeline.run import handleiding as h; b = h.load_boek(h.find_supplied(h.BRON), "
    boek += "versie='1', vandaag=datetime.date(2031, 3, 3)); print(len(b.beelden), len(b.sjabloon))"
    geladen = subprocess.run([str(python), "-c", boek], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert min(map(int, geladen.stdout.split())) > 0
    tafel = name_tafel("ander_gezin")
    run("demo", "oefening", "--tafel", tafel, "--pdf", "rdocx")
    assert list((tmp_path / "oefening" / tafel / "uit").rglob("*.pdf"))
