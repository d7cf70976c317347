"""What every kind of copy is made with: the head of a document, names as printed, and what the table released."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from schemas.datum import format_dag, format_datum
from schemas.deelbeeld import (
    Afspraakregel,
    Besluitblok,
    Contact,
    Deelbeeld,
    Dragerregel,
    Grondregel,
    Kop,
    Ontmoeting,
    Ontvanger,
)
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort, Lezerwoorden, Organisaties
from schemas.dossier import Afspraak, Dossier, GenomenBesluit, Passage
from schemas.overleg import Overleg
from schemas.tafel import Identiteit, Rolsoort

from .deelname import Deelname
from .recipients import AANMELDER, has_stopped
from .vorm import Vorm, get_vorm

ROL_VAN_AANMELDER = "de aanmelder"
_VREEMD = "een andere organisatie"
Taak = tuple[str, Afspraak]  #: a casuscode with a to-do


class Naam(NamedTuple):
    """What a copy is called: its key among all copies, and what follows its kind in its number and its file name."""

    sleutel: tuple[str, ...]
    nummer: tuple[str, ...]
    bestand: tuple[str, ...]


class Basis(Deelname):
    """What every kind of copy is made with."""

    def _account(self, soort: Documentsoort, code: str, feiten: Iterable[Feit]) -> tuple[Grondregel, ...]:
        """For the register: that this copy holds these facts of a case, and on what ground."""
        return tuple(
            Grondregel(casuscode=code, veld=feit.value, grond=self.data.deling.get_grond(feit, soort.id))
            for feit in feiten
        )

    def _get_kenmerk(self, ontvanger: Ontvanger) -> str:
        """The recipient in a number; of a person of the case only his mark: it stands on a paper in his home."""
        stam = get_stam(ontvanger)
        personen = {rol.id for rol in self.data.tafel.rollen if rol.staat_voor}
        return stam.rpartition("_")[2] if ontvanger.rollen & personen else stam

    def _get_listed_name(self, ontvanger: Ontvanger) -> str:
        if self._goes_by_town(ontvanger):
            labels = [rol.label for rol in self.data.tafel.rollen if rol.id in ontvanger.rollen]
            return f"{labels[0]} van de woonplaats, als dat deelneemt"
        if ontvanger.id.startswith(f"{AANMELDER} "):
            return ROL_VAN_AANMELDER
        # Where somebody may be kept out unseen, every list says so of everybody.
        kan_ontbreken = bool(self.data.tafel.afschermingen) and not self._is_coordinator(ontvanger)
        return f"{ontvanger.naam} (als die deelneemt)" if kan_ontbreken else ontvanger.naam

    def _name_all(self, soort: Documentsoort, ids: Iterable[str]) -> str:
        """Partners and roles as this document prints them."""
        if soort.anoniem and self._masks(soort):
            return ", ".join(dict.fromkeys(map(self._get_rolnaam, ids)))
        namen = []
        for naam in ids:
            partner, rol = self.werkmap.get_partner(naam), self.data.tafel.get_rol(naam)
            namen.append(partner.naam if partner else rol.label if rol else naam)
        return ", ".join(namen)

    def _masks(self, soort: Documentsoort) -> bool:
        """Whether an anonymous document calls organisations by their role: whose help a family has, tells of it."""
        gesloten = self.data.tafel.identiteit is Identiteit.SECRETARIAAT
        return (soort.organisaties or (Organisaties.ROL if gesloten else Organisaties.NAAM)) is Organisaties.ROL

    def _get_rolnaam(self, naam: str) -> str:
        partner = self.werkmap.get_partner(naam)
        rol = self.data.tafel.get_rol(partner.rol if partner else naam)
        return rol.label if rol else _VREEMD

    def _build_besluit(
        self, soort: Documentsoort, ontvanger: Ontvanger, genomen: GenomenBesluit | None
    ) -> Besluitblok | None:
        besluit = self.data.tafel.get_besluit(genomen.besluit) if genomen else None
        if genomen is None or besluit is None or not self._is_released(Feit.BESLUIT, soort, ontvanger):
            return None
        return Besluitblok(
            label=besluit.label,
            alineas=besluit.brieftekst,
            advies=genomen.advies,
            reden=genomen.reden,
            partner=self._name_all(soort, genomen.partners),
        )

    def _build_rolverdeling(
        self, soort: Documentsoort, ontvanger: Ontvanger, dossier: Dossier, op: dt.date = dt.date.max
    ) -> tuple[Dragerregel, ...]:
        """Who holds which role within the dossier (on that day), as the partner is printed; not who stopped."""
        if not self._is_released(Feit.ROLVERDELING, soort, ontvanger):
            return ()
        tafel = self.data.tafel
        dragers = [(rol.label, dossier.get_drager(rol.id, op)) for rol in tafel.dossierrollen if rol.afdrukken]
        return tuple(
            Dragerregel(label=label, wie=self._name_all(soort, [wie]))
            for label, wie in dragers
            if wie is not None and not has_stopped(wie, dossier, tafel, self.werkmap)
        )

    def _list_passages(
        self, soort: Documentsoort, ontvanger: Ontvanger, dossier: Dossier, overleg: str, datum: dt.date
    ) -> tuple[str, ...]:
        """The words that this overleg released to this recipient, in the order of the form (S0:38)."""
        if not self._is_released(Feit.PASSAGES, soort, ontvanger):
            return ()
        lezer = self._make_lezer(soort, ontvanger, dossier.code)
        eigen = [p for p in dossier.passages if is_of(p, overleg, datum)]
        return tuple(p.tekst for p in eigen if lezer.may_read(p.vlag))

    def _list_afspraken(self, dossier: Dossier, overleg: str, datum: dt.date) -> tuple[Afspraak, ...]:
        return tuple(a for a in dossier.afspraken if is_of(a, overleg, datum))

    def _list_own(
        self, soort: Documentsoort, ontvanger: Ontvanger, dossier: Dossier, overleg: str, datum: dt.date
    ) -> tuple[Afspraak, ...]:
        """The to-do's that this overleg gave to this recipient (S0:36)."""
        if not self._is_released(Feit.AFSPRAKEN, soort, ontvanger):
            return ()
        afspraken = self._list_afspraken(dossier, overleg, datum)
        return tuple(a for a in afspraken if self._is_named(soort, ontvanger, a.wie, dossier.code))

    def _build_afspraak(self, soort: Documentsoort, code: str, afspraak: Afspraak) -> Afspraakregel:
        vorm = self._get_vorm(soort)
        return vorm.afspraak(
            casuscode=code,
            wat=afspraak.wat,
            wie=self._name_all(soort, afspraak.wie),
            tegen=vorm.tell(afspraak.tegen),
            nummer=afspraak.nummer,
        )

    def _get_vorm(self, soort: Documentsoort) -> Vorm:
        return get_vorm(soort.anoniem)

    def _begin(
        self, soort: Documentsoort, ontvanger: Ontvanger, naam: Naam, verdeellijst: tuple[str, ...], code: str = ""
    ) -> Deelbeeld:
        """A copy of the kind that this document asks, with nothing in it yet."""
        lezer = _hide_name(ontvanger) if soort.anoniem else ontvanger
        return self._get_vorm(soort).beeld(
            documentsoort=soort.id,
            sjabloon=soort.sjabloon,
            sleutel="/".join(naam.sleutel),
            bestandsnaam=" ".join(filter(None, (soort.titel, *naam.bestand))),
            ontvanger=lezer,
            kop=self._build_kop(soort, lezer, "-".join((soort.afkorting, *naam.nummer)), code, verdeellijst),
        )

    def _get_woorden(self, soort: Documentsoort, ontvanger: Ontvanger) -> Lezerwoorden:
        """What this document says otherwise to somebody whom the case is about."""
        betrokkenen = set(self.data.tafel.get_rollen_of_soort(Rolsoort.BETROKKENE))
        eigen = soort.aan_betrokkene if ontvanger.rollen & betrokkenen else None
        return eigen or Lezerwoorden()

    def _build_kop(
        self, soort: Documentsoort, ontvanger: Ontvanger, nummer: str, code: str, verdeellijst: tuple[str, ...]
    ) -> Kop:
        tafel, woorden = self.data.tafel, self._get_woorden(soort, ontvanger)
        grondslag = soort.grondslag or self.werkmap.grondslag or tafel.grondslag
        contact = Contact.model_validate(self.werkmap.contact.model_dump())
        return Kop(
            tafel=soort.tafelnaam or tafel.naam,
            titel=soort.titel,
            afzender=self.werkmap.afzender,
            documentnummer=nummer,
            datum=format_datum(self.vandaag),
            exemplaar_voor=ontvanger.naam,
            casuscode=code,
            versie=1,
            vervangt=0,
            wijzigingen=(),
            doel=woorden.doel or soort.doel or tafel.doel,
            grondslag=grondslag,
            markering=soort.markering.replace("{grondslag}", grondslag) or tafel.get_markering(grondslag),
            verdeellijst=verdeellijst,
            contact=contact,
            inleiding=woorden.inleiding or soort.inleiding,
            slot=woorden.slot or soort.slot,
            taal=tafel.taal,
        )


