"""What a template gets: plain dicts, lists, text and numbers, each text free of what XML or the eye cannot hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import ValidationError

from pipeline.errors import PoortFout
from schemas.anoniembeeld import AnoniemBeeld
from schemas.deelbeeld import Deelbeeld

#: For the register or for finding the copy again; none of a template's business.
BUITEN_SJABLOON = {"verantwoording", "ontvanger", "sleutel", "vorm"}

# Line ends of any origin become one line break; everything else is printed as it stands, or refused.
_REGELEINDE = re.compile("\r\n|[\r\u2028\u2029]")

# Each of these would leave a text that looks other than it is, or no text at all: controls and halves of
# a surrogate pair cannot stand in XML (a parser drops the rest of the document), non-characters neither,
# bidi controls let the eye read another order than the file holds, tags and annotation marks are invisible.
_ONMOGELIJK = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f"
    + "".join(f"{chr(vlak * 0x10000 + 0xFFFE)}{chr(vlak * 0x10000 + 0xFFFF)}" for vlak in range(1, 17))
    + "]"
)


_REMEDIE = (
    "Typ dit antwoord in het formulier opnieuw (plakken brengt zulke tekens soms mee) en lever het formulier"
    " opnieuw in."
)


@dataclass(frozen=True)
class Controle:
    """Which document values are checked for, and what to do about one that cannot be printed."""

    document: str
    remedie: str


def build_context(beeld: Deelbeeld) -> dict[str, object]:
    """Turn a Deelbeeld into the plain values that its template may use.

    Raises:
        PoortFout: a value holds a character that cannot be printed; names field and position, never the value.

    """
    _check_vorm(beeld)
    waarden = beeld.model_dump(exclude=BUITEN_SJABLOON)
    waarden["ontvanger"] = {"naam": beeld.ontvanger.naam, "aanspreking": beeld.ontvanger.aanspreking}
    controle = Controle(f"Document {describe_document(beeld)}", _REMEDIE)
    return {naam: make_plain(waarde, naam, controle) for naam, waarde in waarden.items()}


def _check_vorm(beeld: Deelbeeld) -> None:
    """Hold an anonymous copy against its own types once more: a part that was put in later was not."""
    if not isinstance(beeld, AnoniemBeeld):
        return
    try:
        AnoniemBeeld.model_validate_json(beeld.model_dump_json(warnings=False))
    except ValidationError as fout:
        plaatsen = ", ".join(sorted({".".join(map(str, detail["loc"])) for detail in fout.errors(include_input=False)}))
        raise PoortFout(
            f"Document {describe_document(beeld)} is anoniem en bevat iets dat daarin niet kan staan ({plaatsen})."
            " Het document is niet gemaakt.",
            "Dit is een fout in het programma: meld ze, en verstuur over deze casus niets.",
        ) from None


def make_plain(waarde: object, pad: str, controle: Controle) -> object:
    """Copy a value into dicts, lists and checked text; `pad` is where it stands, counted from 1.

    Raises:
        PoortFout: a text holds a character that cannot be printed; names field and position, never the text.

    """
    if isinstance(waarde, str):
        return _check_tekst(str(waarde), pad, controle)
    if isinstance(waarde, dict):
        return {naam: make_plain(deel, f"{pad}.{naam}", controle) for naam, deel in waarde.items()}
    if isinstance(waarde, (list, tuple)):
        return [make_plain(deel, f"{pad}[{nummer}]", controle) for nummer, deel in enumerate(waarde, start=1)]
    return waarde


def _check_tekst(tekst: str, pad: str, controle: Controle) -> str:
    """Return the text with one kind of line end, or refuse it."""
    if tekst.isprintable():
        return tekst
    tekst = _REGELEINDE.sub("\n", tekst)
    vondst = _ONMOGELIJK.search(tekst)
    if vondst is None:
        return tekst
    teken = ord(vondst.group())
    raise PoortFout(
        f"{controle.document}: veld '{make_visible(pad)}', teken {vondst.start() + 1} is een onzichtbaar of"
        f" onmogelijk teken (U+{teken:04X}) dat niet in een Word-document kan staan. Het document is niet gemaakt.",
        controle.remedie,
    )


def describe_document(beeld: Deelbeeld) -> str:
    """Name a document by kind and number, fit for any screen or log."""
    return make_visible(f"'{beeld.documentsoort}' {beeld.kop.documentnummer}").strip()


def make_visible(naam: str) -> str:
    """A name fit for a message: a ? for what cannot be printed."""
    return _ONMOGELIJK.sub("?", naam)
