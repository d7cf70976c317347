"""What every numbered form is held against: answers nobody can read, unknown names, partners who have not signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.aanmelding import Antwoord, PartnersWaarde, Rij, Status, TekstWaarde
from schemas.bevinding import Bevinding, Ernst
from schemas.datum import format_dag, format_datum
from schemas.deling import Vlag
from schemas.kalender import is_werkdag, warn_datum
from schemas.tafel import Dossierrol, Rolsoort, Tafel
from schemas.venster import Venster
from schemas.werkmap import Partner, Werkmap, has_signed

OPNIEUW = "en leg het formulier opnieuw in de map “in”."
#: Nothing was put there.
LEGE = (Status.LEEG, Status.NIET_GEVONDEN)


@dataclass(frozen=True)
class Namencontrole:
    """The names that a form may use: partners and roles of this table."""

    tafel: Tafel
    werkmap: Werkmap

    def find_unknown(self, antwoorden: Iterable[Antwoord | None], plaats: str) -> Iterator[Bevinding]:
        """Names on nobody's list, and "ad hoc partner" without saying which."""
        algemeen = set(self.tafel.get_rollen_of_soort(Rolsoort.AD_HOC))
        for antwoord in antwoorden:
            if antwoord is None:
                continue
            if isinstance(antwoord.waarde, TekstWaarde):
                yield refuse_unknown_name(plaats, antwoord.label)
            elif algemeen.intersection(get_ids(antwoord)):
                yield refuse_any_ad_hoc(plaats, antwoord.label)

    def list_unsigned(self, ids: Iterable[str], op: dt.date) -> tuple[Partner, ...]:
        """The partners among these who had not signed the protocol on that day (S0:16)."""
        partners = [partner for naam in ids if (partner := self.werkmap.get_partner(naam)) is not None]
        return tuple(partner for partner in partners if not has_signed(partner, self.tafel, op))

    def get_naam(self, naam: str) -> str:
        """The partner or role with this id, as printed."""
        partner, rol = self.werkmap.get_partner(naam), self.tafel.get_rol(naam)
        return partner.naam if partner else rol.label if rol else naam


def get_ids(antwoord: Antwoord | None) -> tuple[str, ...]:
    """The partners or roles of an answer."""
    return antwoord.waarde.ids if antwoord is not None and isinstance(antwoord.waarde, PartnersWaarde) else ()


def is_answered(antwoord: Antwoord | None) -> bool:
    """Whether there is an answer to work with."""
    return antwoord is not None and antwoord.status is Status.INGEVULD


def is_filled(antwoord: Antwoord | None) -> bool:
    """Whether anything stands there, usable or not."""
    return antwoord is not None and (antwoord.status not in LEGE or bool(antwoord.bezwaar))


def is_blank(rij: Rij) -> bool:
    """Whether nothing at all was put in this row."""
    return not any(is_filled(antwoord) or antwoord.vlag != Vlag() for antwoord in rij.antwoorden)


def find_unreadable(antwoorden: Iterable[Antwoord], plaats: str) -> list[Bevinding]:
    """Whatever stands there and cannot be read."""
    return [refuse_unreadable(plaats, a.label, a.bezwaar) for a in antwoorden if a.bezwaar]


def build_refusal(code: str, plaats: str, melding: str, remedie: str) -> Bevinding:
    """A finding that refuses the whole form."""
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=Ernst.FOUT)


def build_warning(code: str, plaats: str, melding: str, remedie: str) -> Bevinding:
    """A finding at which a person should look; the form is taken in."""
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=Ernst.WAARSCHUWING)


def refuse_unreadable(plaats: str, label: str, bezwaar: str) -> Bevinding:
    """An answer that nobody may guess."""
    return build_refusal(
        "besluit-onleesbaar",
        plaats,
        f"Wat bij “{label}” staat, kan niet gebruikt worden: {bezwaar}.",
        f"Verbeter dat vak {OPNIEUW}",
    )


def refuse_unknown_name(plaats: str, label: str) -> Bevinding:
    """A name that is on nobody's list: what is meant for it would go nowhere."""
    return build_refusal(
        "partner-onbekend",
        plaats,
        f"Bij “{label}” staat een naam die niet op de partnerlijst staat.",
        f"Vul de partner (of een alias) aan in werkmap.toml {OPNIEUW}",
    )


def refuse_any_ad_hoc(plaats: str, label: str) -> Bevinding:
    """A name that only says that it is an ad hoc partner, not which."""
    return build_refusal(
        "ad-hocpartner-onbekend",
        plaats,
        f"Er staat niet om welke ad-hocpartner het gaat bij “{label}”.",
        f"Schrijf de naam van de partner, zoals in werkmap.toml, {OPNIEUW}",
    )


# --- an overleg without fixed days, and roles within a dossier ---


def check_drager(
    namen: Namencontrole, rol: Dossierrol, ids: tuple[str, ...], label: str, plaats: str, op: dt.date
) -> Iterator[Bevinding]:
    """Of a role within the dossier one partner is the holder, who may hold it and may get documents (S3:28)."""
    if len(ids) > 1:
        yield build_refusal(
            "rol-meer-dan-een",
            plaats,
            f"Bij “{label}” staat meer dan één naam; er is één {rol.label.lower()} per dossier.",
            f"Kies één partner {OPNIEUW}",
        )
    for naam in ids:
        partner = namen.werkmap.get_partner(naam)
        if partner is None or partner.rol not in rol.rollen:
            yield build_refusal(
                "rol-niet-voor-partner",
                plaats,
                f"Wie bij “{label}” staat, kan volgens de gegevens van deze tafel geen {rol.label.lower()} zijn: "
                f"{namen.get_naam(naam)}.",
                f"Noem een partner uit werkmap.toml die dat wel kan {OPNIEUW}",
            )
    for partner in namen.list_unsigned(ids, op):
        yield build_refusal(
            "rol-niet-ondertekend",
            plaats,
            f"Bij “{label}” staat een partner die nog niet ondertekende en dus geen documenten krijgt: {partner.naam}.",
            f"Vul protocol_ondertekend_op in werkmap.toml in, of noem een andere partner, {OPNIEUW}",
        )


def tell_overleg_op(plaats: str, overleg: str, datum: dt.date) -> Bevinding:
    """On which day the case comes up."""
    return Bevinding(
        code="casus-geagendeerd",
        plaats=plaats,
        melding=f"De casus komt op de agenda van: {overleg}, {format_dag(datum)}.",
        remedie="",
        ernst=Ernst.INFO,
    )


def warn_overleg_op(
    plaats: str, datum: dt.date, tafel: Tafel, werkmap: Werkmap, vensters: Iterable[Venster]
) -> Iterator[Bevinding]:
    """A day on which nobody works, or outside the window that the table's data asks; the day is kept."""
    if not is_werkdag(datum, tafel, werkmap):
        redenen = " ".join(warn_datum(datum, tafel, werkmap)) or "Deze datum valt in een weekend."
        yield build_warning(
            "overleg-geen-werkdag",
            plaats,
            f"{format_dag(datum)} is geen werkdag. {redenen}",
            "Blijft het die dag, dan hoeft u niets te doen. Kies anders een andere dag en geef die door.",
        )
    for venster in vensters:
        if not venster.holds(datum):
            yield build_warning(
                "overleg-buiten-venster",
                plaats,
                f"{format_dag(datum)} valt buiten de termijn “{venster.wat}”: van {format_datum(venster.begin)} tot en "
                f"met {format_datum(venster.einde)}.",
                "Kies een dag daarbinnen en geef die door, of laat het zo als de betrokkenen dat afspraken.",
            )
