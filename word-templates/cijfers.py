"""The template of figures over all cases of a period."""

from __future__ import annotations

from delen import Blad, add_inleiding, add_wijzigingen, end_document, make_gegevens
from docx.document import Document as WordDocument
from huisstijl import TEKSTBREEDTE, Rij, make_table

_KOLOM = 2300
_UITLEG = (
    "Het juiste aantal staat nergens: elk getal is een groep van {{ cijfers.kleinste_getal }}, en wat kleiner is, ook "
    "nul, heet ‘minder dan {{ cijfers.kleinste_getal }}’. Zo is uit dit overzicht niemand af te leiden. Niet elke "
    "mogelijkheid staat in een tabel, en een casus kan in één tabel meer dan één keer meetellen. Tel de getallen van "
    "een tabel dus niet op."
)


def make_cijfers() -> WordDocument:
    """To who leads or steers the table: how often something occurs, and never in which case."""
    blad = Blad()
    blad.write("{{ kop.titel }}", "Title")
    blad.write("{{ cijfers.periode }} — aangemeld van {{ cijfers.omschrijving }}", "Subtitle")
    blad.insert(make_gegevens())
    add_wijzigingen(blad)
    add_inleiding(blad, "Dit overzicht telt over alle casussen samen. Er staat geen enkele casus in.")
    blad.write("Aantal casussen", "heading 1")
    blad.write("Aangemeld in deze periode: {{ cijfers.totaal }}.")
    blad.write(_UITLEG)
    with blad.tag("for tabel in cijfers.tabellen"):
        blad.write("{{ tabel.titel }}", "heading 1")
        with blad.tag("if tabel.toelichting"):
            blad.write("{{ tabel.toelichting }}", houd_bij=True)
        for aantal in (1, 2):
            with blad.tag(f"if tabel.kolommen|length == {aantal}"):
                _add_tabel(blad, aantal)
    return end_document(blad)


def _add_tabel(blad: Blad, aantal: int) -> None:
    kolommen = range(aantal)
    koppen = ("{{ tabel.kop }}", *(f"{{{{ tabel.kolommen[{nummer}] }}}}" for nummer in kolommen))
    getallen = [[("Celtekst", f"{{{{ regel.getallen[{nummer}] }}}}")] for nummer in kolommen]
    rij: Rij = [[("Celtekst", "{{ regel.label }}")], *getallen]
    breedten = (TEKSTBREEDTE - aantal * _KOLOM, *[_KOLOM] * aantal)
    blad.insert(make_table(breedten, ["for regel in tabel.regels", rij, "endfor"], koppen, bijeen=True))
