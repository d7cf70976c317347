"""A zip is judged by its directory first, and inflated within limits."""

from __future__ import annotations

import io
import zipfile

import pytest
from support_docx import build_zip

from pipeline import safezip
from pipeline.errors import InvoerFout
from pipeline.safezip import open_zip


def _code(content: bytes, name: str = "") -> str:
    with pytest.raises(InvoerFout) as caught:
        package = open_zip("f.docx", content)
        package.read(name)
    assert "“f.docx”" in caught.value.melding
    assert caught.value.remedie
    return caught.value.bevinding.code


def test_members_are_read_whole() -> None:
    package = open_zip("f.docx", build_zip([("a.xml", "een"), ("map/b.xml", "twee")]))
    assert package.names == ["a.xml", "map/b.xml"]
    assert package.read("map/b.xml") == b"twee"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.xml", "A.XML"])
def test_a_name_that_occurs_twice_is_refused_whatever_its_case(second: str) -> None:
    assert _code(build_zip([("a.xml", "een"), (second, "twee")])) == "zip-dubbel-onderdeel"


@pytest.mark.parametrize("name", ["", "../a.xml", "/a.xml", "a/../../b.xml", "a\\b.xml", "C:/a.xml"])
def test_a_name_that_points_elsewhere_is_refused(name: str) -> None:
    assert _code(build_zip([(name, "een")])) == "zip-vreemde-naam"


def test_more_members_than_any_form_has_are_refused() -> None:
    assert _code(build_zip((f"{number}.xml", "") for number in range(1001))) == "zip-te-veel-onderdelen"


def test_a_directory_of_sixty_thousand_is_refused_before_it_is_read() -> None:
    assert _code(b"PK\x03\x04" + b"PK\x01\x02" * 60_000) == "zip-te-veel-onderdelen"


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(build_zip([("a.xml", "een")]))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert _code(bytes(content)) == "zip-versleuteld"


def test_an_odd_compression_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.xml", "een")
    assert _code(buffer.getvalue()) == "zip-compressie"


def test_a_bomb_stops_while_it_inflates() -> None:
    content = build_zip([("bom.xml", b"0" * 20_000_000)])
    package = open_zip("f.docx", content)
    with pytest.raises(InvoerFout) as caught:
        package.read("bom.xml")
    assert caught.value.bevinding.code == "zip-te-groot"
    assert package.inflated < 10_000_000


def test_all_reading_together_stays_under_the_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safezip, "MAX_TOTAL", 1000)
    package = open_zip("f.docx", build_zip([("a.xml", "een" * 300), ("b.xml", "een" * 300)]))
    package.read("a.xml")
    with pytest.raises(InvoerFout):
        package.read("b.xml")


def test_a_member_nobody_asks_for_is_never_inflated() -> None:
    package = open_zip("f.docx", build_zip([("media/groot.png", b"0" * 20_000_000), ("a.xml", "een")]))
    assert package.read("a.xml") == b"een"
