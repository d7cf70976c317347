"""Letters that follow a melding: an invitation to the people it names, a correction to who heard of the case before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas import kern
from schemas.bevinding import Bevinding, Ernst
from schemas.deelbeeld import Deelbeeld, Grondregel, Meldingblok, Ontvanger
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort, Kring
from schemas.dossier import Dossier, Mededeling, Melding
from schemas.tafel import Meldingeis

from .kring import Oproep
from .lezer import GROND_VLAG
from .plannen import Plannen


class Meldingen(Plannen):
    """Makes the letters that follow a melding."""

    def _share_meldingen(self, soort: Documentsoort, dossier: Dossier) -> Iterator[Deelbeeld]:
        for melding in self._list_verteld(soort, dossier):
            for ontvanger in self._list_lezers(soort, dossier, Oproep(melding.ontvangen_op, melding.wie)):
                beeld = self._share_melding(soort, ontvanger, dossier, melding)
                if beeld is not None:
                    yield beeld

    def _list_verteld(self, soort: Documentsoort, dossier: Dossier) -> tuple[Melding, ...]:
        """The meldingen that this kind of letter tells of: of corrections each, of anything else the latest.

        Those that came in on one day are told together. What lies ahead is told only until its day, and while the
        case is open: there the latest replaces the others.
        """
        eigen = [melding for melding in dossier.meldingen if melding.soort in soort.meldingen]
        gekozen = eigen if soort.kring is Kring.EERDER else [m for m in eigen if self._is_latest(m, eigen)]
        return tuple(melding for melding in gekozen if self._is_due(dossier, melding))

    def _is_latest(self, melding: Melding, eigen: Sequence[Melding]) -> bool:
        meldingsoort = self.data.tafel.get_melding(melding.soort)
        if meldingsoort is None or meldingsoort.vooruit:
            return melding is eigen[-1]
        return melding.ontvangen_op == eigen[-1].ontvangen_op

    def _is_due(self, dossier: Dossier, melding: Melding) -> bool:
        meldingsoort = self.data.tafel.get_melding(melding.soort)
        if meldingsoort is None or not meldingsoort.vooruit:
            return meldingsoort is not None
        return melding.datum >= self.vandaag and self.data.tafel.is_open(dossier.fase)

    def _share_melding(
        self, soort: Documentsoort, ontvanger: Ontvanger, dossier: Dossier, melding: Melding
    ) -> Deelbeeld | None:
        """The letter, or None when it would tell this reader nothing that was meant for him."""
        code = dossier.code
        mededelingen = tuple(m.tekst for m in self._list_leesbaar(soort, ontvanger, dossier.code, melding))
        blok = self._build_melding(soort, ontvanger, melding, mededelingen)
        plan = self._build_plan(soort, ontvanger, dossier)
        deelt_mee = bool(mededelingen) or plan is not None or not self._demands_words(melding)
        if blok is None or (soort.kring is Kring.EERDER and not deelt_mee):
            return None
        feiten = [Feit.MELDING] if self._is_released(Feit.MELDING, soort, ontvanger) else []
        vlaggen = [Grondregel(casuscode=code, veld=kern.MEDEDELING_TEKST, grond=GROND_VLAG)] if mededelingen else []
        gronden = (*self._account(soort, code, feiten), *vlaggen, *self._account_plan(soort, ontvanger, code, plan))
        beeld = self._start_brief(soort, ontvanger, code, melding.formuliernummer, kenmerk=melding.formuliernummer)
        return beeld.model_copy(update={"melding": blok, "plan": plan, "verantwoording": gronden})

    def _demands_words(self, melding: Melding) -> bool:
        """Whether a melding of this kind says nothing without words of its own: a correction, not a handover."""
        meldingsoort = self.data.tafel.get_melding(melding.soort)
        return meldingsoort is None or Meldingeis.MEDEDELING in meldingsoort.vereist

    def _build_melding(
        self, soort: Documentsoort, ontvanger: Ontvanger, melding: Melding, mededelingen: tuple[str, ...]
    ) -> Meldingblok | None:
        meldingsoort = self.data.tafel.get_melding(melding.soort)
        vrij = self._is_released(Feit.MELDING, soort, ontvanger)
        if meldingsoort is None or not (vrij or mededelingen):
            return None
        vorm = self._get_vorm(soort)
        ter_plaatse = vrij and not soort.anoniem
        return vorm.melding(
            label=(self._get_woorden(soort, ontvanger).melding or meldingsoort.label) if vrij else "",
            datum=vorm.vertel_dag(melding.datum) if vrij else "",
            uur=melding.uur if ter_plaatse else "",
            plaats=melding.plaats if ter_plaatse else "",
            wie=self._name_all(soort, melding.wie) if vrij else "",
            naar=self._name_all(soort, melding.naar) if vrij and meldingsoort.is_overdracht else "",
            mededelingen=mededelingen,
        )

    def _list_leesbaar(
        self, soort: Documentsoort, ontvanger: Ontvanger, code: str, melding: Melding
    ) -> tuple[Mededeling, ...]:
        lezer = self._make_lezer(soort, ontvanger, code)
        if not lezer.holds(kern.MEDEDELING_TEKST):
            return ()
        return tuple(mededeling for mededeling in melding.mededelingen if lezer.may_read(mededeling.vlag))

    def find_unheard(self) -> tuple[Bevinding, ...]:
        """Of the meldingen that came in today, those with words flagged for somebody that reach nobody."""
        return tuple(
            _report_unheard(dossier.code)
            for dossier, _ in self.dossiers.values()
            if any(
                melding.ontvangen_op == self.vandaag and self._is_unheard(dossier, melding)
                for melding in dossier.meldingen
            )
        )

    def _is_unheard(self, dossier: Dossier, melding: Melding) -> bool:
        oproep = Oproep(melding.ontvangen_op, melding.wie)
        gehoord = {
            mededeling
            for soort in self.data.list_meldingbrieven(melding.soort)
            if melding in self._list_verteld(soort, dossier)
            for ontvanger in self._list_lezers(soort, dossier, oproep)
            for mededeling in self._list_leesbaar(soort, ontvanger, dossier.code, melding)
        }
        return any(m.vlag.deelbaar_met and m not in gehoord for m in melding.mededelingen)


def _report_unheard(code: str) -> Bevinding:
    return Bevinding(
        code="mededeling-zonder-lezer",
        plaats=f"casus {code}",
        melding=f"Op een melding over casus {code} is een mededeling aangekruist die niemand krijgt. Bij dit "
        "soort melding hoort geen brief, ze is niet aangekruist voor iedereen die de brief leest, of wie ze mag lezen "
        "kreeg nog geen document over deze casus.",
        remedie="Kijk na voor wie de mededeling bedoeld is, en bezorg ze zelf, of dien een nieuwe melding in.",
        ernst=Ernst.WAARSCHUWING,
    )
