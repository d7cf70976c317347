"""Turns what pydantic says about a data file into Dutch sentences that name key, fault and allowed values."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from schemas.tekst import normalise

_Plaats = tuple[int | str, ...]
_GEQUOOT = re.compile(r"'([^']*)'")

_LIJKT = 0.61  # less alike than this, and the question "Bedoelde u" leads astray: "getal" is no "email"
_VEEL = 24  # more allowed values than this are no help in a sentence

_NAMEN = ("id", "feit", "document")

#: Patterns of the grammar -> what the coordinator is told that they mean.
_PATRONEN = {
    r"^[a-z][a-z0-9_]*$": "een korte naam van kleine letters, cijfers en _, die met een letter begint",
    r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$": "de naam van een vraag: rubriek, punt, veld (kleine letters, cijfers en _)",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "een mailadres zoals naam@example.org",
    r"^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$": "een tekst op één regel, niet leeg en zonder onzichtbare tekens",
    r'^[^\\/:*?"<>|\p{Cc}]+$': 'een titel zonder tekens die niet in een bestandsnaam kunnen (\\ / : * ? " < > |)',
    r"^\d{1,2}[.:u]\d{2}$": "een uur zoals 9.30 of 13u30",
    r"^[A-Z]{2,4}$": "een code van twee tot vier hoofdletters",
    r"^[a-z0-9-]+/[a-z0-9-]+$": "regio/tafel, in kleine letters",
    r"^(?:(?:de|het) \p{Ll}[\p{Ll} -]*)?$": "een woord met zijn lidwoord, in kleine letters: de moeder, het kind",
    r"^(BE|NL)$": "BE of NL",
    r"^nl-(BE|NL)$": "nl-BE of nl-NL",
    r"^(gemeenten|partners)$": "gemeenten of partners",
}

#: Kinds of error -> what was expected, for a value of the wrong kind.
_SOORTEN = {
    "string_type": "een tekst tussen aanhalingstekens",
    "int_type": "een geheel getal zonder aanhalingstekens",
    "bool_type": "true of false",
    "date_type": "een datum zonder aanhalingstekens, als jjjj-mm-dd",
    "date_parsing": "een datum die bestaat, als jjjj-mm-dd",
    "date_from_datetime_parsing": "een datum die bestaat, als jjjj-mm-dd",
    "date_from_datetime_inexact": "een datum zonder uur, als jjjj-mm-dd",
    "tuple_type": "een lijst tussen [ en ]",
    "frozen_set_type": "een lijst tussen [ en ]",
    "dict_type": "een blok met sleutels",
    "model_type": "een blok met sleutels",
    "model_attributes_type": "een blok met sleutels",
}


def describe_errors(
    fout: ValidationError, model: type[BaseModel], ruw: Mapping[str, Any]
) -> Iterator[tuple[_Plaats, str]]:
    """One sentence per error of `ruw` (the data as TOML gives it) against `model`, with the way to what is wrong."""
    details = fout.errors(include_input=False, include_url=False)
    fouten = {detail["loc"][:diepte] for detail in details for diepte in range(len(detail["loc"]))}
    for detail in details:
        # What could not be read is not counted: a list with a faulty item is not too short for that.
        if detail["type"] != "too_short" or detail["loc"] not in fouten:
            yield tuple(stap for stap, _ in _walk(detail["loc"], ruw)), _describe(detail, model, ruw)


def suggest(waarde: str, bekend: Iterable[str]) -> str:
    """The question "Bedoelde u …?" with the known value that is most like this one, or an empty text."""
    dichtst = difflib.get_close_matches(waarde.casefold(), list(bekend), n=1, cutoff=_LIJKT)
    return f' Bedoelde u "{dichtst[0]}"?' if dichtst else ""


def join_values(waarden: Iterable[str]) -> str:
    """Allowed values as a list in a sentence."""
    return ", ".join(waarden) or "(geen)"


def find_unknown(waar: str, wat: str, waarden: Iterable[str], bekend: Iterable[str]) -> Iterator[str]:
    """A sentence for each of these names that is not a known one."""
    toegelaten = tuple(bekend)
    for waarde in waarden:
        if waarde not in toegelaten:
            hint = suggest(waarde, toegelaten)
            keuze = join_values(_narrow(waarde, toegelaten))
            yield f'{waar}: {wat} "{waarde}" bestaat niet. Toegelaten: {keuze}.{hint}'


def _narrow(waarde: str, bekend: tuple[str, ...]) -> tuple[str, ...]:
    """Of many question ids only those of the same rubriek, or else the rubrieken."""
    if len(bekend) <= _VEEL:
        return bekend
    rubriek = waarde.split(".")[0] + "."
    zelfde = tuple(naam for naam in bekend if naam.startswith(rubriek))
    return zelfde or tuple(dict.fromkeys(f"{naam.split('.')[0]}.…" for naam in bekend))


def find_doubles(waar: str, wat: str, namen: Iterable[str]) -> Iterator[str]:
    """A sentence for each name that is used more than once."""
    lijst = list(namen)
    for naam in sorted({naam for naam in lijst if lijst.count(naam) > 1}):
        yield f'{waar}: {wat} "{naam}" komt meer dan eens voor.'


def find_ambiguous(waar: str, wat: str, namen: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A sentence for each name (as people type it) that stands for more than one id; `namen` pairs name and id."""
    ids: dict[str, list[str]] = {}
    for naam, eigenaar in namen:
        bekend = ids.setdefault(normalise(naam), [])
        if eigenaar not in bekend:
            bekend.append(eigenaar)
    for naam, eigenaars in ids.items():
        if len(eigenaars) > 1:
            yield f'{waar}: de naam "{naam}" staat bij meer dan één {wat}: {join_values(eigenaars)}.'


