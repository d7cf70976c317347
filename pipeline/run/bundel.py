"""One PDF of all documents in a package, to read from the first to the last page or to print in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.pdf import merge_pdfs
from pipeline.run.mailing import number_name
from pipeline.run.protect import protect_pdf
from pipeline.verify import refuse_unexplained_bundle
from schemas.deelbeeld import Deelbeeld
from schemas.verstrekking import Bestand

BUNDEL = "bundel.pdf"


def make_bundel(
    beelden: Sequence[Deelbeeld], pdfs: Mapping[str, bytes], manifest: str, sleutel: str | None
) -> tuple[Bestand, ...]:
    """The bundle of these copies, in their order; none for one document, which is read as it is.

    `pdfs` are the finished PDFs by the key of their copy; `sleutel` encrypts the whole as it does each of them. Raises
    PoortFout when the bundle holds anything but these documents.
    """
    if len(beelden) < 2:
        return ()
    delen = [(_make_bookmark(nummer, beeld), pdfs[beeld.sleutel]) for nummer, beeld in enumerate(beelden, start=1)]
    titel, taal = f"Bundel van {beelden[0].kop.datum}", beelden[0].kop.taal
    inhoud = merge_pdfs(delen, titel=titel, taal=taal)
    refuse_unexplained_bundle(inhoud, delen, titel=titel, taal=taal)
    return (protect_pdf(Bestand(naam=number_name(BUNDEL, manifest), inhoud=inhoud), sleutel),)


def list_bundel_names(beelden: Sequence[Deelbeeld], manifest: str) -> list[str]:
    """The name of what `make_bundel` makes."""
    return [number_name(BUNDEL, manifest)] if len(beelden) > 1 else []


def pick_bijlagen(
    beelden: Sequence[Deelbeeld], bestanden: Sequence[Bestand], bundel: Sequence[Bestand]
) -> list[Bestand]:
    """What a mail carries along: the bundle takes the place of the PDFs that are in it."""
    gebundeld = {f"{beeld.bestandsnaam}.pdf" for beeld in beelden} if bundel else set()
    return [*bundel, *(bestand for bestand in bestanden if bestand.naam not in gebundeld)]


def _make_bookmark(nummer: int, beeld: Deelbeeld) -> str:
    casus = f" casus {beeld.kop.casuscode}" if beeld.kop.casuscode else ""
    return f"{nummer}. {beeld.kop.titel}{casus}"
