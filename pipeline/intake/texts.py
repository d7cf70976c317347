"""The findings of taking a form in: what happened or why it was refused, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from schemas import kern
from schemas.aanmelding import Aanmelding, Antwoord, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.dossier import Dossier, Ontvangstsoort
from schemas.formulier import Formulier

from .review import make_bevinding


def refuse_identity(antwoord: Antwoord) -> Bevinding:
    """An anonymous form that holds a name is never kept (S0:5); the finding names the label, not the name."""
    return _refuse(
        "anoniem-met-identiteit",
        antwoord.plaats,
        f"Deze aanmelding is anoniem, maar bij “{antwoord.label}” is iets ingevuld. "
        "Ze werd niet geregistreerd en niet bewaard in het archief.",
        "Vraag de aanmelder een formulier zonder persoonsgegevens, of een aanmelding op naam, "
        "en wis daarna dit bestand uit quarantaine.",
    )


def find_geen_casus(aanmelding: Aanmelding, formulier: Formulier) -> Bevinding | None:
    """The refusal of a form on which something was chosen that is no case, such as a question for advice (S2:117)."""
    for vraag in formulier.vragen:
        for optie in (optie for optie in vraag.opties if optie.geen_casus):
            antwoord = next((a for a in aanmelding.get_antwoorden(vraag.id) if a.has_optie(optie.id)), None)
            if antwoord is not None:
                return _refuse(
                    "geen-aanmelding",
                    antwoord.plaats,
                    f"Bij “{vraag.label}” is “{optie.label}” gekozen. Er is geen casus van gemaakt; het formulier "
                    "wacht op u.",
                    optie.geen_casus,
                )
    return None


def refuse_naming() -> Bevinding:
    """A supplement that says "op naam" to an anonymous case."""
    return _refuse(
        "anonieme-casus-op-naam",
        "",
        "Dit is een aanvulling op naam, maar de casus is anoniem aangemeld. Ze werd niet overgenomen.",
        "Vraag de aanmelder een volledig nieuw aanmeldformulier, als nieuwe aanmelding op naam met deze casuscode.",
    )


def refuse_still_anonymous() -> Bevinding:
    """A form that continues a case by name and is anonymous."""
    return _refuse(
        "op-naam-maar-anoniem",
        "",
        "Dit formulier zet een anonieme casus voort op naam, maar er staat ook dat het anoniem is.",
        "Vraag de aanmelder welke van beide bedoeld is, en een verbeterd formulier.",
    )


def refuse_not_anonymous(code: str) -> Bevinding:
    """A form that continues a case by name which had a name already."""
    return _refuse(
        "casus-niet-anoniem",
        "",
        f"Dit formulier wil casus {code} voortzetten op naam, maar die casus is al op naam aangemeld.",
        "Vraag de aanmelder of de casuscode klopt, of dat het een aanvulling is.",
    )


def refuse_unknown(validatie: Validatie) -> Bevinding:
    """A form that belongs to a case which this werkmap does not have."""
    vraag = validatie.aanmelding.get(kern.CASUSCODE)
    return _refuse(
        "casuscode-onbekend",
        vraag.plaats if vraag else "",
        "Dit formulier hoort bij een bestaande casus, maar de casuscode ontbreekt of is hier niet bekend.",
        "Vraag de aanmelder welke casus bedoeld is, laat de code verbeteren en leg het formulier opnieuw in “in”.",
    )


def refuse_closed(code: str, fase: str) -> Bevinding:
    """A supplement to a dossier that is closed."""
    return _refuse(
        "dossier-afgesloten",
        "",
        f"Deze aanvulling hoort bij casus {code}, maar dat dossier is niet meer open ({fase}).",
        "Overleg met de aanmelder of een nieuwe aanmelding nodig is.",
    )


def report_replaced(dossier: Dossier) -> Bevinding:
    """A corrected version; a warning when it takes supplements away with the first one."""
    aangevuld = any(ontvangst.soort is Ontvangstsoort.AANVULLING for ontvangst in dossier.ontvangsten)
    ook = " Ook de aanvullingen die intussen binnenkwamen, zijn daarmee vervangen." if aangevuld else ""
    return make_bevinding(
        "verbeterde-versie",
        "",
        f"Dezelfde aanmelder meldde deze cliënt al aan; dit vervangt de aanmelding van casus {dossier.code}.{ook}",
        "Klopt dat niet, neem dan contact op met de aanmelder. Wat eerder binnenkwam, blijft in het archief.",
        Ernst.WAARSCHUWING if aangevuld else Ernst.INFO,
    )


def report_double(code: str) -> Bevinding:
    """Another aanmelder has a case about the same cliënt."""
    return make_bevinding(
        "mogelijk-zelfde-client",
        "",
        f"Deze cliënt lijkt dezelfde als in casus {code}, die een andere aanmelder heeft.",
        "Bekijk beide dossiers en beslis of ze samen besproken worden.",
    )


def report_stranger(code: str, labels: Sequence[str]) -> Bevinding:
    """A supplement by somebody else than the aanmelder."""
    niet = "; ".join(f"“{label}”" for label in dict.fromkeys(labels))
    vervolg = f" Niet overgenomen, omdat enkel de aanmelder dat kan wijzigen: {niet}." if niet else ""
    return make_bevinding(
        "aanvulling-door-andere",
        "",
        f"Deze aanvulling op casus {code} komt van een ander mailadres dan de aanmelding. "
        f"Wat ze toevoegt, is opgenomen; wat al ingevuld was, bleef staan.{vervolg}",
        "Ga na of de aanvulling terecht is. Wijzigt de aanmelder zelf van adres, vraag dan een verbeterde aanmelding.",
    )


def report_search_taken_back(code: str) -> Bevinding:
    """Somebody else added a cliënt to a case whose aanmelder allowed searching for his own."""
    return make_bevinding(
        "opzoeken-ingetrokken",
        "",
        f"Deze aanvulling voegt aan casus {code} een cliënt toe die de aanmelder niet noemde. "
        "Of er op naam opgezocht mag worden, staat daarom weer open: de partners krijgen geen naam en geboortedatum.",
        "Vraag de aanmelder of het om dezelfde cliënt gaat, en of opzoeken nog mag.",
    )


def report_other_aanmelder(code: str) -> Bevinding:
    """A case continued by name by somebody else."""
    return make_bevinding(
        "andere-aanmelder",
        "",
        f"Deze aanmelding zet casus {code} voort op naam, maar komt van een ander mailadres dan die casus.",
        "Ga na of het om dezelfde casus gaat.",
    )


def report_unknown_row(code: str) -> Bevinding:
    """An aanvullingsformulier that speaks of a row which is no longer there."""
    return make_bevinding(
        "rij-onbekend",
        "",
        f"Dit aanvullingsformulier hoort bij een eerdere versie van casus {code}; enkele antwoorden horen bij een rij "
        "die er niet meer is, en staan nu in een nieuwe rij.",
        "Bekijk het dossier, en vraag de aanmelder zo nodig bij wie of wat ze horen.",
    )


def report_unused_code() -> Bevinding:
    """A casuscode on a form that does not say it belongs to a case."""
    return make_bevinding(
        "casuscode-niet-gebruikt",
        "",
        "Er is een casuscode ingevuld, maar niet dat dit een aanvulling is of een aanmelding op naam. "
        "Het formulier is als nieuwe aanmelding geregistreerd.",
        "Vraag de aanmelder wat de bedoeling is.",
    )


def _refuse(code: str, plaats: str, melding: str, remedie: str) -> Bevinding:
    return make_bevinding(code, plaats, melding, remedie, Ernst.FOUT)