def _hide_name(ontvanger: Ontvanger) -> Ontvanger:
    """The aanmelder of a case stands in its forms; the partners of the table stand in no case."""
    if not ontvanger.id.startswith(f"{AANMELDER} "):
        return ontvanger
    return ontvanger.model_copy(update={"naam": ROL_VAN_AANMELDER, "aanspreking": "", "email": ""})


def find_latest(dossier: Dossier) -> GenomenBesluit | None:
    """The decision of the latest overleg; a corrected form of an earlier one may have come in after it."""
    return max(dossier.besluiten, key=lambda besluit: besluit.datum, default=None)


def is_of(wat: Afspraak | Passage, overleg: str, datum: dt.date) -> bool:
    """Whether it comes from this overleg on this date."""
    return (wat.overleg, wat.datum) == (overleg, datum)


def sort_taken(taken: Iterable[Taak]) -> list[Taak]:
    """By the date until which they run, those without one last."""
    return sorted(taken, key=lambda taak: (taak[1].tegen or dt.date.max, taak[0]))


def build_ontmoeting(overleg: Overleg, aantal: int) -> Ontmoeting:
    """The meeting as a document names it."""
    return Ontmoeting(
        naam=overleg.naam,
        datum=format_dag(overleg.datum),
        uur=overleg.uur,
        plaats=overleg.plaats,
        let_op=overleg.let_op,
        aantal=aantal,
        aantal_tekst="1 casus" if aantal == 1 else f"{aantal} casussen",
    )


def get_stam(ontvanger: Ontvanger) -> str:
    """The recipient's id as part of a document number; the code of an aanmelder's case follows by itself."""
    return ontvanger.id.split(" ")[0]
