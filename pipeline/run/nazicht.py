"""The gates on free text, between the wall and the packages: what they stop, and what the coordinator answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from pipeline.errors import GebruikFout
from pipeline.inspect import build_kennis, inspect_beeld
from pipeline.register import Register
from pipeline.run.stuk import Stuk
from pipeline.settings import Settings
from schemas.deelbeeld import Deelbeeld
from schemas.dossier import Dossier
from schemas.nazicht import Kennis, Nazicht, Nazichtantwoord, Nazichtbesluit, Nazichtregel, Nazichtvraag


def inspect_stukken(stukken: Iterable[Stuk], settings: Settings, register: Register) -> list[Stuk]:
    """The copies as they may go out; one that has to wait for an answer carries its questions.

    Call it before copies are held against what their recipients have: those went through here as well.
    """
    stukken = list(stukken)
    gezien = inspect_beelden([stuk.beeld for stuk in stukken], settings, register)
    gekeurd = (_apply(stuk, nazicht) for stuk, nazicht in zip(stukken, gezien, strict=True))
    return [stuk for stuk in gekeurd if stuk is not None]


def inspect_beelden(beelden: Sequence[Deelbeeld], settings: Settings, register: Register) -> list[Nazicht]:
    """Each copy as the answers so far leave it, with the questions that are still open; nothing is written."""
    codes = {code for beeld in beelden for code in _list_codes(beeld)}
    kennis = _build_all(settings, register, codes)
    antwoorden = {r.vraag.id: r.antwoord for r in register.list_nazicht() if r.antwoord is not None}
    return [inspect_beeld(beeld, kennis, antwoorden) for beeld in beelden]


def _apply(stuk: Stuk, nazicht: Nazicht) -> Stuk | None:
    if nazicht.vragen:
        return replace(stuk, vragen=nazicht.vragen)
    return replace(stuk, beeld=nazicht.beeld) if nazicht.beeld is not None else None


def _list_codes(beeld: Deelbeeld) -> set[str]:
    codes = {*(blok.code for blok in beeld.casussen), *(blok.code for blok in beeld.verslag)}
    return {beeld.kop.casuscode, *codes, *(regel.casuscode for regel in beeld.afspraken)} - {""}


def _build_all(settings: Settings, register: Register, codes: set[str]) -> Mapping[str, Kennis]:
    """What is known of these cases; of an anonymous one also what came in later by name (S0:11)."""
    sleutel = {"sleutel": register.get_vraagsleutel()}
    kennis: dict[str, Kennis] = {}
    op_naam: list[tuple[str, Kennis]] = []
    for dossier in register.iterate_dossiers():
        if dossier.code in codes:
            kennis[dossier.code] = _build(settings, dossier).model_copy(update=sleutel)
        if dossier.eerdere_code in codes:
            op_naam.append((dossier.eerdere_code or "", _build(settings, dossier)))
    for code, later in op_naam:
        if code in kennis:
            samen = tuple(dict.fromkeys((*kennis[code].identiteiten, *later.identiteiten)))
            kennis[code] = kennis[code].model_copy(update={"identiteiten": samen})
    return MappingProxyType(kennis)


def _build(settings: Settings, dossier: Dossier) -> Kennis:
    data = settings.data
    formulier = data.get_formulier(dossier.aanmelding.formulier) or data.get_aanmeldformulier()
    return build_kennis(dossier, formulier, data)


def list_open_vragen(settings: Settings) -> tuple[Nazichtvraag, ...]:
    """The questions that wait for an answer, about words that still stand in their case. Nothing is written."""
    with Register.open(settings.map, alleen_lezen=True) as register:
        regels = register.list_nazicht()
        dossiers = {dossier.code: dossier for dossier in register.list_dossiers()}
    teksten = {code: set(_iterate_teksten(dossier.model_dump())) for code, dossier in dossiers.items()}
    vervangen = {r.vraag.casuscode for r in regels if r.antwoord and r.antwoord.besluit is Nazichtbesluit.VERVANGEN}
    return tuple(
        regel.vraag
        for regel in regels
        if regel.antwoord is None and regel.vraag.casuscode in teksten
        if regel.vraag.passage in teksten[regel.vraag.casuscode] or regel.vraag.casuscode in vervangen
    )


def list_beantwoord(settings: Settings) -> tuple[Nazichtregel, ...]:
    """The questions that were answered, each with its answer, so that it can be changed. Nothing is written."""
    with Register.open(settings.map, alleen_lezen=True) as register:
        return tuple(regel for regel in register.list_nazicht() if regel.antwoord is not None)


def answer_vraag(settings: Settings, vraag_id: str, besluit: Nazichtbesluit, vervanging: str = "") -> Nazichtvraag:
    """Note an answer, for this passage only. Raises GebruikFout when nobody asked or a replacement is blank."""
    if besluit is Nazichtbesluit.VERVANGEN and not vervanging.strip():
        raise GebruikFout("Bij vervangen hoort een tekst.", "Geef bijvoorbeeld: --antwoord CODE vervang=“de moeder”")
    with Register.open(settings.map) as register:
        regel = _find(register.list_nazicht(), vraag_id)
        register.add_antwoord(
            Nazichtantwoord(
                vraag=regel.vraag.id,
                besluit=besluit,
                vervanging=vervanging,
                op=settings.vandaag,
                door=settings.werkmap.contact.naam,
            )
        )
        register.backup(settings.vandaag)
    return regel.vraag


def _find(regels: Iterable[Nazichtregel], vraag_id: str) -> Nazichtregel:
    gevonden = next((regel for regel in regels if regel.vraag.id == vraag_id.strip().upper()), None)
    if gevonden is None:
        raise GebruikFout("Er is geen vraag met deze code.", "“overleg nazicht MAP” toont de open vragen met hun code.")
    return gevonden


def _iterate_teksten(waarde: object) -> Iterator[str]:
    if isinstance(waarde, str):
        yield waarde
    elif isinstance(waarde, dict):
        for deel in waarde.values():
            yield from _iterate_teksten(deel)
    elif isinstance(waarde, list | tuple):
        for deel in waarde:
            yield from _iterate_teksten(deel)
