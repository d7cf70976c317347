"""Every finding on a form about one case, in Dutch: where, what, and what to do. None of them holds an answer."""

from __future__ import annotations

from types import MappingProxyType

from pipeline.rowcheck import OPNIEUW, build_refusal, build_warning
from schemas.bevinding import Bevinding, Ernst
from schemas.formulier import Formuliersoort

_SOORTEN = MappingProxyType(
    {Formuliersoort.INBRENG: "een inbreng", Formuliersoort.PLAN: "een plan", Formuliersoort.MELDING: "een melding"}
)
#: How somebody still changes what a form said that was taken in.
_ALSNOG = MappingProxyType(
    {
        Formuliersoort.INBRENG: "vraag de partner dan het formulier te verbeteren; het nummer blijft geldig.",
        Formuliersoort.PLAN: f"verbeter het dan {OPNIEUW}",
        Formuliersoort.MELDING: "maak dan met “overleg formulier” een nieuw formulier; dit nummer geldt één keer.",
    }
)
_NAKIJKEN = MappingProxyType(
    {
        Formuliersoort.INBRENG: "Vraag na bij de partner die het formulier invulde wat de bedoeling is.",
        Formuliersoort.PLAN: f"Kijk het formulier na, verbeter het zo nodig {OPNIEUW}",
        Formuliersoort.MELDING: "Kijk het formulier na, en maak zo nodig een nieuw.",
    }
)


def redirect(bevinding: Bevinding, soort: Formuliersoort) -> Bevinding:
    """A finding of the reading, which sends the coordinator to an aanmelder who has no part in this form."""
    if "aanmelder" not in bevinding.remedie:
        return bevinding
    alias = " Een andere naam van een partner vult u als alias aan in werkmap.toml."
    erbij = alias if "werkmap.toml" in bevinding.remedie else ""
    return bevinding.model_copy(update={"remedie": _NAKIJKEN[soort] + erbij})


def involve_partner(bevinding: Bevinding) -> Bevinding:
    """What is wrong in a form of a partner, who knows best how it should be."""
    if OPNIEUW not in bevinding.remedie or "werkmap.toml" in bevinding.remedie:
        return bevinding
    erbij = " Of vraag de partner een verbeterd formulier; het nummer blijft geldig."
    return bevinding.model_copy(update={"remedie": bevinding.remedie + erbij})


def tell(code: str, plaats: str, melding: str, remedie: str = "") -> Bevinding:
    """Worth knowing."""
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=Ernst.INFO)


# --- every form about a case ---


def refuse_closed(plaats: str, soort: Formuliersoort, fase: str) -> Bevinding:
    """A form about a case that is no longer worked on."""
    return build_refusal(
        "dossier-afgesloten",
        plaats,
        f"Dit is {_SOORTEN[soort]} voor een afgesloten dossier: de fase is “{fase}”. Er werd niets overgenomen.",
        "Kijk na of de casuscode klopt. Moet de casus opnieuw besproken worden, laat hem dan opnieuw aanmelden.",
    )


def refuse_identity(plaats: str, label: str) -> Bevinding:
    """Something that points at a person, in a case that came in without a name (S0:5)."""
    return build_refusal(
        "anoniem-met-identiteit",
        plaats,
        f"Deze casus is anoniem, maar bij “{label}” is iets ingevuld. Er werd niets overgenomen of bewaard.",
        "Vraag een formulier zonder persoonsgegevens, en wis daarna dit bestand uit quarantaine.",
    )


def refuse_blank(plaats: str, label: str) -> Bevinding:
    """A field that cannot be missed."""
    return build_refusal("vak-leeg", plaats, f"“{label}” is leeg of niet bruikbaar.", f"Vul het vak in {OPNIEUW}")


def refuse_no_rows(plaats: str) -> Bevinding:
    """A form of rows without one."""
    return build_refusal(
        "geen-rijen", plaats, "Hier staat geen enkele ingevulde rij.", f"Vul minstens één rij in {OPNIEUW}"
    )


