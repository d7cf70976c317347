"""Builds all sample files again: `python samples/bouw.py [GEVAL ...]`.

A sample is described by its `invulling.toml`: how it was made, and what a person filled in. `verwacht.toml` beside it
is written by hand and never touched here. Needs LibreOffice for the samples that say so.
"""

from __future__ import annotations

import copy
import io
import itertools
import re
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter

HIER = Path(__file__).resolve().parent
sys.path[:0] = [str(HIER.parent), str(HIER.parent / "tests"), str(HIER)]  # this is a script, not a package

from los_document import make_document  # noqa: E402
from support_fill import Element, W, edit_word, fill_word, save_as_by_libreoffice, save_by_libreoffice  # noqa: E402
from support_pdf import build_pdf_form, fill_pdf  # noqa: E402

from pipeline.forms import build_formulier  # noqa: E402
from schemas.catalogus import load_tafel  # noqa: E402
from schemas.formulier import Rubriekvorm  # noqa: E402
from schemas.tafeldata import Tafeldata  # noqa: E402

INVULLING = "invulling.toml"
Invulling = dict[str, Any]
Antwoorden = dict[str, str | bool]

#: When a file was "last changed": samples hold no clock of the machine that builds them.
VAST_MOMENT = "2026-11-20T09:00:00Z"
_DOCX_TYPE = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?")
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def build_sample(map_: Path, workdir: Path) -> Path:
    """Write the form of one sample and return its path. `workdir` is for LibreOffice."""
    invulling = _read(map_)
    bestand = invulling.pop("bestand")
    data = load_tafel("/".join(map_.parts[-3:-1]))
    pad = map_ / str(bestand["naam"])
    pad.write_bytes(_MANIEREN[bestand["manier"]](invulling, _adopt(data, bestand.get("tafel", "")), workdir))
    return pad


def _read(map_: Path) -> Invulling:
    """The description of a sample, laid over the one it starts from.

    Rows are added to those of the other one, but for the rubrieken that `vervang` names: there they take their place.
    """
    invulling = tomllib.loads((map_ / INVULLING).read_text(encoding="utf-8"))
    if "basis" in invulling["bestand"]:
        return _vary(_read(map_.parent / invulling["bestand"]["basis"]), invulling)
    basis = invulling["bestand"].get("vertrek_van")
    if basis is None:
        return invulling
    samen = _read(map_.parent / basis)
    vervang = invulling["bestand"].pop("vervang", [])
    for rubriek, inhoud in invulling.items():
        if isinstance(inhoud, list):
            samen[rubriek] = [*([] if rubriek in vervang else samen.get(rubriek, [])), *inhoud]
        else:
            samen[rubriek] = {**samen.get(rubriek, {}), **inhoud}
    return samen


def _vary(basis: Invulling, invulling: Invulling) -> Invulling:
    """The same form with other answers: answer by answer, and of rows the first in place of the first, and so on."""
    samen = copy.deepcopy(basis)
    for rubriek, inhoud in invulling.items():
        if isinstance(inhoud, list):
            paren = itertools.zip_longest(samen.get(rubriek, []), inhoud, fillvalue={})
            samen[rubriek] = [{**oud, **nieuw} for oud, nieuw in paren]
        else:
            samen[rubriek] = {**samen.get(rubriek, {}), **inhoud}
    return samen


def _adopt(data: Tafeldata, tafel: str) -> Tafeldata:
    """The data as a table with another id would have them."""
    return data.model_copy(update={"tafel": data.tafel.model_copy(update={"id": tafel})}) if tafel else data


def _make_word(invulling: Invulling, data: Tafeldata, _workdir: Path) -> bytes:
    antwoorden, rijen = _split(invulling, data)
    return freeze_zip(fill_word(_make_blank(data), antwoorden, rijen))


def _make_libreoffice(invulling: Invulling, data: Tafeldata, workdir: Path) -> bytes:
    return freeze_zip(edit_word(save_by_libreoffice(_make_word(invulling, data, workdir), workdir), _renumber))


def _renumber(document: Element) -> None:
    """LibreOffice gives each control another random number at every saving."""
    for nummer, element in enumerate(document.iter(f"{W}id"), start=1):
        element.set(f"{W}val", str(nummer))


def _make_pdf(invulling: Invulling, data: Tafeldata, _workdir: Path) -> bytes:
    antwoorden, rijen = _split(invulling, data)
    for blokken in rijen.values():
        for nummer, blok in enumerate(blokken, start=1):
            antwoorden |= {f"{tag}#{nummer}": waarde for tag, waarde in blok.items()}
    return _freeze_pdf(fill_pdf(build_pdf_form(_make_blank(data)), antwoorden))


def _make_loose(invulling: Invulling, _data: Tafeldata, _workdir: Path) -> bytes:
    return freeze_zip(make_document(invulling))


def _make_opendocument(invulling: Invulling, _data: Tafeldata, workdir: Path) -> bytes:
    return _freeze_odt(save_as_by_libreoffice(make_document(invulling), workdir, "odt"))


def _make_old_word(invulling: Invulling, _data: Tafeldata, workdir: Path) -> bytes:
    return save_as_by_libreoffice(make_document(invulling), workdir, "doc:MS Word 97")


def _make_rtf(invulling: Invulling, _data: Tafeldata, workdir: Path) -> bytes:
    return save_as_by_libreoffice(make_document(invulling), workdir, "rtf:Rich Text Format")


