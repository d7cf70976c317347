"""The templates of what the coordinator or the chair needs around a meeting, for their own desk."""

from __future__ import annotations

from delen import end_document, start_document
from docx.document import Document as WordDocument
from huisstijl import TEKSTBREEDTE, Rij, make_table


def make_verzendlijst() -> WordDocument:
    """To the coordinator: each package of a meeting, to tick off when it was looked at and when it went."""
    blad = start_document()
    blad.write("Pakketten", "heading 1")
    blad.write("Zet een teken in de eerste kolom als u een pakket nakeek, en de dag in de laatste als het vertrok.")
    rij: Rij = [
        [("Celtekst", "☐")],
        [("Celtitel", "{{ regel.ontvanger }}"), ("Celfijn", "{{ regel.adres }}")],
        [("Celtekst", "{{ regel.pakket }}"), ("Celklein", "{{ regel.inhoud }}")],
        [("Celtekst", "{{ regel.weg }}")],
        [("Celtekst", "{{ regel.stand }}")],
    ]
    breedten = (1100, 2500, 2050, 1750, TEKSTBREEDTE - 7400)
    kop = ("Nagekeken", "Ontvanger", "Pakket", "Hoe", "Verzonden")
    blad.insert(make_table(breedten, ["for regel in verzending", rij, "endfor"], kop, hoogte=620))
    return end_document(blad)
