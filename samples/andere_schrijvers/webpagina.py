"""A form on a web page, as a browser shows and prints it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from blokken import Blok, Veld

_STIJL = """* { font-family: "Liberation Sans"; font-weight: normal } body { font-size: 10pt }
table { width: 100%; border-collapse: collapse; page-break-inside: avoid }
td { padding: 3px 6px; vertical-align: top } td:first-child { width: 38% } h2 { font-size: 12pt }
input[type=text], textarea, select { width: 95%; font: inherit }"""


def build_page(titel: str, blokken: Sequence[Blok]) -> str:
    """The page: a heading and a table a block; its fields hold the answers."""
    delen = [f"<h2>{escape(blok.titel)}</h2><table>{''.join(map(_write_row, blok.velden))}</table>" for blok in blokken]
    kop = f"<meta charset=utf-8><title>{escape(titel)}</title><style>{_STIJL}</style>"
    return (
        f"<!doctype html><html lang=nl>{kop}<body><h1>{escape(titel)}</h1><form>{''.join(delen)}</form></body></html>"
    )


def build_table_page(titel: str, blokken: Sequence[Blok]) -> str:
    """A page without fields, as a document on the web looks: ruled tables, and a box of text before each option."""
    delen = [f"<h2>{escape(b.titel)}</h2><table>{''.join(map(_write_text_row, b.velden))}</table>" for b in blokken]
    stijl = f"{_STIJL} table {{ page-break-inside: auto }} td {{ border: 1px solid black }}"
    kop = f"<meta charset=utf-8><title>{escape(titel)}</title><style>{stijl}</style>"
    return f"<!doctype html><html lang=nl>{kop}<body><h1>{escape(titel)}</h1>{''.join(delen)}</body></html>"


def build_picture_page(beelden: Sequence[str]) -> str:
    """A page a picture, without a letter of text."""
    stijl = "@page { margin: 0 } img { display: block; height: 98vh; page-break-after: always }"
    return f"<!doctype html><style>{stijl}</style>{''.join(f'<img src={naam!r}>' for naam in beelden)}"


def _write_row(veld: Veld) -> str:
    return f"<tr><td>{escape(veld.label)}</td><td>{_write_field(veld)}</td></tr>"


def _write_text_row(veld: Veld) -> str:
    vakjes = (f"{'☒' if optie in veld.gekozen else '☐'} {escape(optie)}" for optie in veld.opties)
    antwoord = "<br>".join(vakjes) if veld.meer else escape(veld.tekst)
    return f"<tr><td>{escape(veld.label)}</td><td>{antwoord}</td></tr>"


def _write_field(veld: Veld) -> str:
    if veld.meer:
        return "<br>".join(
            f"<label><input type=checkbox{' checked' if optie in veld.gekozen else ''}> {escape(optie)}</label>"
            for optie in veld.opties
        )
    if veld.opties:
        opties = (f"<option{' selected' if o == veld.tekst else ''}>{escape(o)}</option>" for o in ("", *veld.opties))
        return f"<select>{''.join(opties)}</select>"
    if len(veld.tekst) > 60:
        return f"<textarea rows=3>{escape(veld.tekst)}</textarea>"
    return f'<input type=text value="{escape(veld.tekst)}">'
