"""What went out before stays as it is: a changed copy becomes a next version that says what changed for its reader.

Works behind the wall, on the Deelbeeld that the recipient had and the one he would get now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from schemas.deelbeeld import Afspraakregel, Casusblok, Deelbeeld, Doelblok, Meldingblok, Planblok, Verslagblok
from schemas.verstrekking import Verstrekking
from schemas.woorden import join_words


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
    yield from _iterate_meeting_changes(oud, nieuw)
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
    yield from _iterate_plan_changes(oud.plan, nieuw.plan)
    yield from _iterate_melding_changes(oud.melding, nieuw.melding)
    if oud.rolverdeling != nieuw.rolverdeling:
        yield "Wie welke rol heeft in dit dossier, is aangepast."
    if oud.stellingen != nieuw.stellingen:
        yield "De stellingen zijn aangepast."
    if oud.cijfers != nieuw.cijfers:
        yield "De cijfers zijn aangepast."
    if oud.bewaren_tot != nieuw.bewaren_tot:
        yield "Tot wanneer het dossier bewaard wordt, is aangepast."


def _iterate_meeting_changes(oud: Deelbeeld, nieuw: Deelbeeld) -> Iterator[str]:
    if oud.ontmoeting is None or nieuw.ontmoeting is None:
        return
    for veld, naam in (("datum", "De datum"), ("uur", "Het uur"), ("plaats", "De plaats")):
        if getattr(oud.ontmoeting, veld) != getattr(nieuw.ontmoeting, veld):
            yield f"{naam} van het overleg is gewijzigd."
    if oud.ontmoeting.let_op != nieuw.ontmoeting.let_op:
        yield "De opmerking bij de datum van het overleg is gewijzigd."


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
            # Only an agenda says where a to-do stands, and the coordinator's own shows those of all.
            wat = "de openstaande afspraken" if any(r.stand for r in (*oud, *nieuw)) else "uw afspraken"
            yield f"Casus {code}: {wat} zijn aangepast."


_GOEDGEKEURD = "Goedgekeurd"


def _iterate_plan_changes(oud: Planblok | None, nieuw: Planblok | None) -> Iterator[str]:
    """A later day at "bijgewerkt op" alone is no news: it came with a change that this reader does not see."""
    if oud is None or nieuw is None:
        if oud is not nieuw:
            yield "Het plan van aanpak staat er nu bij." if nieuw else "Het plan van aanpak staat er niet meer bij."
        return
    if oud.stand != nieuw.stand:
        yield "Het plan is goedgekeurd." if nieuw.stand == _GOEDGEKEURD else "De stand van het plan is gewijzigd."
    data = [(plan.opgesteld_op, plan.goedgekeurd_op if oud.stand == nieuw.stand else "") for plan in (oud, nieuw)]
    if data[0] != data[1]:
        yield "De datum van het plan is gewijzigd."
    if oud.doelen != nieuw.doelen:
        yield _describe_doelen(oud.doelen, nieuw.doelen)


def _describe_doelen(oud: Sequence[Doelblok], nieuw: Sequence[Doelblok]) -> str:
    """By the numbers of this reader's new copy; never a word of what they say."""
    zin = "De doelstellingen of acties van het plan zijn aangepast"
    bekend = [doel.model_copy(update={"nummer": 0}) for doel in oud]
    anders = [str(doel.nummer) for doel in nieuw if doel.model_copy(update={"nummer": 0}) not in bekend]
    weg = {doel.doelstelling for doel in oud} - {doel.doelstelling for doel in nieuw}
    delen = [f"kijk bij doelstelling {join_words(anders)}"] if anders else []
    delen += (
        [f"{'één doelstelling staat' if len(weg) == 1 else 'enkele doelstellingen staan'} er niet meer in"]
        if weg
        else []
    )
    return f"{zin}: {'; '.join(delen)}." if delen else f"{zin}."


def _iterate_melding_changes(oud: Meldingblok | None, nieuw: Meldingblok | None) -> Iterator[str]:
    if oud is None or nieuw is None:
        if oud is not nieuw:
            yield "De gegevens van de melding zijn aangepast."
        return
    yield from (zin for veld, zin in _MELDINGDELEN if getattr(oud, veld) != getattr(nieuw, veld))


_MELDINGDELEN = (
    ("label", "Waarover het gaat, is anders verwoord."),
    ("datum", "De datum is gewijzigd."),
    ("uur", "Het uur is gewijzigd."),
    ("plaats", "De plaats is gewijzigd."),
    ("wie", "De lijst van deelnemers is gewijzigd."),
    ("naar", "Wie het overneemt, is gewijzigd."),
    ("mededelingen", "De meegedeelde tekst is aangepast."),
)


_DELEN = (
    ("soort", "soort dossier"),
    ("fase", "fase"),
    ("anoniem", "op naam of anoniem"),
    ("identiteit", "naam en geboortedatum"),
    ("instemming", "informeren en instemming"),
    ("uitkomst", "uitkomst van de toetsing"),
    ("criteria", "criteria"),
    ("weegvragen", "weegvragen"),
    ("personen", "over wie het gaat"),
    ("feiten", "feiten"),
    ("inschattingen", "inschattingen"),
    ("rolverdeling", "wie welke rol heeft"),
)


def _iterate_parts(oud: Casusblok, nieuw: Casusblok) -> Iterator[str]:
    # Only an anonymous case tells of people apart.
    yield from (naam for veld, naam in _DELEN if getattr(oud, veld, ()) != getattr(nieuw, veld, ()))
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
    ("rolverdeling", "wie welke rol heeft"),
)


def _iterate_verslag_parts(oud: Verslagblok, nieuw: Verslagblok) -> Iterator[str]:
    yield from (naam for veld, naam in _VERSLAGDELEN if getattr(oud, veld) != getattr(nieuw, veld))
