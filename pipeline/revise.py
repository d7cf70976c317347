"""What went out before stays as it is: a changed copy becomes a next version that says what changed for its reader.

Works behind the wall, on the Deelbeeld that the recipient had and the one he would get now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from schemas.deelbeeld import Afspraakregel, Casusblok, Deelbeeld, Verslagblok
from schemas.verstrekking import Verstrekking


class _Blok(Protocol):
    @property
    def code(self) -> str: ...


B = TypeVar("B", bound=_Blok)


def revise_beeld(beeld: Deelbeeld, eerder: Verstrekking | None) -> Deelbeeld | None:
    """The copy to make now, or None when this recipient already has exactly this content."""
    if eerder is None:
        return beeld
    wijzigingen = tuple(_iterate_changes(eerder.beeld, beeld))
    if not wijzigingen:
        return None
    versie = eerder.versie + 1
    kop = beeld.kop.model_copy(update={"versie": versie, "vervangt": eerder.versie, "wijzigingen": wijzigingen})
    return beeld.model_copy(update={"kop": kop, "bestandsnaam": f"{beeld.bestandsnaam} versie {versie}"})


def _iterate_changes(oud: Deelbeeld, nieuw: Deelbeeld) -> Iterator[str]:
    """One Dutch sentence for each change. Words of the table itself (inleiding, contact) are no change of content."""
    if oud.ontmoeting is not None and nieuw.ontmoeting is not None:
        for veld, naam in (("datum", "De datum"), ("uur", "Het uur"), ("plaats", "De plaats")):
            if getattr(oud.ontmoeting, veld) != getattr(nieuw.ontmoeting, veld):
                yield f"{naam} van het overleg is gewijzigd."
        if oud.ontmoeting.let_op != nieuw.ontmoeting.let_op:
            yield "De opmerking bij de datum van het overleg is gewijzigd."
    if oud.ontbrekend != nieuw.ontbrekend:
        yield "De lijst van ontbrekende gegevens is aangepast."
    if oud.besluit != nieuw.besluit:
        yield "Het besluit of de toelichting erbij is aangepast."
    if oud.ontvanger.naam != nieuw.ontvanger.naam:
        yield "De naam van de ontvanger is aangepast."
    if oud.kop.verdeellijst != nieuw.kop.verdeellijst:
        yield "De lijst van wie dit document krijgt, is aangepast."
    yield from _iterate_case_changes(oud.casussen, nieuw.casussen, _iterate_parts)
    yield from _iterate_case_changes(oud.verslag, nieuw.verslag, _iterate_verslag_parts)
    yield from _iterate_task_changes(oud.afspraken, nieuw.afspraken)
    if oud.passages != nieuw.passages:
        yield "De informatie die u buiten het overleg mag gebruiken, is aangepast."


def _iterate_case_changes(
    oud: Sequence[B], nieuw: Sequence[B], compare: Callable[[B, B], Iterator[str]]
) -> Iterator[str]:
    oude, nieuwe = {c.code: c for c in oud}, {c.code: c for c in nieuw}
    for code in sorted(nieuwe.keys() - oude.keys()):
        yield f"Casus {code} is toegevoegd."
    for code in sorted(oude.keys() - nieuwe.keys()):
        yield f"Casus {code} staat er niet meer op."
    for code in [c for c in nieuwe if c in oude]:
        delen = list(compare(oude[code], nieuwe[code]))
        if delen:
            yield f"Casus {code}: aangepast bij {', '.join(delen)}."


def _iterate_task_changes(oud: Sequence[Afspraakregel], nieuw: Sequence[Afspraakregel]) -> Iterator[str]:
    for code in sorted({regel.casuscode for regel in (*oud, *nieuw)}):
        if [r for r in oud if r.casuscode == code] != [r for r in nieuw if r.casuscode == code]:
            yield f"Casus {code}: uw afspraken zijn aangepast."


_DELEN = (
    ("soort", "soort dossier"),
    ("fase", "fase"),
    ("anoniem", "op naam of anoniem"),
    ("identiteit", "naam en geboortedatum"),
    ("instemming", "informeren en instemming"),
    ("uitkomst", "uitkomst van de toetsing"),
    ("criteria", "criteria"),
    ("weegvragen", "weegvragen"),
    ("feiten", "feiten"),
    ("inschattingen", "inschattingen"),
)


def _iterate_parts(oud: Casusblok, nieuw: Casusblok) -> Iterator[str]:
    yield from (naam for veld, naam in _DELEN if getattr(oud, veld) != getattr(nieuw, veld))
    oude, nieuwe = {r.titel: r for r in oud.rubrieken}, {r.titel: r for r in nieuw.rubrieken}
    for titel in dict.fromkeys((*nieuwe, *oude)):
        if oude.get(titel) != nieuwe.get(titel):
            yield f"“{titel}”"


_VERSLAGDELEN = (
    ("soort", "soort dossier"),
    ("besluit", "besluit"),
    ("partner", "wie verder opvolgt"),
    ("onveiligheid", "mate van onveiligheid"),
    ("geinformeerd", "informeren van de cliënt"),
    ("stemt_in", "instemming van de cliënt"),
    ("terugkoppeling", "terugkoppeling aan de cliënt"),
    ("terugkoppeling_wie", "wie terugkoppelt"),
    ("terugkoppeling_hoe", "hoe er teruggekoppeld wordt"),
    ("afspraken", "uw afspraken"),
    ("passages", "informatie die u buiten het overleg mag gebruiken"),
)


def _iterate_verslag_parts(oud: Verslagblok, nieuw: Verslagblok) -> Iterator[str]:
    yield from (naam for veld, naam in _VERSLAGDELEN if getattr(oud, veld) != getattr(nieuw, veld))
