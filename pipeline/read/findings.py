"""The findings of the reader: one Dutch sentence per code, and the list that collects them."""

from __future__ import annotations

from schemas.bevinding import Bevinding, Ernst

_CHECK = "Kijk dit na in het formulier zelf."
_ASK = "Vraag de aanmelder wat juist is."
_WARN, _INFO = Ernst.WAARSCHUWING, Ernst.INFO

#: code: sentence (with {label} and {extra}), what to do, weight
_TEXTS: dict[str, tuple[str, str, Ernst]] = {
    "wijzigingen-niet-aanvaard": (
        "Het formulier bevat niet-aanvaarde wijzigingen. Ingevoegde tekst telt mee, verwijderde tekst niet.",
        "Open het formulier in Word en kijk bij “Controleren” of alle wijzigingen kloppen.",
        _WARN,
    ),
    "opmerkingen": (
        "Het formulier bevat opmerkingen in de kantlijn. Ze zijn niet als antwoord gelezen.",
        "Lees de opmerkingen in Word.",
        _WARN,
    ),
    "verborgen-tekst": ("Het formulier bevat verborgen tekst. Die is niet gelezen.", _CHECK, _WARN),
    "doorgehaalde-tekst": ("Het formulier bevat doorgehaalde tekst. Die is niet als antwoord gelezen.", _CHECK, _WARN),
    "ingesloten-document": (
        "Het formulier bevat een ingesloten document of object ({extra}). Dat is niet gelezen.",
        _CHECK,
        _WARN,
    ),
    "macro": ("Het formulier bevat macro's. Ze zijn niet uitgevoerd en niet gelezen.", "", _INFO),
    "activex": ("Het formulier bevat ActiveX-velden. Wat daarin ingevuld is, is niet gelezen.", _CHECK, _WARN),
    "handgeschreven": (
        "Het formulier bevat met de pen of muis geschreven aantekeningen. Ze zijn niet gelezen.",
        "Lees de aantekeningen in het formulier zelf.",
        _WARN,
    ),
    "kruisje-los": (
        "In het formulier staat een los kruisje in een tekstvak. Bij welk antwoord het hoort, is niet te lezen.",
        "Kijk in het formulier zelf waar het kruisje staat.",
        _WARN,
    ),
    "afbeelding": (
        "Het formulier bevat een of meer afbeeldingen. Wat erop staat, is niet gelezen.",
        "Kijk of een afbeelding een antwoord of een handtekening bevat.",
        _INFO,
    ),
    "verwijzing-extern": (
        "Het formulier verwijst naar een bestand op een andere plaats ({extra}). Die verwijzing is niet gevolgd.",
        "Open het formulier alleen als u de afzender kent.",
        _WARN,
    ),
    "vinkje-conflict": (
        "Bij “{label}” zegt het vakje iets anders dan het teken dat erin staat. De stand van het vakje is genomen.",
        _ASK,
        _WARN,
    ),
    "datum-conflict": (
        "Bij “{label}” staat een andere datum getypt dan in de datumkiezer gekozen is. De getypte tekst is genomen.",
        _ASK,
        _WARN,
    ),
    "gegevenskoppeling-verschilt": (
        "Bij “{label}” verschilt de tekst van de gegevens die eraan gekoppeld zijn. De zichtbare tekst is genomen.",
        "Open en bewaar het formulier in Word, en kijk welke tekst blijft staan.",
        _WARN,
    ),
    "invultekst-in-antwoord": (
        "Bij “{label}” staat in het antwoord nog de invultekst van het formulier.",
        "Kijk of het antwoord volledig is.",
        _WARN,
    ),
    "invultekst-gewijzigd": (
        "Het veld “{label}” staat als niet ingevuld gemerkt, maar toont een andere tekst dan de invultekst. "
        "Het is als leeg gelezen.",
        _ASK,
        _WARN,
    ),
    "antwoord-te-lang": ("Het antwoord bij “{label}” is uitzonderlijk lang.", _CHECK, _WARN),
    "antwoord-dubbel": (
        "“{label}” komt meer dan eens voor met een verschillend antwoord. Alle antwoorden zijn behouden.",
        _ASK,
        _WARN,
    ),
    "tekst-naast-veld": (
        "Naast het veld “{label}” staat tekst die in geen enkel veld staat. Ze is niet als antwoord gelezen.",
        "Lees de tekst in het formulier zelf, en vraag de aanmelder zo nodig om ze in het juiste veld te zetten.",
        _WARN,
    ),
    "pdf-actief": ("De PDF bevat {extra}. Dat is niet uitgevoerd en niet gevolgd.", _CHECK, _WARN),
    "pdf-veld-verborgen": (
        "De PDF bevat een verborgen veld met een waarde (“{label}”). Het is niet gelezen.",
        _CHECK,
        _WARN,
    ),
    "pdf-handgeschreven": (
        "De PDF bevat met de pen of muis geschreven aantekeningen. Ze zijn niet gelezen.",
        "Lees de aantekeningen in de PDF zelf.",
        _WARN,
    ),
    "pdf-aantekening": (
        "De PDF bevat opmerkingen of notities. Ze zijn niet als antwoord gelezen.",
        "Lees de opmerkingen in de PDF zelf.",
        _WARN,
    ),
    "pdf-xfa": (
        "De PDF bevat ook een XFA-formulier. Alleen de gewone velden zijn gelezen.",
        "Vergelijk met wat Adobe Reader toont.",
        _WARN,
    ),
    "pdf-vakjes-getekend": (
        "De vakjes op deze bladzijde zijn getekend. Of ze aangekruist zijn, is niet te lezen: ze zijn leeg gelezen, en "
        "er wordt niets op gedeeld.",
        "Kijk in de PDF zelf wat aangekruist is. Vraag de aanmelder het Word-formulier, of de PDF met velden.",
        _WARN,
    ),
    "pdf-bladzijde-zonder-tekst": (
        "Op {extra} staat geen leesbare tekst; het is wellicht een scan of een foto.",
        "Lees die bladzijde in de PDF zelf.",
        _WARN,
    ),
    "omgezet": (
        "Het formulier is {extra} en is met LibreOffice omgezet om het te lezen. Het origineel is bewaard.",
        "Vergelijk bij twijfel met het origineel.",
        _INFO,
    ),
    "vreemd-onderdeel": ("Een onderdeel van het formulier ({extra}) kon niet gelezen worden.", _CHECK, _WARN),
}


class Findings:
    """Collects findings in order, each (code, place, sentence) once."""

    def __init__(self) -> None:
        """Start empty."""
        self._found: dict[tuple[str, str, str], Bevinding] = {}

    def add(self, code: str, plaats: str, *, label: str = "", extra: str = "") -> None:
        """Add the finding of this code; `label` and `extra` fill its sentence and never hold an answer."""
        text, remedie, ernst = _TEXTS[code]
        melding = text.replace("{label}", label).replace("{extra}", extra)
        finding = Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=ernst)
        self._found.setdefault((code, plaats, melding), finding)

    def all(self) -> tuple[Bevinding, ...]:
        """Return the findings in the order of finding."""
        return tuple(self._found.values())
