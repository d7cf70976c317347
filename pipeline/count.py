"""Counting over all cases of a period. Dossiers go in, bands come out: an exact number never leaves this module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from schemas import kern
from schemas.aanmelding import KeuzeWaarde, PartnersWaarde
from schemas.cijferoverzicht import Cijferoverzicht, Cijferregel, Cijfertabel, make_band
from schemas.cijfers import Bloksoort, Cijferblok, Cijfers, Periode
from schemas.datum import format_datum
from schemas.dossier import Dossier
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Toetsing, Uitkomst

Casus = tuple[Dossier, Toetsing]

_AANTAL = ("Aantal casussen",)
_UITKOMSTEN = (Uitkomst.VOLDAAN, Uitkomst.NIET_VOLDAAN)
_KOPPEN = MappingProxyType(
    {
        Bloksoort.FASE: "Fase",
        Bloksoort.ROL: "Organisatie",
        Bloksoort.CRITERIUM: "Criterium",
        Bloksoort.VRAAG: "Antwoord",
    }
)


def count_cijfers(
    casussen: Iterable[Casus], data: Tafeldata, rollen: Mapping[str, str], cijfers: Cijfers, periode: Periode
) -> Cijferoverzicht:
    """The overview of the cases that came in during this period; one that was continued by name counts once.

    `rollen` gives the role of each partner, by id.
    """
    alle = list(casussen)
    eerder = {dossier.eerdere_code for dossier, _ in alle}
    binnen = [(d, t) for d, t in alle if periode.van <= d.aangemeld_op <= periode.tot and d.code not in eerder]
    teller = _Teller(binnen, data, rollen, cijfers.kleinste_getal, periode)
    return Cijferoverzicht(
        periode=periode.naam,
        omschrijving=f"{format_datum(periode.van)} tot en met {format_datum(periode.tot)}",
        van=periode.van.isoformat(),
        tot=periode.tot.isoformat(),
        kleinste_getal=cijfers.kleinste_getal,
        totaal=make_band(len(binnen), cijfers.kleinste_getal),
        tabellen=tuple(teller.count_blok(blok) for blok in cijfers.blokken),
    )


@dataclass(frozen=True)
class _Teller:
    casussen: Sequence[Casus]
    data: Tafeldata
    rollen: Mapping[str, str]
    kleinste: int
    periode: Periode

    def count_blok(self, blok: Cijferblok) -> Cijfertabel:
        aantallen = Counter(plaats for casus in self.casussen for plaats in self._mark(blok, *casus))
        kolommen = tuple(uitkomst.value for uitkomst in _UITKOMSTEN) if blok.soort is Bloksoort.CRITERIUM else _AANTAL
        return Cijfertabel(
            titel=blok.titel,
            toelichting=blok.toelichting,
            kop=_KOPPEN[blok.soort],
            kolommen=kolommen,
            regels=tuple(
                Cijferregel(label=label, getallen=tuple(self._make_band(aantallen[naam, kop]) for kop in kolommen))
                for naam, label in self._list_labels(blok)
                if naam in blok.telt
            ),
        )

    def _make_band(self, aantal: int) -> str:
        return make_band(aantal, self.kleinste)

    def _list_labels(self, blok: Cijferblok) -> list[tuple[str, str]]:
        """Ids and labels of the table's data, in its order."""
        vraag = self.data.get_aanmeldformulier().get_vraag(blok.vraag or "")
        return {
            Bloksoort.FASE: [(fase.id, fase.label) for fase in self.data.tafel.fasen],
            Bloksoort.ROL: [(rol.id, rol.label) for rol in self.data.tafel.rollen],
            Bloksoort.CRITERIUM: [(criterium.id, criterium.kort) for criterium in self.data.criteria],
            Bloksoort.VRAAG: [(optie.id, optie.label) for optie in vraag.opties] if vraag else [],
        }[blok.soort]

    def _mark(self, blok: Cijferblok, dossier: Dossier, toetsing: Toetsing) -> set[tuple[str, str]]:
        """The rows and columns in which this case counts, once in each."""
        if blok.soort is Bloksoort.CRITERIUM:
            return {(criterium.criterium, criterium.uitkomst.value) for criterium in toetsing.criteria}
        zoek: dict[Bloksoort, Callable[[Dossier], set[str]]] = {
            Bloksoort.FASE: self._find_fase,
            Bloksoort.ROL: self._list_rollen,
            Bloksoort.VRAAG: partial(_list_opties, blok.vraag or ""),
        }
        return {(naam, _AANTAL[0]) for naam in zoek[blok.soort](dossier)}

    def _find_fase(self, dossier: Dossier) -> set[str]:
        """The phase on the last day of the period: what came later belongs to a later overview."""
        tot_dan = [wissel.fase for wissel in dossier.verloop if wissel.op <= self.periode.tot]
        return {tot_dan[-1] if tot_dan else self.data.tafel.beginfase}

    def _list_rollen(self, dossier: Dossier) -> set[str]:
        """The roles of the organisation that sent it in; a name that nobody knows has none."""
        antwoord = dossier.aanmelding.get(kern.AANMELDER_ORGANISATIE)
        ids = antwoord.waarde.ids if antwoord and isinstance(antwoord.waarde, PartnersWaarde) else ()
        return {self.rollen.get(naam, naam) for naam in ids}


def _list_opties(vraag: str, dossier: Dossier) -> set[str]:
    """Every option that the case chose, in whichever row."""
    waarden = (antwoord.waarde for antwoord in dossier.aanmelding.get_antwoorden(vraag))
    return {optie for waarde in waarden if isinstance(waarde, KeuzeWaarde) for optie in waarde.opties}
