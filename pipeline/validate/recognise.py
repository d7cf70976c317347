"""Which form of which table a file is: by what its locked controls say, else by the labels it carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas import kern
from schemas.aanmelding import Meta
from schemas.formulier import Formulier, Formuliersoort
from schemas.inzending import RuwFormulier
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise_variants

from .labels import index_labels
from .ours import is_own_document, read_head
from .running import unfold

_MINSTENS_LABELS = 6  # a letter that happens to say "Naam:" and "Datum:" is not yet a form


@dataclass(frozen=True)
class Herkenning:
    """The form that a file is. `data` is None when it belongs to a table that is not in the catalogue."""

    tafel: str
    data: Tafeldata | None
    formulier: Formulier | None
    meta: Meta
    formulier_id: str = ""  #: as the file says


def recognise_formulier(ruw: RuwFormulier, tafels: Iterable[Tafeldata]) -> Herkenning | None:
    """Tell which form this is, or None when it is none that the catalogue knows, or a document of our own."""
    tafels = tuple(tafels)
    waarden = read_head(ruw)
    if waarden.get(kern.META_TAFEL):
        return _recognise_by_tag(waarden, tafels)
    if is_own_document(ruw):
        return None
    scores = [
        (_count_labels(formulier, ruw), data, formulier)
        for data in tafels
        for formulier in data.formulieren
        if formulier.soort is Formuliersoort.AANMELDING
    ]
    score, data, formulier = max(scores, key=lambda rij: rij[0])
    return Herkenning(data.tafel.id, data, formulier, Meta()) if score >= _MINSTENS_LABELS else None


def _recognise_by_tag(waarden: dict[str, str], tafels: tuple[Tafeldata, ...]) -> Herkenning:
    tafel = waarden[kern.META_TAFEL]
    data = next((d for d in tafels if tafel in (d.tafel.id, d.tafel.naam)), None)
    meta = Meta(
        nummer=waarden.get(kern.META_NUMMER, ""),
        casuscode=waarden.get(kern.META_CASUS, ""),
        overlegdatum=waarden.get(kern.META_OVERLEG, ""),
    )
    formulier_id = waarden.get(kern.META_ID, "")
    formulier = data.get_formulier(formulier_id) if data else None
    return Herkenning(data.tafel.id if data else tafel, data, formulier, meta, formulier_id)


def _count_labels(formulier: Formulier, ruw: RuwFormulier) -> int:
    """How many different questions of the form the file seems to ask, by label."""
    labels = index_labels(formulier.vragen)
    koppen = [cel for tabel in ruw.tabellen for cel in (tabel.rijen[0] if tabel.rijen else ())]
    gevraagd = (antwoord.label for antwoord in unfold(formulier, ruw))
    teksten = {n for tekst in (*gevraagd, *koppen) for n in normalise_variants(tekst)}
    return len({vraag for tekst in teksten for vraag in labels.get(tekst, ())})
