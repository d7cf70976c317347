"""A question that goes on on the next line of a page: a PDF holds lines, and no cells around them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from schemas.formulier import Formulier
from schemas.inzending import RuwAntwoord, RuweSoort, RuwFormulier
from schemas.tekst import normalise_variants

from .labels import VLAGLABELS, index_labels
from .slots import as_text

_MOST_LINES = 6


def join_wrapped(ruw: RuwFormulier, formulier: Formulier) -> RuwFormulier:
    """Put the lines of a PDF together where they make the exact words of a question that none of them is by itself.

    Their answers are put together in the same order. A question whose words were cut or run together at the edge of
    its cell gets its own words back. Anything else stays as it was read.
    """
    if ruw.soort != "pdf":
        return ruw
    labels = index_labels(formulier.vragen)
    heel = {"".join(naam.split()): naam for naam in (*labels, *VLAGLABELS)}
    antwoorden: list[RuwAntwoord] = []
    plek = [0]  # of each answer before: where it is now
    rest = [a.model_copy(update={"label": _respell(a.label, labels, heel)}) for a in ruw.antwoorden]
    while rest:
        aantal = _count_lines(rest[:_MOST_LINES], labels)
        antwoorden.append(_join(rest[:aantal]))
        plek += [len(antwoorden)] * aantal
        del rest[:aantal]
    tabellen = tuple(
        tabel.model_copy(update={"rijen": (tuple(_respell(cel, labels, heel) for cel in kop), *rijen)})
        for tabel in ruw.tabellen
        for kop, *rijen in [tabel.rijen]
    )
    los = tuple(tekst.model_copy(update={"na": plek[tekst.na]}) for tekst in ruw.los)
    return ruw.model_copy(update={"antwoorden": tuple(antwoorden), "tabellen": tabellen, "los": los})


def _respell(tekst: str, labels: Container[str], heel: Mapping[str, str]) -> str:
    """The question that has these letters in this order, in its own words; any other text as it is."""
    if not tekst or _asks(tekst, labels):
        return tekst
    gevonden = (heel.get("".join(naam.split())) for naam in normalise_variants(tekst))
    return next(filter(None, gevonden), tekst)


def _count_lines(regels: Sequence[RuwAntwoord], labels: Container[str]) -> int:
    """How many of these lines ask one question: 1 when the first does so alone, or when no number of them does."""
    if _asks(regels[0].label, labels):
        return 1
    for aantal, regel in enumerate(regels, start=1):
        if regel.soort is not RuweSoort.LABEL or not any(map(str.isalnum, regel.label)):  # a bullet is no word
            return 1
        if _asks(" ".join(r.label for r in regels[:aantal]), labels):
            return aantal
    return 1


def _asks(tekst: str, labels: Container[str]) -> bool:
    return any(naam in labels for naam in normalise_variants(tekst))


def _join(regels: Sequence[RuwAntwoord]) -> RuwAntwoord:
    if len(regels) == 1:
        return regels[0]
    waarde = "\n".join(filter(None, map(as_text, regels)))
    label = " ".join(regel.label for regel in regels)
    return regels[0].model_copy(update={"label": label, "waarde": waarde, "leeg": not waarde})