def refuse_row_blank(plaats: str, label: str) -> Bevinding:
    """A row without the words that it is about."""
    return build_refusal(
        "rij-onvolledig",
        plaats,
        f"In deze rij is een vak leeg: “{label}”.",
        f"Vul het vak in, of maak de hele rij leeg, {OPNIEUW}",
    )


def refuse_future(plaats: str, label: str) -> Bevinding:
    """A date that lies ahead."""
    return build_refusal(
        "datum-in-toekomst", plaats, f"De datum bij “{label}” ligt in de toekomst.", f"Verbeter de datum {OPNIEUW}"
    )


def refuse_earlier(plaats: str, label: str, eerst: str) -> Bevinding:
    """A date that lies before one that it must follow."""
    return build_refusal(
        "datum-te-vroeg", plaats, f"De datum bij “{label}” ligt voor {eerst}.", f"Verbeter de datum {OPNIEUW}"
    )


def refuse_unsigned(plaats: str, label: str, naam: str) -> Bevinding:
    """An ad hoc partner who may not receive what he is named for (S0:16)."""
    return build_refusal(
        "protocol-niet-ondertekend",
        plaats,
        f"Bij “{label}” staat een ad-hocpartner die het protocol niet ondertekende: {naam}.",
        "Laat het protocol ondertekenen en vul protocol_ondertekend_op in werkmap.toml in, of noem iemand anders, "
        f"{OPNIEUW}",
    )


def warn_stopped(plaats: str, label: str, naam: str) -> Bevinding:
    """Somebody who gets nothing more about the case."""
    return build_warning(
        "partner-gestopt",
        plaats,
        f"{naam} staat bij “{label}”, maar is in deze casus gestopt en krijgt er niets meer over.",
        "Spreek af wie het overneemt, of breng deze partner zelf op de hoogte.",
    )


def warn_unshared(plaats: str, soort: Formuliersoort) -> Bevinding:
    """A row that nobody receives."""
    return build_warning(
        "rij-niet-deelbaar",
        plaats,
        "Bij deze rij is niets aangekruist bij “Deelbaar met”; zij gaat naar niemand.",
        f"Was dat niet de bedoeling, {_ALSNOG[soort]}",
    )


def warn_open(plaats: str, label: str, soort: Formuliersoort) -> Bevinding:
    """Something that the form asks and nobody answered."""
    return build_warning("vraag-open", plaats, f"“{label}” is leeg.", f"Is het antwoord bekend, {_ALSNOG[soort]}")


# --- inbreng ---


def refuse_partner_gone(plaats: str) -> Bevinding:
    """A form of somebody who is no partner any more."""
    return build_refusal(
        "partner-onbekend",
        plaats,
        "De partner aan wie dit formulier gegeven werd, staat niet meer op de partnerlijst.",
        "Zet de partner terug in werkmap.toml (heeft hij nu een andere id, zet dan de vroegere bij zijn aliassen) "
        f"{OPNIEUW}",
    )


def refuse_partner_unsigned(plaats: str, naam: str) -> Bevinding:
    """A form of an ad hoc partner who does not take part (S0:16)."""
    return build_refusal(
        "protocol-niet-ondertekend",
        plaats,
        f"Dit formulier is van een ad-hocpartner die het protocol niet ondertekende: {naam}.",
        f"Laat het protocol ondertekenen, vul protocol_ondertekend_op in werkmap.toml in {OPNIEUW}",
    )


def refuse_partner_stopped(plaats: str, naam: str) -> Bevinding:
    """A form of a partner who has no more to do with the case."""
    return build_refusal(
        "partner-gestopt",
        plaats,
        f"Dit formulier is van een partner die in deze casus gestopt is: {naam}. Er werd niets overgenomen.",
        "Vraag de partner wat hiermee moet gebeuren; neemt u de informatie zelf op, gebruik dan een melding.",
    )


def tell_inbreng_replaced(plaats: str) -> Bevinding:
    """A corrected form under the same number."""
    return tell("inbreng-vervangen", plaats, "Deze inbreng vervangt wat deze partner eerder met dit nummer inbracht.")
