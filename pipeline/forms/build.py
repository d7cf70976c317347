"""A Word form from a table's data: blank, partly filled in by us, or holding only the open questions."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.forms.blokken import is_vast, make_blokken
from pipeline.forms.controls import Controls
from pipeline.forms.guidance import build_identification, build_instructions, build_sharing
from pipeline.forms.package import Papieren, pack
from pipeline.forms.rubrieken import Rubriekbouwer
from pipeline.forms.vooraf import Vooraf, check_vooraf, is_asked
from pipeline.forms.wordml import Element, paragraph
from schemas import kern
from schemas.formulier import Formulier, Rubriek
from schemas.tafeldata import Tafeldata
from schemas.voorwerk import make_markering, make_ondertitel

_RESERVE = 2  #: blocks to spare in a PDF, to which nobody can add one


def build_formulier(data: Tafeldata, formulier: Formulier, vooraf: Vooraf | None = None) -> bytes:
    """The form as a Word document: the same bytes for the same input, nothing ticked.

    Raises OverlegFout when `vooraf` names a question, a tag or a value that this form does not have.
    """
    vooraf = vooraf or Vooraf()
    check_vooraf(formulier, vooraf)
    rubrieken = _select(formulier, vooraf)
    titel = vooraf.titel or formulier.titel
    controls = Controls(data.tafel.taal)
    kop = _build_head(data, formulier, vooraf, titel, controls)
    blokken = {rubriek.id: make_blokken(rubriek, vooraf) for rubriek in rubrieken}
    vast = {naam for naam, lijst in blokken.items() if is_vast(lijst)}
    gids = build_instructions(rubrieken, vast=vast, voor_pdf=vooraf.voor_pdf)
    if any(rubriek.vlaggen for rubriek in rubrieken):
        gids += build_sharing(data.deling, formulier.soort, rubrieken)
    bouwer = Rubriekbouwer(formulier, data.deling.doelgroepen, controls)
    vragen = [bouwer.build(rubriek, blokken[rubriek.id]) for rubriek in rubrieken]
    inhoud = [*kop, *gids, *(element for blok in vragen for element in blok)]
    papieren = Papieren(
        titel=titel,
        tafel=data.tafel.naam,
        markering=make_markering(data.tafel),
        versie=formulier.versie,
        taal=data.tafel.taal,
        datum=formulier.geldig_vanaf,
    )
    return pack(inhoud, papieren, controls.prompts)


def _build_head(
    data: Tafeldata, formulier: Formulier, vooraf: Vooraf, titel: str, controls: Controls
) -> Iterable[Element]:
    vast = {kern.META_TAFEL: data.tafel.id, kern.META_ID: formulier.id, kern.META_VERSIE: formulier.versie}
    waarden = {**vast, **vooraf.meta}
    meta = [(tag, waarden[tag]) for tag in kern.META if waarden.get(tag)]
    ondertitel = make_ondertitel(data.tafel.naam, vooraf.meta.get(kern.META_OVERLEG, ""), data.tafel.taal)
    inleiding = formulier.inleiding if vooraf.inleiding is None else vooraf.inleiding
    return [
        paragraph(titel, stijl="Title"),
        paragraph(ondertitel, stijl="Subtitle"),
        build_identification(meta, controls),
        paragraph(stijl="Tussenruimte"),
        *(paragraph(alinea) for alinea in inleiding),
    ]


def _add_blocks(rubriek: Rubriek) -> Rubriek:
    return rubriek.model_copy(update={"blanco_rijen": rubriek.blanco_rijen + _RESERVE})


def _select(formulier: Formulier, vooraf: Vooraf) -> list[Rubriek]:
    if vooraf.alleen is None:
        gevraagd = [rubriek for rubriek in formulier.rubrieken if rubriek.id not in vooraf.zonder]
        return [_add_blocks(rubriek) for rubriek in gevraagd] if vooraf.voor_pdf else gevraagd
    gekozen = (
        (rubriek, tuple(vraag for vraag in rubriek.vragen if is_asked(vraag, vooraf)))
        for rubriek in formulier.rubrieken
    )
    # What is still open is asked once: blank blocks to spare belong on a form that starts a case.
    return [rubriek.model_copy(update={"vragen": vragen, "blanco_rijen": 1}) for rubriek, vragen in gekozen if vragen]