def _describe(detail: ErrorDetails, model: type[BaseModel], ruw: Mapping[str, Any]) -> str:
    plaats = detail["loc"]
    soort, context = detail["type"], detail.get("ctx", {})
    if soort == "extra_forbidden":
        return _describe_unknown_key(plaats, model, ruw)
    if soort == "missing":
        return f'{_describe_place(plaats[:-1], ruw)}de sleutel "{plaats[-1]}" ontbreekt.'
    if soort == "value_error":
        return f"{_describe_place(plaats, ruw)}{context['error']}."
    waar = _describe_place(plaats, ruw)
    if soort in ("enum", "literal_error", "union_tag_invalid", "union_tag_not_found"):
        return waar + _describe_choice(soort, context, _get(plaats, ruw))
    return f"{waar}{_describe_value(soort, context)}."


def _describe_value(soort: str, context: Mapping[str, Any]) -> str:
    beschrijvingen: dict[str, Callable[[], str]] = {
        "string_pattern_mismatch": lambda: f"hier hoort {_PATRONEN.get(context['pattern'], context['pattern'])}",
        "string_too_short": lambda: "deze tekst mag niet leeg zijn",
        "too_short": lambda: f"hier moet er minstens {context['min_length']} staan",
        "greater_than_equal": lambda: f"het getal moet minstens {context['ge']} zijn",
        "less_than_equal": lambda: f"het getal mag hoogstens {context['le']} zijn",
    }
    if soort in beschrijvingen:
        return beschrijvingen[soort]()
    return f"hier hoort {_SOORTEN.get(soort, 'een waarde van een andere soort')}"


def _describe_choice(soort: str, context: Mapping[str, Any], waarde: object) -> str:
    if soort == "union_tag_not_found":
        return f"de sleutel {context['discriminator']} ontbreekt.".replace("'", '"')
    toegelaten = _GEQUOOT.findall(str(context.get("expected", context.get("expected_tags", ""))))
    if soort == "union_tag_invalid":
        waarde = context["tag"]
    gekregen = f'"{waarde}"' if isinstance(waarde, str) else "deze waarde"
    hint = suggest(waarde, toegelaten) if isinstance(waarde, str) else ""
    return f"{gekregen} bestaat hier niet. Toegelaten: {join_values(toegelaten)}.{hint}"


def _describe_unknown_key(plaats: _Plaats, model: type[BaseModel], ruw: Mapping[str, Any]) -> str:
    sleutel = str(plaats[-1])
    toegelaten = _get_keys(plaats[:-1], model)
    return (
        f'{_describe_place(plaats[:-1], ruw)}de sleutel "{sleutel}" is onbekend. '
        f"Toegelaten: {join_values(toegelaten)}.{suggest(sleutel, toegelaten)}"
    )


def _describe_place(plaats: _Plaats, ruw: Mapping[str, Any]) -> str:
    delen: list[str] = []
    for stap, waarde in _walk(plaats, ruw):
        if isinstance(stap, str):
            delen.append(stap)
        elif delen:
            delen[-1] += f" nr. {stap + 1}{_name(waarde)}"
    return f"sleutel {' > '.join(delen)}: " if delen else ""


def _name(waarde: object) -> str:
    """By what a block of a list is known: its id, or else what it is about."""
    namen = [waarde.get(sleutel) for sleutel in _NAMEN] if isinstance(waarde, Mapping) else []
    return next((f' ("{naam}")' for naam in namen if isinstance(naam, str)), "")


def _get(plaats: _Plaats, ruw: Mapping[str, Any]) -> object:
    *_, laatste = _walk(plaats, ruw)
    return laatste[1]


def _walk(plaats: _Plaats, ruw: Mapping[str, Any]) -> Iterator[tuple[int | str, object]]:
    """Each step into the data with what lies there; the tags of unions, which are no keys, are left out."""
    hier: object = ruw
    for nummer, stap in enumerate(plaats):
        if isinstance(hier, Mapping) and isinstance(stap, str):
            if stap not in hier and nummer < len(plaats) - 1:
                continue
            hier = hier.get(stap)
        elif isinstance(hier, list) and isinstance(stap, int) and stap < len(hier):
            hier = hier[stap]
        else:
            hier = None
        yield stap, hier


def _get_keys(plaats: _Plaats, model: type[BaseModel]) -> tuple[str, ...]:
    modellen: tuple[type[BaseModel], ...] = (model,)
    for stap in plaats:
        if not isinstance(stap, str):
            continue
        for m in modellen:
            m.model_rebuild()  # a model that names a later one holds its name, not the model, until then
        velden = [v for m in modellen for naam, v in m.model_fields.items() if stap in (naam, v.alias)]
        getagd = tuple(m for m in modellen if stap in _get_tags(m))
        if velden:
            modellen = tuple(m for veld in velden for m in _find_models(veld.annotation))
        elif getagd:
            modellen = getagd
    return tuple(veld.alias or naam for m in modellen for naam, veld in m.model_fields.items())


def _get_tags(model: type[BaseModel]) -> set[object]:
    velden = (veld.annotation for veld in model.model_fields.values())
    return {tag for soort in velden if typing.get_origin(soort) is typing.Literal for tag in typing.get_args(soort)}


def _find_models(annotatie: object) -> tuple[type[BaseModel], ...]:
    if delen := typing.get_args(annotatie):
        return tuple(model for deel in delen for model in _find_models(deel))
    return (annotatie,) if isinstance(annotatie, type) and issubclass(annotatie, BaseModel) else ()
