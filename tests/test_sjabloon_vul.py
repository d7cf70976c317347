"""`overleg sjabloon vul`: any template with any data, printed exactly or refused with the place."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from docx import Document
from support_docxtpl import make_table, make_template, read_members

from pipeline.cli import run_cli
from pipeline.errors import ExitCode
from pipeline.render.members import join_members, pack_member

GEGEVENS = {"naam": "An & Bert", "bedrag": 1.5, "rijen": [{"a": "x"}, {"a": "y\nz"}]}


class Vuller:
    def __init__(self, map_: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.map, self._capsys, self.uit = map_, capsys, map_ / "uit.docx"
        self.melding = ""

    def fill(self, sjabloon: bytes, gegevens: object, *opties: str) -> int:
        (self.map / "brief.docx").write_bytes(sjabloon)
        ruw = gegevens if isinstance(gegevens, bytes) else json.dumps(gegevens).encode()
        (self.map / "data.json").write_bytes(ruw)
        code = self.run(*opties)
        assert self.uit.exists() == (code == ExitCode.KLAAR)
        return code

    def run(self, *opties: str) -> int:
        namen = [str(self.map / naam) for naam in ("brief.docx", "data.json")]
        code = run_cli(["sjabloon", "vul", *namen, "-o", str(self.uit), *opties])
        uitvoer = self._capsys.readouterr()
        self.melding = " ".join((uitvoer.out + uitvoer.err).split())
        return code

    def read(self) -> list[str]:
        return [alinea.text for alinea in Document(str(self.uit)).paragraphs]


@pytest.fixture
def vuller(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Vuller:
    return Vuller(tmp_path, capsys)


def test_every_value_is_printed_as_it_is_written(vuller: Vuller) -> None:
    sjabloon = make_template(
        "{{ naam }}: {{ bedrag }}", make_table(("{%tr for r in rijen %}",), ("{{ r.a }}",), ("{%tr endfor %}",))
    )
    ruw = json.dumps(GEGEVENS).replace("1.5", "1.50").encode()
    assert vuller.fill(sjabloon, ruw) == ExitCode.KLAAR
    assert vuller.read() == ["An & Bert: 1.50"]
    assert [cel.text for cel in Document(str(vuller.uit)).tables[0].columns[0].cells] == ["x", "y\nz"]


def test_tags_split_over_runs_by_another_word_processor_are_read(vuller: Vuller) -> None:
    deel = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    stukken = "".join(deel.format(stuk) for stuk in ("Aan {", "{ na", "am", " }", "}."))
    assert vuller.fill(make_template(f"<w:p>{stukken}</w:p>"), {"naam": "An"}) == ExitCode.KLAAR
    assert vuller.read() == ["Aan An."]


def test_the_properties_that_libreoffice_writes_stay_behind(vuller: Vuller) -> None:
    leden = read_members(make_template("{{ naam }}"))
    van, naar = b"package/2006/relationships/metadata/core", b"officedocument/2006/relationships/metadata/core"
    assert van in leden["_rels/.rels"]
    leden["_rels/.rels"] = leden["_rels/.rels"].replace(van, naar)
    leden["docProps/core.xml"] = leden["docProps/core.xml"].replace(b"python-docx", b"Kanariepiet")
    assert vuller.fill(join_members({n: pack_member(n, i) for n, i in leden.items()}), {"naam": "An"}) == ExitCode.KLAAR
    assert not any(b"Kanariepiet" in inhoud for inhoud in read_members(vuller.uit.read_bytes()).values())


@pytest.mark.parametrize(
    ("gegevens", "woorden"),
    [
        ({"naam": "a", "naan": "b"}, ("gebruikt het gegeven 'naan' niet", "Bedoelde u 'naam'?")),
        ({"nam": "a"}, ("het veld 'naam' bestaat niet", "bedoelde u 'nam'?")),
        ({"naam": "abc\ud83ddef"}, ("veld 'naam', teken 4", "U+D83D")),
        ({"naam": ["a", {"b": "x\u0007"}]}, ("veld 'naam[2].b', teken 2", "U+0007")),
        ({"naam": ["a"]}, ("een lijst",)),
        ({"naam": None}, ("geen tekst",)),
        (b'{"naam": "a", "naam": "b"}', ("meer dan eens",)),
        (b'{"naam": NaN}', ("NaN",)),
        (b'{"naam": ' + b"9" * 9999 + b"}", ("duizenden cijfers",)),
        (b'{"naam": \n"a"', ("regel 2, teken 4",)),
        (b'["a"]', ("groep van namen en waarden",)),
        (b"[" * 100_000, ("te veel lagen",)),
        (b'{"naam": "\xff"}', ("UTF-8",)),
    ],
)
def test_data_that_do_not_fit_are_refused_by_place(vuller: Vuller, gegevens: object, woorden: tuple[str, ...]) -> None:
    assert vuller.fill(make_template("{{ naam }}"), gegevens) in (ExitCode.CONFIGURATIE, ExitCode.POORT)
    assert [woord for woord in woorden if woord not in vuller.melding] == []
    assert "abc" not in vuller.melding


def add_member(docx: bytes, naam: str) -> bytes:
    uit = io.BytesIO(docx)
    with zipfile.ZipFile(uit, "a") as pakket:
        pakket.writestr(naam, b"x")
    return uit.getvalue()


@pytest.mark.parametrize(
    ("sjabloon", "woord"),
    [
        (b"geen Word", "geen Word-document"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "wachtwoord"),
        (add_member(make_template("x"), "word/vbaProject.bin"), "macro"),
        (make_template("{{ self.__init__.__globals__ }}{{ naam }}"), "self"),
        (make_template("{{ naam.__class__ }}"), "__class__"),
        (make_template("{% for i in range(999999999) %}{{ naam }}{% endfor %}"), "niet toegelaten"),
        (make_template("{{ naam", "x }}"), "alinea 1: “{{ naam”: deze tag is niet gesloten; er ontbreekt }}."),
        (make_template("{% if naam %}", "x"), "alinea 1: “{% if naam %}”: deze voorwaarde heeft geen einde"),
    ],
)
def test_a_template_that_is_none_or_may_not_be_is_refused(vuller: Vuller, sjabloon: bytes, woord: str) -> None:
    for opties in ((), ("--soepel",)):
        assert vuller.fill(sjabloon, {"naam": "An"}, *opties) == ExitCode.CONFIGURATIE
        assert woord in vuller.melding


def test_what_has_no_end_is_stopped(vuller: Vuller) -> None:
    lus = "{% for a in r %}{% for b in r %}{% for c in r %}{% endfor %}{% endfor %}{% endfor %}"
    assert vuller.fill(make_template(lus), {"r": ["x"] * 999}) == ExitCode.CONFIGURATIE
    assert "meer dan 1.000.000 keer" in vuller.melding
    groei = "{% set x = x ~ x %}" * 40 + "{{ x|length }}"
    assert vuller.fill(make_template(groei), {"x": "abcdefgh"}) == ExitCode.CONFIGURATIE
    assert "langer dan 100.000.000 tekens" in vuller.melding


def test_leniently_nothing_is_printed_for_what_is_not_there(vuller: Vuller) -> None:
    sjabloon = make_template("[{{ a }}{{ a.b.c }}{{ leeg }}]{% for x in a %}x{% endfor %}{% if a %}x{% endif %}")
    assert vuller.fill(sjabloon, {"leeg": None, "meer": 1}, "--soepel") == ExitCode.KLAAR
    assert vuller.read() == ["[]"]


def test_a_value_of_ten_megabytes_is_printed_whole(vuller: Vuller) -> None:
    lang = "Dit is een lange tekst. " * 450_000
    assert vuller.fill(make_template("{{ naam }}"), {"naam": lang}) == ExitCode.KLAAR
    assert lang.encode() in read_members(vuller.uit.read_bytes())["word/document.xml"]


def test_a_document_that_is_there_is_not_overwritten(vuller: Vuller) -> None:
    sjabloon = make_template("{{ naam }}")
    assert vuller.fill(sjabloon, {"naam": "An"}) == ExitCode.KLAAR
    vuller.uit.write_bytes(b"met eigen woorden")
    assert vuller.run() == ExitCode.GEBRUIK
    assert "uit.docx bestaat al en wordt niet overschreven" in vuller.melding
    assert vuller.uit.read_bytes() == b"met eigen woorden"
