"""The plan van aanpak as one reader may see it: each row by its own flag, aims numbered among what he sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from schemas import kern
from schemas.deelbeeld import Actieregel, Deelbeeld, Doelblok, Grondregel, Ontvanger, Planblok
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort
from schemas.dossier import Actie, Dossier, Planstand, PlanVanAanpak

from .brief import Briefmaker
from .kring import Oproep
from .lezer import GROND_VLAG, Lezer
from .vorm import Vorm

_STANDEN = {Planstand.VOORSTEL: "Voorstel", Planstand.GOEDGEKEURD: "Goedgekeurd"}
Noemer = Callable[[Iterable[str]], str]  #: prints ids of partners and roles


class Plannen(Briefmaker):
    """Makes the copies of a plan."""

    def _share_plan(self, soort: Documentsoort, dossier: Dossier) -> Iterator[Deelbeeld]:
        """A copy for everybody to whom a row of it was flagged; while the case is open."""
        for ontvanger in self._list_lezers(soort, dossier, Oproep(self.vandaag)):
            plan = self._build_plan(soort, ontvanger, dossier)
            if plan is not None:
                beeld = self._start_brief(soort, ontvanger, dossier.code)
                rollen = self._build_rolverdeling(soort, ontvanger, dossier)
                feiten = [Feit.ROLVERDELING] if rollen else []
                gronden = (
                    *self._account_plan(soort, ontvanger, dossier.code, plan),
                    *self._account(soort, dossier.code, feiten),
                )
                yield beeld.model_copy(update={"plan": plan, "rolverdeling": rollen, "verantwoording": gronden})

    def _build_plan(self, soort: Documentsoort, ontvanger: Ontvanger, dossier: Dossier) -> Planblok | None:
        """The plan of an open case; None when this reader may see none of its rows."""
        plan = dossier.plan if self.data.tafel.is_open(dossier.fase) else None
        lezer = self._make_lezer(soort, ontvanger, dossier.code)
        vorm, noem = self._get_vorm(soort), partial(self._name_all, soort)
        doelen = tuple(_iterate_doelen(plan, lezer, noem, vorm)) if plan else ()
        if plan is None or not doelen:
            return None
        vrij = self._is_released(Feit.PLAN, soort, ontvanger)
        goedgekeurd = plan.goedgekeurd_op if plan.stand is Planstand.GOEDGEKEURD else None
        return vorm.plan(
            stand=_STANDEN[plan.stand] if vrij else "",
            opgesteld_op=vorm.tell(plan.opgesteld_op) if vrij else "",
            bijgewerkt_op=vorm.tell(plan.bijgewerkt_op) if vrij else "",
            goedgekeurd_op=vorm.tell(goedgekeurd) if vrij else "",
            doelen=doelen,
        )

    def _account_plan(
        self, soort: Documentsoort, ontvanger: Ontvanger, code: str, plan: Planblok | None
    ) -> tuple[Grondregel, ...]:
        if plan is None:
            return ()
        feiten = [Feit.PLAN] if self._is_released(Feit.PLAN, soort, ontvanger) else []
        regels = [actie for doel in plan.doelen for actie in doel.acties]
        gevuld = {
            kern.ACTIE_DOEL: any(doel.doelstelling for doel in plan.doelen),
            kern.ACTIE_PRIORITEIT: any(doel.prioriteit for doel in plan.doelen),
            kern.ACTIE_WAT: any(regel.actie for regel in regels),
            kern.ACTIE_WIE: any(regel.wie for regel in regels),
            kern.ACTIE_TEGEN: any(regel.tegen for regel in regels),
            kern.ACTIE_STATUS: any(regel.status for regel in regels),
        }
        vragen = [vraag for vraag, aanwezig in gevuld.items() if aanwezig]
        vlaggen = (Grondregel(casuscode=code, veld=vraag, grond=GROND_VLAG) for vraag in vragen)
        return (*self._account(soort, code, feiten), *vlaggen)


def _iterate_doelen(plan: PlanVanAanpak, lezer: Lezer, noem: Noemer, vorm: Vorm) -> Iterator[Doelblok]:
    """Rows with the same aim and priority together, in the order in which this reader first meets the aim."""
    groepen: dict[tuple[str, str], list[Actieregel]] = {}
    for actie in plan.acties:
        doel = (
            _show(lezer, kern.ACTIE_DOEL, actie.doelstelling),
            _show(lezer, kern.ACTIE_PRIORITEIT, actie.prioriteit),
        )
        regel = _build_regel(actie, lezer, noem, vorm)
        if lezer.may_read(actie.vlag) and any((*doel, regel.actie, regel.wie, regel.tegen, regel.status)):
            groepen.setdefault(doel, []).append(regel)
    for nummer, ((doelstelling, prioriteit), acties) in enumerate(groepen.items(), start=1):
        yield vorm.doel(nummer=nummer, doelstelling=doelstelling, prioriteit=prioriteit, acties=tuple(acties))


def _build_regel(actie: Actie, lezer: Lezer, noem: Noemer, vorm: Vorm) -> Actieregel:
    return vorm.actie(
        actie=_show(lezer, kern.ACTIE_WAT, actie.actie),
        wie=_show(lezer, kern.ACTIE_WIE, noem(actie.uitvoerders)),
        tegen=_show(lezer, kern.ACTIE_TEGEN, vorm.tell(actie.tegen)),
        status=_show(lezer, kern.ACTIE_STATUS, actie.status),
    )


def _show(lezer: Lezer, vraag: str, tekst: str) -> str:
    return tekst if lezer.holds(vraag) else ""
