"""Which dossier a form makes, supplements or replaces; and why it may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from schemas import kern
from schemas.aanmelding import Aanmelding, Antwoord, IngevuldeRubriek, Rij, Status, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.dossier import Dossier, Ontvangst, Ontvangstsoort
from schemas.formulier import Formulier
from schemas.tafel import Tafel
from schemas.tekst import normalise


@dataclass(frozen=True)
class Opname:
    """What a form does: the dossiers to save (the first is the form's own), or the finding that refuses it."""

    dossiers: tuple[Dossier, ...] = ()
    soort: Ontvangstsoort = Ontvangstsoort.AANMELDING
    bevindingen: tuple[Bevinding, ...] = ()
    weigering: Bevinding | None = None


def is_anoniem(aanmelding: Aanmelding) -> bool:
    """Whether the aanmelder chose to keep the cliënt anonymous."""
    antwoord = aanmelding.get(kern.ANONIEM)
    return antwoord is not None and antwoord.has_optie(kern.ANONIEM_JA)


def take_in(
    validatie: Validatie,
    formulier: Formulier,
    tafel: Tafel,
    dossiers: Sequence[Dossier],
    vandaag: dt.date,
    nieuwe_code: Callable[[], str],
) -> Opname:
    """Decide what an aanmeldformulier does. `dossiers` are all dossiers of the table."""
    per_code = {dossier.code: dossier for dossier in dossiers}
    weigering = _find_identity(validatie.aanmelding, formulier)
    if weigering is not None:
        return Opname(weigering=weigering)
    opname = _Opnemer(validatie, tafel, per_code, vandaag)
    soort = validatie.aanmelding.get(kern.SOORT)
    if validatie.meta.casuscode or (soort and soort.has_optie(kern.SOORT_AANVULLING)):
        return opname.supplement()
    if soort and soort.has_optie(kern.SOORT_OP_NAAM):
        return opname.continue_by_name(nieuwe_code)
    return opname.open_or_replace(nieuwe_code)


def _find_identity(aanmelding: Aanmelding, formulier: Formulier) -> Bevinding | None:
    """An anonymous form that holds a name is never kept (S0:5): the finding names the label."""
    if not is_anoniem(aanmelding):
        return None
    for vraag in formulier.vragen:
        ingevuld = [a for a in aanmelding.get_antwoorden(vraag.id) if a.status is Status.INGEVULD]
        if vraag.identificerend and ingevuld:
            return _make_fout(
                "anoniem-met-identiteit",
                ingevuld[0].plaats,
                f"Deze aanmelding is anoniem, maar bij “{vraag.label}” is iets ingevuld. "
                "Ze werd niet geregistreerd en niet bewaard in het archief.",
                "Vraag de aanmelder een formulier zonder persoonsgegevens, of een aanmelding op naam, "
                "en wis daarna dit bestand uit quarantaine.",
            )
    return None


@dataclass(frozen=True)
class _Opnemer:
    validatie: Validatie
    tafel: Tafel
    dossiers: Mapping[str, Dossier]
    vandaag: dt.date

    def supplement(self) -> Opname:
        """Merge into the dossier whose code the form carries."""
        dossier, weigering = self._find_dossier()
        if dossier is None:
            return Opname(weigering=weigering)
        fase = self.tafel.get_fase(dossier.fase)
        if fase is not None and not fase.open:
            return Opname(weigering=self._refuse_closed(dossier.code, fase.label))
        aanmelding = merge_aanmelding(dossier.aanmelding, self.validatie.aanmelding)
        return self._update(dossier, aanmelding, Ontvangstsoort.AANVULLING)

    def continue_by_name(self, nieuwe_code: Callable[[], str]) -> Opname:
        """Open a new dossier that continues an anonymous one (S0:11)."""
        eerder, weigering = self._find_dossier()
        if eerder is None:
            return Opname(weigering=weigering)
        nieuw = self._open(nieuwe_code, eerdere_code=eerder.code)
        afgerond = self.tafel.fase_heraangemeld
        gesloten = (eerder.model_copy(update={"fase": afgerond}),) if afgerond else ()
        return Opname(dossiers=(nieuw, *gesloten))

    def open_or_replace(self, nieuwe_code: Callable[[], str]) -> Opname:
        """Open a new dossier; or replace the aanmelding that the same aanmelder sent for the same cliënt."""
        zelfde = [d for d in self.dossiers.values() if self._is_open(d) and _is_same_client(d, self.validatie)]
        eigen = next((d for d in zelfde if _is_same_aanmelder(d, self.validatie)), None)
        if eigen is not None:
            opname = self._update(eigen, self.validatie.aanmelding, Ontvangstsoort.CORRECTIE)
            return Opname(opname.dossiers, opname.soort, (self._report_replaced(eigen.code),))
        bevindingen = tuple(self._report_double(dossier.code) for dossier in zelfde)
        return Opname(dossiers=(self._open(nieuwe_code),), bevindingen=bevindingen)

    def _is_open(self, dossier: Dossier) -> bool:
        fase = self.tafel.get_fase(dossier.fase)
        return fase is not None and fase.open

    def _find_dossier(self) -> tuple[Dossier | None, Bevinding | None]:
        code = self.validatie.meta.casuscode or self.validatie.aanmelding.get_tekst(kern.CASUSCODE)
        if code in self.dossiers:
            return self.dossiers[code], None
        vraag = self.validatie.aanmelding.get(kern.CASUSCODE)
        return None, _make_fout(
            "casuscode-onbekend",
            vraag.plaats if vraag else "",
            "Dit formulier hoort bij een bestaande casus, maar de casuscode ontbreekt of is hier niet bekend.",
            "Vraag de aanmelder welke casus bedoeld is, laat de code verbeteren en leg het formulier opnieuw in “in”.",
        )

    def _ontvangst(self, soort: Ontvangstsoort) -> Ontvangst:
        # The name that somebody gave to an anonymous form may be the very name that the form leaves out.
        bestand = "" if is_anoniem(self.validatie.aanmelding) else self.validatie.bestand
        return Ontvangst(sha256=self.validatie.sha256, bestand=bestand, ontvangen_op=self.vandaag, soort=soort)

    def _open(self, nieuwe_code: Callable[[], str], eerdere_code: str | None = None) -> Dossier:
        return Dossier(
            code=_draw_code(nieuwe_code, self.dossiers),
            fase=self.tafel.beginfase,
            aangemeld_op=self.vandaag,
            aanmelding=self.validatie.aanmelding,
            ontvangsten=(self._ontvangst(Ontvangstsoort.AANMELDING),),
            eerdere_code=eerdere_code,
        )

    def _update(self, dossier: Dossier, aanmelding: Aanmelding, soort: Ontvangstsoort) -> Opname:
        ontvangsten = (*dossier.ontvangsten, self._ontvangst(soort))
        return Opname((dossier.model_copy(update={"aanmelding": aanmelding, "ontvangsten": ontvangsten}),), soort)

    def _refuse_closed(self, code: str, fase: str) -> Bevinding:
        return _make_fout(
            "dossier-afgesloten",
            "",
            f"Deze aanvulling hoort bij casus {code}, maar dat dossier is niet meer open ({fase}).",
            "Overleg met de aanmelder of een nieuwe aanmelding nodig is.",
        )

    def _report_replaced(self, code: str) -> Bevinding:
        return Bevinding(
            code="verbeterde-versie",
            plaats="",
            melding=f"Dezelfde aanmelder meldde deze cliënt al aan; dit vervangt de aanmelding van casus {code}.",
            remedie="Klopt dat niet, neem dan contact op met de aanmelder. De eerdere versie blijft in het archief.",
            ernst=Ernst.INFO,
        )

    def _report_double(self, code: str) -> Bevinding:
        return Bevinding(
            code="mogelijk-zelfde-client",
            plaats="",
            melding=f"Deze cliënt lijkt dezelfde als in casus {code}, die een andere aanmelder heeft.",
            remedie="Bekijk beide dossiers en beslis of ze samen besproken worden.",
            ernst=Ernst.WAARSCHUWING,
        )


def merge_aanmelding(oud: Aanmelding, nieuw: Aanmelding) -> Aanmelding:
    """Lay a supplement over an aanmelding: answers given anew replace, rows are matched by id, others are added."""
    rubrieken = tuple(_merge_rubriek(rubriek, nieuw.get_rubriek(rubriek.id)) for rubriek in oud.rubrieken)
    return oud.model_copy(update={"rubrieken": rubrieken})


def _merge_rubriek(oud: IngevuldeRubriek, nieuw: IngevuldeRubriek | None) -> IngevuldeRubriek:
    if nieuw is None:
        return oud
    nieuwe_rijen = {rij.id: rij for rij in nieuw.rijen}
    bestaande = tuple(_merge_rij(rij, nieuwe_rijen.pop(rij.id, None)) for rij in oud.rijen)
    antwoorden = _merge_antwoorden(oud.antwoorden, nieuw.antwoorden)
    return oud.model_copy(update={"antwoorden": antwoorden, "rijen": (*bestaande, *nieuwe_rijen.values())})


def _merge_rij(oud: Rij, nieuw: Rij | None) -> Rij:
    return (
        oud
        if nieuw is None
        else oud.model_copy(update={"antwoorden": _merge_antwoorden(oud.antwoorden, nieuw.antwoorden)})
    )


def _merge_antwoorden(oud: tuple[Antwoord, ...], nieuw: tuple[Antwoord, ...]) -> tuple[Antwoord, ...]:
    gegeven = {a.vraag: a for a in nieuw if a.status not in (Status.LEEG, Status.NIET_GEVONDEN) or a.bezwaar}
    uitgesloten = frozenset(naam for a in nieuw for naam in a.vlag.niet_voor)
    return tuple(_narrow(gegeven.get(a.vraag, a), uitgesloten) for a in oud)


def _narrow(antwoord: Antwoord, uitgesloten: frozenset[str]) -> Antwoord:
    """A later form may exclude somebody from what was shared before; never the reverse."""
    if uitgesloten <= antwoord.vlag.niet_voor:
        return antwoord
    vlag = antwoord.vlag.model_copy(update={"niet_voor": antwoord.vlag.niet_voor | uitgesloten})
    return antwoord.model_copy(update={"vlag": vlag})


def _draw_code(nieuwe_code: Callable[[], str], bezet: Mapping[str, Dossier]) -> str:
    code = nieuwe_code()
    while code in bezet:
        code = nieuwe_code()
    return code


def _get_clients(aanmelding: Aanmelding) -> set[tuple[str, str]]:
    rijen = aanmelding.get_rijen(kern.NAAM.split(".")[0])
    clienten = [rij for rij in rijen if (rol := rij.get("rol")) and rol.has_optie(kern.ROL_CLIENT)]
    paren = {(normalise(rij.get_tekst("naam")), rij.get_tekst("geboortedatum")) for rij in clienten}
    return {(naam, datum) for naam, datum in paren if naam and datum}


def _is_same_client(dossier: Dossier, validatie: Validatie) -> bool:
    return bool(_get_clients(dossier.aanmelding) & _get_clients(validatie.aanmelding))


def _is_same_aanmelder(dossier: Dossier, validatie: Validatie) -> bool:
    oud = normalise(dossier.aanmelding.get_tekst(kern.AANMELDER_EMAIL))
    return bool(oud) and oud == normalise(validatie.aanmelding.get_tekst(kern.AANMELDER_EMAIL))


def _make_fout(code: str, plaats: str, melding: str, remedie: str) -> Bevinding:
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=Ernst.FOUT)
