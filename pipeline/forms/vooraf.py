"""What is known of a form before it goes out, checked against that form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pydantic import Field

from pipeline.errors import OverlegFout
from schemas import kern
from schemas.base import Model
from schemas.formulier import Formulier, Rubriek, Rubriekvorm, Vraag

#: The tags whose values the caller knows; the others follow from the form itself.
META_VOORAF = (kern.META_NUMMER, kern.META_CASUS, kern.META_OVERLEG)


class OpenRij(Model):
    """A row of the dossier with questions that are still open; `id` brings the answers back to that row."""

    id: str = Field(min_length=1)
    titel: str = Field(min_length=1)  #: "Betrokkenen, betrokkene 2"
    vragen: frozenset[str] = Field(min_length=1)


class Vooraf(Model):
    """What is known before the form goes out.

    `meta` holds values of META_VOORAF. `rijen` holds one mapping per row, of questions that are `ingevuld_door_ons`.
    `alleen` keeps only these questions (an aanvullingsformulier); None keeps all. `open_rijen` holds, by rubriek, the
    rows that get a block of their own; what `alleen` asks besides in that rubriek comes in one more, blank block.
    `zonder` leaves out these rubrieken: there is nothing to ask in them now. `voor_pdf`: it becomes a fillable PDF, in
    which nobody can add a block.
    """

    meta: Mapping[str, str] = {}
    rijen: tuple[Mapping[str, str], ...] = ()
    alleen: frozenset[str] | None = None
    open_rijen: Mapping[str, tuple[OpenRij, ...]] = {}
    zonder: frozenset[str] = frozenset()
    titel: str | None = None
    inleiding: tuple[str, ...] | None = None
    voor_pdf: bool = False


def check_vooraf(formulier: Formulier, vooraf: Vooraf) -> None:
    """Refuse what the form does not have: it would disappear without a word.

    Raises OverlegFout with everything that is wrong.
    """
    fouten = [f"'{tag}' is geen kenmerk dat vooraf wordt ingevuld" for tag in vooraf.meta if tag not in META_VOORAF]
    gevraagd = {vraag.id for vraag in formulier.vragen}
    fouten += [f"de vraag '{naam}' bestaat niet" for naam in sorted((vooraf.alleen or frozenset()) - gevraagd)]
    bekend = {rubriek.id for rubriek in formulier.rubrieken}
    fouten += [f"de rubriek '{naam}' bestaat niet" for naam in sorted(vooraf.zonder - bekend)]
    if not any(is_asked(vraag, vooraf) for vraag in formulier.vragen):
        fouten.append("er blijft geen enkele vraag over")
    fouten += [*_check_rows(formulier, vooraf), *_check_open_rows(formulier, vooraf)]
    if fouten:
        raise OverlegFout(f"Formulier {formulier.id} kan niet worden gemaakt: {'; '.join(fouten)}.")


def is_asked(vraag: Vraag, vooraf: Vooraf) -> bool:
    """Whether this document asks it."""
    return vraag.rubriek not in vooraf.zonder and (vooraf.alleen is None or vraag.id in vooraf.alleen)


def get_rows(rubriek: Rubriek, vooraf: Vooraf) -> list[Mapping[str, str]]:
    """The values that we fill in in this rubriek, row by row."""
    eigen = {vraag.id for vraag in rubriek.vragen}
    return [rij for rij in vooraf.rijen if eigen & rij.keys()]


def _check_rows(formulier: Formulier, vooraf: Vooraf) -> Iterator[str]:
    ons = {vraag.id for vraag in formulier.vragen if vraag.ingevuld_door_ons and is_asked(vraag, vooraf)}
    for naam in sorted({naam for rij in vooraf.rijen for naam in rij} - ons):
        yield f"de vraag '{naam}' wordt hier niet door ons ingevuld"
    for rubriek in formulier.rubrieken:
        if rubriek.vorm is Rubriekvorm.VRAGEN and len(get_rows(rubriek, vooraf)) > 1:
            yield f"de rubriek '{rubriek.id}' heeft geen rijen"


def _check_open_rows(formulier: Formulier, vooraf: Vooraf) -> Iterator[str]:
    for naam, rijen in vooraf.open_rijen.items():
        rubriek = formulier.get_rubriek(naam)
        if rubriek is None:
            yield f"de rubriek '{naam}' bestaat niet"
            continue
        if rubriek.vorm is not Rubriekvorm.RIJEN:
            yield f"de rubriek '{naam}' heeft geen rijen"
        if rijen and get_rows(rubriek, vooraf):
            yield f"de rubriek '{naam}' krijgt haar rijen op twee manieren"
        # Two blocks with one number: nobody could tell whose answers came back.
        dubbel = [rij for rij, aantal in Counter(rij.id for rij in rijen).items() if aantal > 1]
        yield from (f"de rij '{rij}' komt meer dan eens voor" for rij in dubbel)
        gekozen = {vraag.id for vraag in rubriek.vragen if is_asked(vraag, vooraf)}
        for vraag in sorted(frozenset[str]().union(*(rij.vragen for rij in rijen)) - gekozen):
            yield f"de vraag '{vraag}' staat niet in de rubriek '{naam}' van dit formulier"
