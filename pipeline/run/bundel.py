"""One PDF of all documents in a package, to read from the first to the last page or to print in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.pdf import merge_pdfs
from pipeline.run.mailing import number_name
from pipeline.run.protect import protect_pdf
from pipeline.verify import refuse_unexplained_bundle
from schemas.deelbeeld import Deelbeeld
from schemas.verstrekking import Bestand

BUNDEL = "bundel.pdf"


@dataclass(frozen=True)
class Bundelplan:
    """What goes into one bundle: the bookmark and the PDF of each document in their order, title and language."""

    delen: tuple[tuple[str, bytes], ...]
    titel: str
    taal: str


def plan_bundel(beelden: Sequence[Deelbeeld], pdfs: Mapping[str, bytes]) -> Bundelplan | None:
    """The bundle of these copies, in their order; none for one document, which is read as it is.

    `pdfs` are the finished PDFs by the key of their copy.
    """
    if len(beelden) < 2:
        return None
    delen = tuple((_make_bookmark(nummer, beeld), pdfs[beeld.sleutel]) for nummer, beeld in enumerate(beelden, start=1))
    return Bundelplan(delen, f"Bundel van {beelden[0].kop.datum}", beelden[0].kop.taal)


def make_bundel(plan: Bundelplan) -> bytes:
    """The joined PDF. Raises PoortFout when it holds anything but these documents."""
    inhoud = merge_pdfs(plan.delen, titel=plan.titel, taal=plan.taal)
    refuse_unexplained_bundle(inhoud, plan.delen, titel=plan.titel, taal=plan.taal)
    return inhoud


def name_bundel(inhoud: bytes, manifest: str, sleutel: str | None) -> Bestand:
    """The file of a bundle beside this manifest; `sleutel` encrypts the whole as it does each document."""
    return protect_pdf(Bestand(naam=number_name(BUNDEL, manifest), inhoud=inhoud), sleutel)


def list_bundel_names(beelden: Sequence[Deelbeeld], manifest: str) -> list[str]:
    """The name of the bundle of these copies, if there is one."""
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
