"""A fault in data names its line: of each key and value of any TOML, and of what a sentence about it names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_regios import TAFEL, copy_regios, get_fouten, spoil

from schemas.catalogus import REGIOS, SKELET, get_werkmap_sjabloon, load_tafel, load_werkmap
from schemas.fouten import DataFout
from schemas.tomltekst import Pad, list_regels

_LASTIG = st.sampled_from(["", " ] }", "[x]", "# geen uitleg", "a = 1", "','", "[[y]]", "{", "=,="])


def iterate_leaves(waarde: Any, pad: Pad = ()) -> Iterator[tuple[Pad, Any]]:
    if isinstance(waarde, dict | list):
        for stap, deel in waarde.items() if isinstance(waarde, dict) else enumerate(waarde):
            yield from iterate_leaves(deel, (*pad, stap))
    else:
        yield pad, waarde


class Schrijver:
    """Writes TOML of every shape, in which each value is a word that stands nowhere else."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.tel = 0

    def kies(self, keuzes: st.SearchStrategy[Any]) -> Any:
        return self.data.draw(keuzes)

    def write_word(self) -> str:
        self.tel += 1
        woord = f"w{self.tel}w {self.kies(_LASTIG)}"
        vorm = self.kies(st.sampled_from(["basis", "basis", "letterlijk", "lang", "lang_letterlijk"]))
        if vorm == "letterlijk" and "'" not in woord:
            return f"'{woord}'"
        if vorm == "lang":
            return f'"""{woord}\n[niet] = "een sleutel" \\\n  # noch uitleg\n"""'
        if vorm == "lang_letterlijk":
            return f"'''{woord}\nb = [\n'''"
        return f'"{woord}"'

    def write_value(self, diepte: int = 0) -> str:
        soort = (
            self.kies(st.sampled_from(["woord", "woord", "lijst", "lange lijst", "blok"])) if diepte < 3 else "woord"
        )
        if soort == "woord":
            return self.write_word()
        delen = [self.write_value(diepte + 1) for _ in range(self.kies(st.integers(0, 3)))]
        if soort == "blok":
            return "{ " + ", ".join(f"s{nummer} = {deel}" for nummer, deel in enumerate(delen)) + " }"
        if soort == "lijst":
            return "[" + ", ".join(delen) + "]"
        return "[ # uitleg ]\n\n" + "".join(f"    {deel}, # nog {nummer}\n" for nummer, deel in enumerate(delen)) + "]"

    def write_block(self, naam: str) -> str:
        sleutels = self.kies(st.permutations([f"{naam}k", f'"{naam} q"', f"{naam}d.e.f", f"{naam}d.e.'g h'"]))
        regels = [f"{sleutel} = {self.write_value()}" for sleutel in sleutels[: self.kies(st.integers(0, 4))]]
        return "\n# uitleg = 1\n".join(regels)

    def write_document(self) -> str:
        delen = [self.write_block("a")]
        for kop in ("[t]", "[[r]]", "[r.deel]", "[[r.rij]]", "[r.rij.x.y]", "[[r]]", '[[r."rij"]]', "[z.z]", "[z]"):
            if delen[-1] is not None:
                delen += [f"{kop} # {kop}", self.write_block(f"b{len(delen)}")]
        return "\n\n".join(delen) + "\n"


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_each_value_of_any_toml_has_the_line_in_which_it_begins(data: st.DataObject) -> None:
    schrijver = Schrijver(data)
    tekst = schrijver.write_document()
    regels = list_regels(data.draw(st.sampled_from([tekst, tekst.replace("\n", "\r\n")])))
    bladen = list(iterate_leaves(tomllib.loads(tekst)))
    assert len(bladen) == schrijver.tel
    for pad, waarde in bladen:
        regel = next(n for n, zin in enumerate(tekst.split("\n"), 1) if waarde.split()[0] in zin)
        assert regels[pad] == regel, (pad, tekst)