def _make_mail(invulling: Invulling, data: Tafeldata, workdir: Path) -> bytes:
    """The message that a partner sends: a few words, which nobody reads, and the form."""
    aanmelder = invulling["aanmelder"]
    mail = EmailMessage()
    mail["From"] = f"{aanmelder['naam']} <{aanmelder['email']}>"
    mail["To"] = "regie@samen.example.org"
    mail["Subject"] = "Aanmelding"
    mail["Date"] = "Fri, 20 Nov 2026 10:00:00 +0100"
    mail["Message-ID"] = "<aanmelding@example.org>"
    mail.set_content("Beste,\n\nIn bijlage een aanmelding. Deze woorden komen in geen enkel document.\n")
    formulier = _make_word(invulling, data, workdir)
    mail.add_attachment(formulier, maintype="application", subtype=_DOCX_TYPE, filename="aanmeldformulier.docx")
    mail.set_boundary("grens-van-het-bericht")
    return mail.as_bytes(policy=SMTP)


_MANIEREN: Mapping[str, Callable[[Invulling, Tafeldata, Path], bytes]] = {
    "word": _make_word,
    "libreoffice": _make_libreoffice,
    "pdf": _make_pdf,
    "opendocument": _make_opendocument,
    "oud word": _make_old_word,
    "rtf": _make_rtf,
    "mail": _make_mail,
    "los document": _make_loose,
}


def _make_blank(data: Tafeldata) -> bytes:
    return build_formulier(data, data.get_aanmeldformulier())


def _split(invulling: Invulling, data: Tafeldata) -> tuple[Antwoorden, dict[str, list[Antwoorden]]]:
    """Answers by tag, and rows by rubriek."""
    antwoorden: Antwoorden = {}
    rijen: dict[str, list[Antwoorden]] = {}
    for rubriek in data.get_aanmeldformulier().rubrieken:
        inhoud = invulling.get(rubriek.id)
        if inhoud is None:
            continue
        if rubriek.vorm is Rubriekvorm.RIJEN:
            rijen[rubriek.id] = [_tag(rubriek.id, blok) for rij in inhoud for blok in _repeat(rij)]
        else:
            antwoorden |= _tag(rubriek.id, inhoud)
    return antwoorden, rijen


def _repeat(rij: Invulling) -> Iterator[Invulling]:
    """A row with `maal` stands for so many rows; "#" in its texts becomes the number."""
    maal = rij.get("maal", 1)
    for nummer in range(1, maal + 1):
        kopie = {veld: waarde for veld, waarde in copy.deepcopy(rij).items() if veld != "maal"}
        if maal > 1:
            kopie = {v: w.replace("#", str(nummer)) if isinstance(w, str) else w for v, w in kopie.items()}
        yield kopie


def _tag(rubriek: str, inhoud: Invulling) -> Antwoorden:
    """A list ticks boxes, a table is a long text, all else is typed as it stands."""
    antwoorden: Antwoorden = {}
    for veld, waarde in inhoud.items():
        if isinstance(waarde, list):
            antwoorden |= {f"{rubriek}.{veld}.{vakje}": True for vakje in waarde}
        else:
            antwoorden[f"{rubriek}.{veld}"] = _lengthen(waarde) if isinstance(waarde, dict) else waarde
    return antwoorden


def _lengthen(lang: Invulling) -> str:
    """A log of so many words out of a few sentences, with a first, a middle and a last line of its own."""
    regels: list[str] = []
    woorden = 0
    while woorden < lang["woorden"]:
        nummer = len(regels) + 1
        regels.append(f"Contact {nummer}: {lang['zinnen'][nummer % len(lang['zinnen'])]}")
        woorden += len(regels[-1].split())
    midden = len(regels) // 2
    return "\n".join([lang["begin"], *regels[:midden], lang["midden"], *regels[midden:], lang["slot"]])


def freeze_zip(docx: bytes) -> bytes:
    """The same package without a clock in it, so that building again changes nothing."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for naam in bron.namelist():
            inhoud = bron.read(naam)
            if naam == "docProps/core.xml":
                inhoud = _MOMENT.sub(rb"\g<1>" + VAST_MOMENT.encode(), inhoud)
            kop = zipfile.ZipInfo(naam, (1980, 1, 1, 0, 0, 0))
            kop.compress_type = zipfile.ZIP_DEFLATED
            kop.create_system = 0
            doel.writestr(kop, inhoud)
    return uit.getvalue()


def _freeze_odt(odt: bytes) -> bytes:
    """The same, where the first part says what the package is and may not be packed."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt)) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for naam in bron.namelist():
            kop = zipfile.ZipInfo(naam, (1980, 1, 1, 0, 0, 0))
            kop.compress_type = zipfile.ZIP_STORED if naam == "mimetype" else zipfile.ZIP_DEFLATED
            kop.create_system = 0
            doel.writestr(
                kop, _ODT_MOMENT.sub(VAST_MOMENT.encode(), bron.read(naam)) if naam == "meta.xml" else bron.read(naam)
            )
    return uit.getvalue()


def _freeze_pdf(pdf: bytes) -> bytes:
    schrijver = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    schrijver.metadata = {"/Title": "Aanmeldformulier"}
    schrijver._ID = None
    uit = io.BytesIO()
    schrijver.write(uit)
    return uit.getvalue()


def main(gevallen: list[str]) -> None:
    """Build the named samples, or all."""
    with tempfile.TemporaryDirectory() as tijdelijk:
        for bron in sorted(HIER.glob(f"*/*/*/{INVULLING}")):
            waar = bron.parent.relative_to(HIER).as_posix()
            if not gevallen or bron.parent.name in gevallen or any(waar.startswith(geval) for geval in gevallen):
                print(build_sample(bron.parent, Path(tijdelijk)).relative_to(HIER))


if __name__ == "__main__":
    main(sys.argv[1:])
