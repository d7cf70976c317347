"""The gate on finished Word files: a canary in any place is refused, a document as it should be never is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cache

import pytest
from beelden import SOORTEN, make_beeld
from docx import Document
from kanaries_word import KANARIE, NIETS, PLAATSEN

from pipeline.errors import PoortFout
from pipeline.render import render_deelbeeld
from pipeline.settings import SJABLONEN
from pipeline.verify import refuse_unexplained, verify
from schemas.deelbeeld import Deelbeeld


@cache
def get_template(sjabloon: str) -> bytes:
    return (SJABLONEN / "standaard" / f"{sjabloon}.docx").read_bytes()


@cache
def make_finished(soort: str = "casusfiche", vol: bool = True) -> tuple[Deelbeeld, bytes, bytes]:
    """What the recipient may see, the template, and the document that is made of both."""
    beeld = make_beeld(soort, vol)
    return beeld, get_template(beeld.sjabloon), render_deelbeeld(beeld, get_template(beeld.sjabloon))


@cache
def list_members() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(make_finished()[2])) as pakket:
        return {naam: pakket.read(naam) for naam in pakket.namelist()}


def test_there_are_at_least_sixty_places() -> None:
    assert len(PLAATSEN) >= 60


def test_the_same_document_packed_anew_without_a_canary_passes() -> None:
    beeld, sjabloon, _ = make_finished()
    assert verify(beeld, sjabloon, NIETS(list_members())) == ()


@pytest.mark.parametrize("plaats", PLAATSEN)
def test_a_canary_in_a_word_file_is_refused(plaats: str) -> None:
    beeld, sjabloon, echt = make_finished()
    geplant = PLAATSEN[plaats](list_members())
    assert geplant != echt
    gevonden = verify(beeld, sjabloon, geplant)
    assert gevonden
    assert not any(
        KANARIE.casefold() in tekst.casefold() for b in gevonden for tekst in (b.melding, b.plaats, b.remedie)
    )


@pytest.mark.parametrize("vol", [True, False], ids=["vol", "kaal"])
@pytest.mark.parametrize("soort", SOORTEN)
def test_a_document_as_it_should_be_is_let_through(soort: str, vol: bool) -> None:
    assert verify(*make_finished(soort, vol)) == ()


#: All that a template may say, also what no template of ours says.
DIALECT = [
    "{{ kop.titel ~ ' van ' ~ kop.datum }} {{ kop.casuscode or 'geen code' }} {{ 'ja' if casussen else 'nee' }}",
    "{{ casussen[0].code }} {{ (casussen|first).code }} {{ kop.verdeellijst|last }} {{ casussen|length + 1 }}",
    "{{ kop.verdeellijst|join(' en ') }} {{ casussen|join(', ', 'code') }} {{ kop.titel|upper }}",
    "{% for a in casussen %}{% for b in casussen %}{{ a.code }}-{{ b.code }} {{ loop.index }}{% endfor %}{% endfor %}",
    "{% for a in casussen %}{{ a.code }}{% else %}leeg{% endfor %}x{{ kop.versie }}{{ kop.versie }}de{{ kop.titel }}n",
    "{% set x = kop.titel %}{{ x }} {% for a in [kop.titel, kop.datum] %}{{ a }}{% endfor %}",
    "a {%- if kop.titel -%} b {%- endif -%} c “{{ kop.titel }}” {# weg #}",
]
CELLEN = [
    ("{%tc for casus in casussen %}", "{{ casus.code }}", "{%tc endfor %}"),
    ("{% colspan 2 %}breed", "smal"),
    ("{% cellbg 'FF0000' %}rood", "wit"),
]


def make_template(alineas: Sequence[str], cellen: Sequence[str] = ()) -> bytes:
    document = Document()
    for alinea in alineas:
        document.add_paragraph(alinea)
    for nummer, cel in enumerate(cellen and document.add_table(1, len(cellen)).rows[0].cells):
        cel.text = cellen[nummer]
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


@pytest.mark.parametrize("sjabloon", [*((alinea, ()) for alinea in DIALECT), *(("", cellen) for cellen in CELLEN)])
def test_whatever_a_template_may_say_is_let_through(sjabloon: tuple[str, tuple[str, ...]]) -> None:
    eigen = make_template([sjabloon[0]], sjabloon[1])
    beeld = make_beeld("triagelijst", True)
    assert verify(beeld, eigen, render_deelbeeld(beeld, eigen)) == ()


def test_a_template_that_puts_a_value_where_nobody_reads_it_is_refused() -> None:
    eigen = make_template([], ("{% cellbg kop.afzender %}x", "y"))
    beeld = make_beeld("triagelijst", True)
    assert [b.code for b in verify(beeld, eigen, render_deelbeeld(beeld, eigen))] == ["poort-opmaak"]


def test_a_value_of_another_copy_is_refused_although_it_stands_where_values_stand() -> None:
    beeld, sjabloon, _ = make_finished()
    casus = beeld.casussen[0].model_copy(update={"fase": KANARIE})
    ander = render_deelbeeld(beeld.model_copy(update={"casussen": (casus,)}), sjabloon)
    assert [b.code for b in verify(beeld, sjabloon, ander)] == ["poort-woord"]


def test_a_case_too_many_is_refused_although_each_of_its_words_is_known() -> None:
    beeld, sjabloon, _ = make_finished("triagelijst")
    ander = render_deelbeeld(beeld.model_copy(update={"casussen": (*beeld.casussen, beeld.casussen[-1])}), sjabloon)
    assert {b.code for b in verify(beeld, sjabloon, ander)} == {"poort-te-vaak"}


def test_the_refusal_names_document_and_case_and_place_and_no_word() -> None:
    beeld, sjabloon, _ = make_finished()
    geplant = PLAATSEN["gewone alinea"](list_members())
    with pytest.raises(PoortFout) as fout:
        refuse_unexplained(beeld, sjabloon, geplant, b"")
    assert "casus K7QX-3M" in fout.value.melding and "CF-2031-0042" in fout.value.melding
    assert "alinea" in fout.value.melding and KANARIE not in fout.value.melding + fout.value.remedie