@pytest.mark.parametrize("map_", [REGIOS / TAFEL, SKELET], ids=["tafel", "skelet"])
def test_each_key_of_a_table_has_a_line_that_holds_it(map_: Path) -> None:
    for bestand in map_.rglob("*.toml"):
        tekst = bestand.read_text(encoding="utf-8")
        zinnen = tekst.split("\n")
        regels = list_regels(tekst)
        for pad, _ in iterate_leaves(tomllib.loads(tekst)):
            sleutel = next(stap for stap in reversed(pad) if isinstance(stap, str))
            hoogste = pad[: len(pad) - pad[::-1].index(sleutel)]
            assert sleutel in zinnen[regels[hoogste] - 1], (bestand.name, pad)


KRUISFOUTEN = [
    ("tafel.toml", 'naar_fase = "geagendeerd"', 'naar_fase = "gepland"', "besluiten"),
    ("deling.toml", 'document = "casusfiche"', 'document = "fiche"', "deelregels"),
    ("deling.toml", 'ook_voor = ["client"]', 'ook_voor = ["klient"]', "deelregels"),
    ("criteria.toml", 'waarde = "nee"', 'waarde = "neen"', "criteria"),
    ("documenten.toml", 'moment = "melding"', 'moment = "besluit"', "documenten"),
]


@pytest.mark.parametrize(("bestand", "oud", "nieuw", "lijst"), KRUISFOUTEN)
def test_a_mistake_between_files_names_the_line_of_its_block_or_key(
    tmp_path: Path, bestand: str, oud: str, nieuw: str, lijst: str
) -> None:
    regios = copy_regios(tmp_path)
    tekst = (regios / TAFEL / bestand).read_text(encoding="utf-8")
    spoil(regios, bestand, oud, nieuw)
    regel = tekst[: tekst.index(oud)].count("\n") + 1
    blok = tekst[: tekst.index(oud)].rindex(f"[[{lijst}")
    begin = tekst[:blok].count("\n") + 1
    genoemd = [fout for fout in get_fouten(regios).split("\n") if fout.startswith(f"{TAFEL}/{bestand}, regel ")]
    nummers = {int(fout.split(", regel ")[1].split(",")[0].split(":")[0]) for fout in genoemd}
    assert any(begin <= nummer <= regel for nummer in nummers), genoemd or get_fouten(regios)


def test_a_mistake_of_a_whole_list_names_no_line_of_it(tmp_path: Path) -> None:
    regios = copy_regios(tmp_path)
    spoil(regios, "tafel.toml", 'aliassen = ["politie",', 'aliassen = ["Parket",')
    assert f"{TAFEL}/tafel.toml, rollen: de naam" in get_fouten(regios)


@pytest.mark.parametrize(
    ("oud", "nieuw", "zin"),
    [
        ('uur = "9.30"', "uur = 9.30", "sleutel overleg > "),
        ('rol = "cgg"', 'rol = "cggg"', 'partner "cgg", sleutel rol'),
        ('gemeenten = ["Olen"]', 'gemeenten = [\n  "Geel",\n  "Oolen"]', 'sleutel gemeenten: de gemeente "Oolen"'),
        ("dagen_vooraf = 7", "dagen_vooraaf = 7", 'de sleutel "dagen_vooraaf" is onbekend'),
        ('email = "samen@example.org"', 'email = "samen"', "sleutel contact > email"),
    ],
)
def test_a_mistake_in_a_werkmap_names_the_line_of_its_key(tmp_path: Path, oud: str, nieuw: str, zin: str) -> None:
    bestand = tmp_path / "werkmap.toml"
    tekst = get_werkmap_sjabloon(TAFEL).replace(oud, nieuw, 1)
    bestand.write_text(tekst, encoding="utf-8")
    with pytest.raises(DataFout) as gevangen:
        load_werkmap(bestand, load_tafel(TAFEL))
    regel = tekst[: tekst.index(nieuw) + len(nieuw)].count("\n") + 1
    gezegd = [fout for fout in gevangen.value.fouten if fout.startswith(f"werkmap.toml, regel {regel}, ")]
    assert any(zin in fout for fout in gezegd), gevangen.value.fouten
