"""A RuwFormulier as the plain data that `overleg lees --json` prints."""

from __future__ import annotations

from schemas.inzending import RuwAntwoord, RuwFormulier


def build_json(ruw: RuwFormulier) -> dict[str, object]:
    """Return the form as dicts, lists and scalars: bestand, soort, antwoorden, los, tabellen, bevindingen."""
    return {
        "bestand": ruw.bestand,
        "soort": ruw.soort,
        "antwoorden": [_build_antwoord(antwoord) for antwoord in ruw.antwoorden],
        "los": [{"plaats": los.plaats, "tekst": los.tekst} for los in ruw.los],
        "tabellen": [{"plaats": tabel.plaats, "rijen": [list(rij) for rij in tabel.rijen]} for tabel in ruw.tabellen],
        "bevindingen": [bevinding.model_dump(mode="json") for bevinding in ruw.bevindingen],
    }


def _build_antwoord(antwoord: RuwAntwoord) -> dict[str, object]:
    waarde = antwoord.waarde
    return {
        "label": antwoord.label,
        "waarde": list(waarde) if isinstance(waarde, tuple) else waarde,
        "soort": antwoord.soort.value,
        "plaats": antwoord.plaats,
        "leeg": antwoord.leeg,
        "tag": antwoord.tag,
        "rij": antwoord.rij,
        "nadruk": [{"opmaak": stuk.opmaak.value, "tekst": stuk.tekst} for stuk in antwoord.nadruk],
    }
