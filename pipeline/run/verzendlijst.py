"""For the coordinator: a list of the packages of a meeting to tick off, as Word and PDF beside `uit/`.

It says what the register says: what lies ready for whom, how it should go, and what was noted as handed over. It is
written anew whenever that changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from pipeline.disk import hash_bytes, write_atomic
from pipeline.errors import OverlegFout, PoortFout
from pipeline.forms.aftekenen import has_tick, make_fillable
from pipeline.forms.controls import VAKJE_AAN, VAKJE_UIT
from pipeline.pdf import choose_engine, make_pdfs
from pipeline.register import Register, Uitkomst
from pipeline.render import render_deelbeeld
from pipeline.run.holdings import VERZENDLIJST
from pipeline.run.life import describe_naam
from pipeline.settings import Settings
from pipeline.verify import refuse_unexplained
from schemas import kern
from schemas.bevinding import Bevinding, Ernst
from schemas.bewaring import Verzending
from schemas.code import spell_code
from schemas.datum import format_datum
from schemas.deelbeeld import Contact, Deelbeeld, Kop, Ontvanger, Verzendregel
from schemas.tafel import Rolsoort
from schemas.verstrekking import Verstrekking
from schemas.verzendlijst import FORMULIER_ID

SJABLOON = "verzendlijst"
_TEKENS = 8
_GEEN_ADRES = "geen e-mailadres bekend"
_VERSLEUTELD = "versleuteld; wachtwoord langs een andere weg"
_MAIL, _VEILIG, _AFGEVEN = "mail met bijlagen", "beveiligde weg", "afgeven"
_INLEIDING = (
    "Op deze lijst staat elk pakket van dit overleg dat voor iemand anders klaarligt. Wat u al noteerde met “overleg "
    "verzonden” of met een eerdere lijst, is ingevuld. Deze lijst is voor u: geef ze niet mee.",
)
_SLOT = (
    "Bewaar en sluit de ingevulde lijst, leg ze in de map “in” en start “overleg verwerk”: wat aangekruist is, wordt "
    "genoteerd als verzonden; zonder dag is het de dag waarop u ze verwerkt. Liever zonder lijst? Typ “overleg "
    "verzonden”, met de map van het pakket of van het hele overleg.",
)


Pakketten: TypeAlias = Mapping[str, Sequence[Verstrekking]]  #: the copies in each package, by its folder
Verzendingen: TypeAlias = Mapping[tuple[str, int], Verzending]  #: what was handed over, by key and version of a copy


def write_verzendlijsten(settings: Settings, register: Register, mappen: Iterable[str]) -> tuple[Bevinding, ...]:
    """Write the lists of the meetings to which these packages (folders below uit/) belong.

    What a list says is in the register; so what stands in its way is a finding, and the work is done all the same.
    """
    bevindingen = []
    for overleg in dict.fromkeys(map_.partition("/")[0] for map_ in mappen if _is_of_meeting(settings, map_)):
        pakketten, verzonden = list_pakketten(settings, register, overleg), register.list_verzendingen()
        if not pakketten or settings.proef:
            continue
        try:
            beeld = build_verzendlijst(settings, overleg, pakketten, verzonden)
            _write(settings, register, beeld, list_rijen(pakketten, verzonden))
        except OverlegFout as fout:
            bevindingen.append(_report(f"{VERZENDLIJST}/{overleg}", fout))
    return tuple(bevindingen)


def find_verzendlijst(settings: Settings, overleg: str) -> str:
    """Where the list of this meeting stands, from the werkmap; nothing when there is none."""
    pad = f"{VERZENDLIJST}/{overleg}.docx"
    return pad if (settings.map / pad).is_file() else ""


def build_verzendlijst(settings: Settings, overleg: str, pakketten: Pakketten, verzonden: Verzendingen) -> Deelbeeld:
    """All that the list of one meeting says, of which at least one package goes to somebody else."""
    dagen = [v.klaargezet_op for hier in pakketten.values() for v in hier]
    dagen += [verzonden[k].op for hier in pakketten.values() for v in hier if (k := (v.sleutel, v.versie)) in verzonden]
    return Deelbeeld(
        documentsoort=SJABLOON,
        sjabloon=SJABLOON,
        sleutel=f"{SJABLOON}/{overleg}",
        bestandsnaam=overleg,
        ontvanger=Ontvanger(id="coordinator", naam=settings.werkmap.contact.naam, rollen=frozenset(), ids=frozenset()),
        kop=_build_kop(settings, overleg, max(dagen)),
        verzending=tuple(_build_regel(settings, map_, hier, verzonden) for map_, hier in pakketten.items()),
    )


def list_pakketten(settings: Settings, register: Register, overleg: str) -> Pakketten:
    """The copies in each package of a meeting that goes to anybody else, by folder, sorted."""
    coordinator = set(settings.data.tafel.get_rollen_of_soort(Rolsoort.COORDINATOR))
    pakketten: dict[str, list[Verstrekking]] = {}
    for verstrekking in register.list_verstrekkingen():
        eigen = verstrekking.map.partition("/")[0] == overleg
        if eigen and not verstrekking.beeld.ontvanger.rollen & coordinator:
            pakketten.setdefault(verstrekking.map, []).append(verstrekking)
    return dict(sorted(pakketten.items()))


def list_rijen(pakketten: Pakketten, verzonden: Verzendingen) -> list[tuple[str, bool]]:
    """The kenmerk of each row of the list, and whether anything of it was not noted as handed over yet."""
    return [(make_kenmerk(hier), not _is_noted(hier, verzonden)) for hier in pakketten.values()]


def make_kenmerk(hier: Iterable[Verstrekking]) -> str:
    """What stands for a package as it is now: another as soon as a copy or a version is added."""
    delen = sorted(f"{v.map} {v.sleutel} {v.versie}" for v in hier)
    return spell_code(bytes.fromhex(hash_bytes("\n".join(delen).encode())), _TEKENS)


def make_nummer(register: Register, overleg: str) -> str:
    """What stands for the list of this meeting of this werkmap, and of no other."""
    return spell_code(bytes.fromhex(hash_bytes(f"{register.get_mark()} {overleg}".encode())), _TEKENS)


def _is_of_meeting(settings: Settings, map_: str) -> bool:
    soort = map_.partition("/")[0].partition(" ")[2].removesuffix(" verslag")
    return settings.data.tafel.get_overleg(soort) is not None


def _build_regel(
    settings: Settings,
    map_: str,
    hier: Sequence[Verstrekking],
    verzonden: Mapping[tuple[str, int], Verzending],
) -> Verzendregel:
    ontvanger = hier[0].beeld.ontvanger
    partner = settings.werkmap.get_partner(ontvanger.id)
    adres = "; ".join(persoon.email for persoon in partner.personen) if partner else ontvanger.email
    bestanden = len({bestand.naam for verstrekking in hier for bestand in verstrekking.bestanden})
    klaar = format_datum(max(verstrekking.klaargezet_op for verstrekking in hier))
    return Verzendregel(
        ontvanger=describe_naam(settings, ontvanger.id) if partner else ontvanger.naam,
        adres=adres or _GEEN_ADRES,
        pakket=map_.partition("/")[2],
        inhoud=f"{'1 bestand' if bestanden == 1 else f'{bestanden} bestanden'}, klaar op {klaar}",
        weg=_choose_weg(settings, ontvanger.id, adres),
        stand=_describe_stand(hier, verzonden),
        vakje=VAKJE_AAN if _is_noted(hier, verzonden) else VAKJE_UIT,
    )


def _is_noted(hier: Iterable[Verstrekking], verzonden: Verzendingen) -> bool:
    return all((v.sleutel, v.versie) in verzonden for v in hier)


def _choose_weg(settings: Settings, ontvanger: str, adres: str) -> str:
    partner = settings.werkmap.get_partner(ontvanger)
    if partner is not None and settings.werkmap.wants_encryption(partner):
        return _VERSLEUTELD
    if not adres:
        return _AFGEVEN
    return _MAIL if settings.werkmap.mail_bijlagen else _VEILIG


def _describe_stand(hier: Sequence[Verstrekking], verzonden: Mapping[tuple[str, int], Verzending]) -> str:
    """Empty as long as nothing of the package was noted: room to write."""
    genoteerd = [v for verstrekking in hier if (v := verzonden.get((verstrekking.sleutel, verstrekking.versie)))]
    if not genoteerd:
        return ""
    laatste = max(genoteerd, key=lambda verzending: verzending.op)
    via = f", {laatste.via}" if laatste.via else ""
    deel = "" if len(genoteerd) == len(hier) else f"{len(genoteerd)} van {len(hier)} documenten: "
    return f"{deel}{format_datum(laatste.op)}{via}"


def _build_kop(settings: Settings, overleg: str, dag: dt.date) -> Kop:
    tafel, werkmap = settings.data.tafel, settings.werkmap
    datum, _, naam = overleg.partition(" ")
    return Kop(
        tafel=tafel.naam,
        titel="Verzendlijst",
        afzender=werkmap.afzender,
        documentnummer=f"VZ-{datum.replace('-', '')}-{naam.replace(' ', '-')}",
        datum=format_datum(dag),
        exemplaar_voor=werkmap.contact.naam,
        casuscode="",
        versie=1,
        vervangt=0,
        wijzigingen=(),
        doel=f"Bijhouden wat voor wie klaarligt en wat vertrokken is: {overleg}",
        grondslag=werkmap.grondslag or tafel.grondslag,
        markering="VERTROUWELIJK — enkel voor wie de pakketten verstuurt",
        verdeellijst=(),
        contact=Contact.model_validate(werkmap.contact.model_dump()),
        inleiding=_INLEIDING,
        slot=_SLOT,
        taal=tafel.taal,
    )


def _write(settings: Settings, register: Register, beeld: Deelbeeld, rijen: Sequence[tuple[str, bool]]) -> None:
    """Word and PDF; nothing when the Word file is what it would become, as its PDF then is too."""
    sjabloon = settings.find_sjabloon(SJABLOON).read_bytes()
    word = render_deelbeeld(beeld, sjabloon)
    formulier = make_fillable(word, _build_meta(settings, register, beeld.bestandsnaam), rijen, beeld.kop.taal)
    map_ = settings.map / VERZENDLIJST
    paden = [map_ / f"{beeld.bestandsnaam}.{soort}" for soort in ("docx", "pdf")]
    if all(pad.is_file() for pad in paden) and paden[0].read_bytes() == formulier:
        return
    _refuse_filled_in(paden[0], register)
    # Her own list, written after every run: starting LibreOffice for it would take longer than all the rest.
    pdf = make_pdfs({beeld.bestandsnaam: word}, choose_engine("rdocx"))[beeld.bestandsnaam]
    refuse_unexplained(beeld, sjabloon, word, pdf)
    for pad, inhoud in zip(reversed(paden), (pdf, formulier), strict=True):
        write_atomic(pad, inhoud)


def _build_meta(settings: Settings, register: Register, overleg: str) -> dict[str, str]:
    """By what the list is known again. The gate reads it before its controls are in it: they hold no word of a case."""
    return {
        kern.META_TAFEL: settings.data.tafel.id,
        kern.META_ID: FORMULIER_ID,
        kern.META_NUMMER: make_nummer(register, overleg),
        kern.META_OVERLEG: overleg,
    }


def _refuse_filled_in(pad: Path, register: Register) -> None:
    """Ticks that were set where the list lies, and were not taken in yet, are not written over."""
    if not pad.is_file() or not has_tick(inhoud := pad.read_bytes()):
        return
    bekend = register.get_inzending(hash_bytes(inhoud))
    if bekend is None or bekend.uitkomst is not Uitkomst.VERWERKT:
        raise PoortFout(
            "Op de lijst die er staat, is iets aangekruist dat nog niet genoteerd is.",
            "Sluit ze, verplaats ze naar de map “in” en start “overleg verwerk”: daarna komt de nieuwe lijst.",
        )


def _report(plaats: str, fout: OverlegFout) -> Bevinding:
    return Bevinding(
        code="verzendlijst-niet-geschreven",
        plaats=plaats,
        melding=f"De verzendlijst kon niet bijgewerkt worden. {fout.melding}",
        remedie=fout.remedie,
        ernst=Ernst.WAARSCHUWING,
    )
