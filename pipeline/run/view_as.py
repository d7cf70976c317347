"""What one recipient may see of one case now, and why; and when that is nothing, why not.

Every value comes out of a Deelbeeld that the wall made for this recipient. Of the dossier itself only names, phases
and dates are used here, to say in words why there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.errors import GebruikFout
from pipeline.meeting import recall_overleg
from pipeline.register import Register
from pipeline.revise import revise_beeld
from pipeline.run.agenda import Dagen
from pipeline.run.beelddelen import is_about, read_beeld
from pipeline.run.documents import list_letters, make_deling
from pipeline.run.life import describe_naam, list_verstrekt
from pipeline.run.nazicht import inspect_beelden
from pipeline.run.view import find_dossier, get_fase, list_next_overleggen, suggest
from pipeline.run.zicht import Documentzicht, Ontvangerzicht
from pipeline.settings import Settings
from pipeline.share import Deling, is_kept_out
from pipeline.share.personen import list_betrokkenen
from pipeline.share.recipients import AANMELDER, CLIENT, concerns, has_stopped, make_aanmelder, make_partner
from schemas.datum import format_datum
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Aanleiding, Documentsoort, Moment
from schemas.dossier import Dossier
from schemas.tafel import Rol, Rolsoort
from schemas.uitsluiting import find_uitsluiting
from schemas.werkmap import Partner, has_signed

#: Recipients that a case makes itself.
_PER_CASUS = {Rolsoort.AANMELDER: AANMELDER, Rolsoort.BETROKKENE: CLIENT}
_NIETS_AANGEKRUIST = (
    "Uit de formulieren staat hier niets: daarvan is niets aangekruist voor deze ontvanger, "
    "of “enkel voor” of “niet voor” sluit hem uit."
)


_AFGESCHERMD = (
    "Deze ontvanger mag nu niets van deze casus weten, of werkt voor wie er niets van mag weten. "
    "“overleg bekijk MAP CASUS” zegt waarom, en wat dat beëindigt."
)


@dataclass(frozen=True)
class Wie:
    """Somebody who may be asked for: the id under which the wall knows him, and what he is at this table."""

    id: str
    rol: str
    partner: Partner | None = None


def view_ontvangers(settings: Settings, code: str, naam: str) -> tuple[Ontvangerzicht, ...]:
    """What everybody known by this name may see of this case; a role may be that of more than one partner.

    Raises GebruikFout for a code or a name that is not there, and RegisterFout.
    """
    with Register.open(settings.map, alleen_lezen=True) as register:
        dossier = find_dossier(register.list_dossiers(), code)
        kijker = _Kijker(settings, register, dossier)
        return tuple(kijker.view(wie) for wie in find_ontvangers(settings, dossier, naam))


def find_ontvangers(settings: Settings, dossier: Dossier, naam: str) -> tuple[Wie, ...]:
    """Whom this name speaks of: partners before roles. Raises GebruikFout with what was meant, perhaps."""
    ids = settings.namen.get_ids(naam)
    partners = [partner for partner in settings.werkmap.partners if partner.id in ids]
    if partners:
        return tuple(Wie(partner.id, partner.rol, partner) for partner in partners)
    gevonden = [
        wie for rol in settings.data.tafel.rollen if rol.id in ids for wie in _list_role(settings, rol, dossier)
    ]
    if not gevonden:
        raise GebruikFout(f"{naam} is hier geen ontvanger.", _suggest_ontvanger(settings, naam))
    return tuple(gevonden)


def _list_role(settings: Settings, rol: Rol, dossier: Dossier) -> Iterator[Wie]:
    if rol.staat_voor:
        personen = list_betrokkenen((rol.id,), dossier, settings.data.tafel, settings.vandaag)
        yield from (Wie(persoon.id, rol.id) for persoon in personen)
    elif rol.soort in _PER_CASUS:
        yield Wie(f"{_PER_CASUS[rol.soort]} {dossier.code}", rol.id)
    elif rol.soort is Rolsoort.COORDINATOR:
        yield Wie(rol.id, rol.id)
    else:
        yield from (Wie(p.id, rol.id, p) for p in settings.werkmap.partners if p.rol == rol.id)


def _suggest_ontvanger(settings: Settings, naam: str) -> str:
    zonder_partner = (*_PER_CASUS, Rolsoort.COORDINATOR)
    rollen = [rol.id for rol in settings.data.tafel.rollen if rol.soort in zonder_partner]
    partners = settings.werkmap.partners
    lijst = [*rollen, *(partner.id for partner in partners)]
    namen = [*lijst, *(anders for partner in partners for anders in (partner.naam, *partner.aliassen))]
    return suggest(naam, namen, lijst, "Kies uit")


@dataclass(frozen=True)
class _Kijker:
    """One case, for every recipient: all copies about it that the wall makes now."""

    settings: Settings
    register: Register
    dossier: Dossier
    _wachtend: set[str] = field(default_factory=set)  #: keys of copies that wait for an answer of the nazicht

    def view(self, wie: Wie) -> Ontvangerzicht:
        settings, code = self.settings, self.dossier.code
        beelden = [beeld for beeld in self.beelden if beeld.ontvanger.id == wie.id]
        nu = {beeld.sleutel for beeld in beelden}
        eerder = [
            verstrekking
            for verstrekking in self.register.list_verstrekkingen()
            if verstrekking.ontvanger == wie.id
            and verstrekking.sleutel not in nu
            and is_about(verstrekking.beeld, code)
        ]
        return Ontvangerzicht(
            casuscode=code,
            fase=get_fase(settings, self.dossier),
            ontvanger=wie.id,
            naam=describe_naam(settings, wie.id),
            documenten=tuple(self._read(beeld) for beeld in beelden),
            redenen=tuple(self._explain_absent(wie, {beeld.documentsoort for beeld in beelden})),
            eerder=list_verstrekt(settings, eerder),
        )

    @cached_property
    def deling(self) -> Deling:
        return make_deling(self.settings, self.register)

    @cached_property
    def beelden(self) -> tuple[Deelbeeld, ...]:
        """For the next overleg, after the last one, and the letters that are due or went out."""
        return (
            *self._inspect((*self._iterate_meetings(), *self._iterate_verslagen())),
            *self._iterate_letters(),
        )

    def _inspect(self, beelden: Iterable[Deelbeeld]) -> Iterator[Deelbeeld]:
        """Those about this case, as the answers of the nazicht leave them."""
        eigen = [beeld for beeld in beelden if is_about(beeld, self.dossier.code)]
        for beeld, nazicht in zip(eigen, inspect_beelden(eigen, self.settings, self.register), strict=True):
            if nazicht.vragen:
                self._wachtend.add(beeld.sleutel)
                yield beeld
            elif nazicht.beeld is not None:
                yield nazicht.beeld

    def _iterate_meetings(self) -> Iterator[Deelbeeld]:
        for overleg in list_next_overleggen(Dagen(self.settings, self._dossiers, self.register.list_mappen())):
            yield from self.deling.share_overleg(overleg)

    def _iterate_verslagen(self) -> Iterator[Deelbeeld]:
        laatste = {genomen.overleg: genomen.datum for genomen in sorted(self.dossier.besluiten, key=lambda b: b.datum)}
        for overleg_id, datum in laatste.items():
            soort = self.settings.data.tafel.get_overleg(overleg_id)
            if soort is not None:
                yield from self.deling.share_verslag(recall_overleg(soort, datum, self._dossiers))

    def _iterate_letters(self) -> Iterator[Deelbeeld]:
        """What is due now, and what went out and still says the same; an outdated letter is only listed as earlier."""
        nodig = {stuk.beeld.sleutel for stuk in list_letters(self.settings, self.register)}
        for soort in self.settings.data.documenten:
            if soort.aanleiding is not Aanleiding.DOSSIER:
                continue
            for beeld in self._inspect(self.deling.share_dossier(soort, self.dossier.code)):
                eerder = self.register.get_verstrekking(beeld.sleutel)
                if beeld.sleutel in nodig or (eerder is not None and revise_beeld(beeld, eerder) is None):
                    yield beeld

    @cached_property
    def _dossiers(self) -> tuple[Dossier, ...]:
        return self.register.list_dossiers()

    def _read(self, beeld: Deelbeeld) -> Documentzicht:
        deling = self.settings.data.deling
        delen = read_beeld(beeld, self.dossier.code, deling)
        niets = deling.get_deelregel(beeld.documentsoort) is not None and not any(deel.aangekruist for deel in delen)
        overleg = beeld.ontmoeting
        return Documentzicht(
            titel=beeld.kop.titel,
            gelegenheid=f"{overleg.naam} van {overleg.datum}" if overleg else "brief",
            stand=self._describe_stand(beeld),
            delen=delen,
            opmerking=_NIETS_AANGEKRUIST if niets else "",
        )

    def _describe_stand(self, beeld: Deelbeeld) -> str:
        if beeld.sleutel in self._wachtend:
            return "wacht op een antwoord in “overleg nazicht”; tot dan wordt dit niet gemaakt"
        eerder = self.register.get_verstrekking(beeld.sleutel)
        if eerder is None:
            return "nog niet klaargezet"
        versie = f"klaargezet op {format_datum(eerder.klaargezet_op)} (versie {eerder.versie})"
        return versie if revise_beeld(beeld, eerder) is None else f"{versie}; een volgende versie is nog te maken"

    def _explain_absent(self, wie: Wie, gekregen: set[str]) -> Iterator[str]:
        """Why there is nothing for him; and, when there is something, why a plan that there is does not reach him."""
        eigen = [soort for soort in self.settings.data.documenten if wie.rol in soort.rollen]
        if not gekregen:
            yield self._explain_outside(wie) or self._explain_none(eigen)
        if self.dossier.plan is not None and (gekregen or not self._explain_outside(wie)):
            plannen = [s for s in eigen if s.moment is Moment.PLAN and s.id not in gekregen]
            yield from (f"{soort.titel}: geen enkele actie is aangekruist voor deze ontvanger." for soort in plannen)

    def _explain_outside(self, wie: Wie) -> str:
        """Why this case is no business of this recipient, whatever was flagged; "" when it may be."""
        tafel, werkmap = self.settings.data.tafel, self.settings.werkmap
        rol = tafel.get_rol(wie.rol)
        if self._is_kept_out(wie):
            return _AFGESCHERMD
        if wie.partner is None or rol is None:
            return ""
        if not has_signed(wie.partner, tafel, self.settings.vandaag):
            return "Deze partner ondertekende het protocol niet en krijgt daarom niets."
        if has_stopped(wie.id, self.dossier, tafel, werkmap):
            return "Deze partner is volgens een melding niet langer bij de casus betrokken en krijgt niets meer."
        if concerns(make_partner(wie.partner, tafel, werkmap), self.dossier, tafel, werkmap):
            return ""
        if rol.soort is Rolsoort.AD_HOC:
            return "Deze ad-hocpartner is voor deze casus niet uitgenodigd en krijgt daarom niets."
        return (
            "Deze casus gaat enkel naar de partner van de woonplaats. De cliënt woont elders, de woonplaats ontbreekt, "
            "of “niet voor” sluit deze partner uit."
        )

    def _is_kept_out(self, wie: Wie) -> bool:
        tafel, werkmap = self.settings.data.tafel, self.settings.werkmap
        uitsluiting = find_uitsluiting(self.dossier, tafel, werkmap, self.settings.vandaag)
        ontvanger = make_partner(wie.partner, tafel, werkmap) if wie.partner else None
        if ontvanger is None and wie.id == f"{AANMELDER} {self.dossier.code}":
            ontvanger = make_aanmelder(self.dossier, tafel, werkmap)
        if ontvanger is not None:
            return is_kept_out(ontvanger, uitsluiting, werkmap)
        personen = list_betrokkenen((wie.rol,), self.dossier, tafel, self.settings.vandaag)
        zelf = (persoon for persoon in personen if persoon.id == wie.id)
        return wie.rol in uitsluiting.rollen or any(is_kept_out(p, uitsluiting, werkmap) for p in zelf)

    def _explain_none(self, eigen: Sequence[Documentsoort]) -> str:
        if not eigen:
            return "De tafel maakt voor deze rol geen enkel document."
        if not self.settings.data.tafel.is_open(self.dossier.fase):
            return "Het dossier is gesloten: het komt op geen overleg meer, en voor deze ontvanger is er geen brief."
        return (
            "De casus staat nu niet op de agenda van een overleg waarvoor deze ontvanger iets krijgt, "
            "en er is geen brief voor deze ontvanger."
        )
