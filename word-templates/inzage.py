"""The template of what is held about a person: no document of a table, and the same for every table."""

from __future__ import annotations

from delen import add_rubrieken, end_document, start_document
from docx.document import Document as WordDocument

_NALEZEN = (
    "Voor wie dit naleest: dit is een ontwerp. Laat weg wat van of over iemand anders is, vul aan wat niet overgenomen"
    " kon worden, en verwijder daarna deze alinea en het woord ONTWERP onderaan."
)
_RECHTEN = (
    "U mag vragen om te verbeteren wat niet klopt. U mag ook vragen om gegevens te wissen of minder te gebruiken; dat"
    " kan niet altijd, en dan leggen wij uit waarom.",
    "Vragen kunt u stellen aan {{ kop.contact.naam }} ({{ kop.contact.email }}, {{ kop.contact.telefoon }}). Bent u het"
    " niet eens met ons antwoord, dan kunt u een klacht indienen bij de toezichthouder voor gegevensbescherming.",
)


def make_inzage() -> WordDocument:
    """To the coordinator, and after review to the person (AVG art. 15)."""
    blad = start_document()
    blad.write(_NALEZEN)
    blad.write("Hieronder leest u wat dit overleg over u bewaart (casus {{ kop.casuscode }}) en naar wie het ging.")
    with blad.tag("for casus in casussen"):
        blad.write("Casus {{ casus.code }}", "heading 1")
        blad.write("{{ casus.soort }}{% if casus.fase %} — fase: {{ casus.fase }}{% endif %}", "Subtitle")
        with blad.tag("if casus.anoniem"):
            blad.write("{{ casus.anoniem }}")
        add_rubrieken(blad)
    blad.write("Wat u kunt vragen", "heading 1")
    for zin in _RECHTEN:
        blad.write(zin)
    return end_document(blad)
