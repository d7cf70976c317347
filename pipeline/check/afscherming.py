"""What the answers of an aanmelding say of who may not know of the case, and of who works for whom in it."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import kern
from schemas.aanmelding import KeuzeWaarde, PartnersWaarde
from schemas.dossier import Afgeschermd, Betrekking, Dossier
from schemas.tafel import Tafel
from schemas.toetsing import Uitkomst

from .evaluate import Grond, evaluate


def note_afscherming(dossier: Dossier, tafel: Tafel) -> Dossier:
    """The dossier with what its aanmelding says now added to what earlier forms said; nothing of that is taken back.

    What an earlier form only left open, a later one decides (S4:81).
    """
    nieuw = [b for b in _iterate_betrekkingen(dossier) if b not in dossier.betrekkingen]
    regels = {regel.afscherming: regel for regel in dossier.afgeschermd}
    grond = Grond(dossier.aanmelding, tafel, dossier.aangemeld_op)
    for afscherming in tafel.afschermingen:
        uitkomst, eerder = evaluate(afscherming.als, grond).uitkomst, regels.pop(afscherming.id, None)
        if eerder is not None and eerder.zeker:
            regels[afscherming.id] = eerder
        elif uitkomst is not Uitkomst.NIET_VOLDAAN:
            regels[afscherming.id] = Afgeschermd(afscherming=afscherming.id, zeker=uitkomst is Uitkomst.VOLDAAN)
    afgeschermd = tuple(regels.values())
    if not nieuw and afgeschermd == dossier.afgeschermd:
        return dossier
    return dossier.model_copy(
        update={"betrekkingen": (*dossier.betrekkingen, *nieuw), "afgeschermd": afgeschermd},
    )


def _iterate_betrekkingen(dossier: Dossier) -> Iterator[Betrekking]:
    """Of each row of the services that the table knows: for whom it works; a blank answer leaves that open."""
    rubriek, naam = kern.DIENST.split(".")
    op = dossier.ontvangsten[-1].ontvangen_op
    for rij in dossier.aanmelding.get_rijen(rubriek):
        wie, voor = rij.get(naam), rij.get(kern.WERKT_VOOR.split(".")[1])
        if wie is None or voor is None or not isinstance(wie.waarde, PartnersWaarde):
            continue
        rollen = voor.waarde.opties if isinstance(voor.waarde, KeuzeWaarde) else ("",)
        yield from (Betrekking(wie=een, voor=rol, op=op) for een in wie.waarde.ids for rol in rollen)
