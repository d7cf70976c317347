"""Makes the files of this folder again: `python samples/andere_schrijvers/maak.py [FILE …]`.

Needs LibreOffice, Chromium and poppler; the mail also Node with nodemailer (MIT-0), and the Outlook message
aspose-email-foss (MIT): say with NODE_PATH and PYTHONPATH where these are. Writers differ by version, so what they made
is kept; `lijst.toml` says what made it and what must be read.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

HIER = Path(__file__).resolve().parent
sys.path[:0] = [str(HIER.parents[1]), str(HIER.parents[1] / "tests"), str(HIER)]  # this is a script, not a package

from blokken import Blok, list_blokken  # noqa: E402
from handwerk import make_typed, write_notes  # noqa: E402
from pdfium import fill_by_keys, flatten  # noqa: E402
from support_uno import run_program, write_profile  # noqa: E402
from webpagina import build_page, build_picture_page, build_table_page  # noqa: E402
from writer import Velden, build_document, write_block, write_frame, write_rows  # noqa: E402

from schemas.catalogus import load_tafel  # noqa: E402
from schemas.formulier import Rubriekvorm  # noqa: E402

TITEL = "Aanmelding casusoverleg"
DOCX, DOCM, PDF = "MS Word 2007 XML", "MS Word 2007 XML VBA", "writer_pdf_Export"
WACHTWOORD = "verzonnen"
_STRIKT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
}


class Maker:
    """Makes one file after the other in a folder of its own."""

    def __init__(self, werk: Path) -> None:
        """Read what was filled in."""
        self._werk = werk
        self._invulling: Mapping[str, Any] = tomllib.loads((HIER / "invulling.toml").read_text(encoding="utf-8"))
        self._data = load_tafel(self._invulling["tafel"])
        self._blokken = list_blokken(self._data, self._invulling)
        write_profile(werk / "profiel" / "user", HIER / "schrijf.bas")

    def make_old_fields(self) -> bytes:
        """Form fields as Word had them before 2007."""
        velden = Velden()
        return self._save(self._build(velden, velden.write_old))

    def make_tracked(self) -> bytes:
        """Filled in half, with two slips; then mended and completed with tracked changes on."""
        velden = Velden()
        half = [blok for blok in self._blokken if blok.rubriek != "vraag"]
        leeg = [blok for blok in self._blokken if blok.rubriek == "vraag"]
        delen = [write_block(blok, velden.write_chosen) for blok in half]
        delen += [write_block(blok, velden.write_nothing) for blok in leeg]
        fodt = build_document(TITEL, delen, velden).replace(b"wijkagent", b"agent").replace("één".encode(), b"drie")
        typen = [f"typ\t{len(half)}\t{rij}\t{veld.tekst}" for rij, veld in enumerate(leeg[0].velden) if veld.tekst]
        return self._save(fodt, wijzigingen=("vervang\tagent\twijkagent", "vervang\tdrie\téén", *typen))

    def make_frame(self) -> bytes:
        """One rubriek stands in a text frame."""
        velden = Velden()
        delen = [write_frame(b) if b.rubriek == "vraag" else write_block(b, velden.write_typed) for b in self._blokken]
        return self._save(build_document(TITEL, delen, velden))

    def make_typed(self) -> bytes:
        """Typed by hand, with crosses of every kind."""
        return make_typed(TITEL, self._blokken)

    def make_strict(self) -> bytes:
        """No free writer makes this kind: LibreOffice's file, with the names and the main part that Word gives it."""
        uit = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.make_old_fields())) as bron, zipfile.ZipFile(uit, "w", 8) as doel:
            for naam in bron.namelist():
                inhoud = bron.read(naam)
                if naam.endswith((".xml", ".rels")):
                    tekst = inhoud.decode().replace("word/document.xml", "word/document2.xml")
                    if naam.startswith("word/") or naam == "_rels/.rels":
                        for oud, nieuw in _STRIKT.items():
                            tekst = tekst.replace(oud, nieuw)
                    inhoud = tekst.encode()
                doel.writestr(naam.replace("word/document.xml", "word/document2.xml"), inhoud)
        return uit.getvalue()

    def make_last_year(self) -> bytes:
        """Other words for most questions, and the rubrieken in another order."""
        velden = Velden()
        volgorde = sorted(self._blokken, key=lambda blok: blok.rubriek not in ("betrokkenen", "informatie"))
        return self._save(
            build_document("Aanmelding 2025", [write_block(b, velden.write_typed, 1) for b in volgorde], velden)
        )

    def make_own_form(self) -> bytes:
        """As a partner made it: people and information in tables of their own, only what was chosen."""
        velden = Velden()
        delen = []
        for rubriek in self._data.get_aanmeldformulier().rubrieken:
            blokken = [blok for blok in self._blokken if blok.rubriek == rubriek.id]
            if rubriek.vorm is Rubriekvorm.RIJEN:
                delen.append(write_rows(rubriek.titel, blokken, 2))
            else:
                delen.append(write_block(blokken[0], velden.write_chosen, 2))
        return self._save(build_document("Dossier van de wijkpolitie", delen, velden))

    def make_macro_document(self) -> bytes:
        """A document that may hold macros."""
        velden = Velden()
        return self._save(self._build(velden, velden.write_typed), DOCM)

    def make_locked_word(self) -> bytes:
        """It asks a password."""
        velden = Velden()
        return self._save(self._build(velden, velden.write_typed), wachtwoord=WACHTWOORD)

    def make_pdf_fields(self) -> bytes:
        """Form controls with the names that the program gave."""
        velden = Velden()
        return self._pack(self._convert(self._build(velden, velden.write_control), "fodt", "pdf"))

    def make_pdf_filled(self) -> bytes:
        """A form of LibreOffice, filled in by what a browser does it with."""
        velden = Velden(leeg=True)
        leeg = self._convert(self._build(velden, velden.write_control), "fodt", "pdf")
        antwoorden = {naam: antwoord for naam, antwoord in velden.antwoorden.items() if antwoord}
        return self._pack(fill_by_keys(leeg, antwoorden))

    def make_pdf_flat(self) -> bytes:
        """Fields made into page content."""
        return self._pack(flatten(self.make_pdf_fields()))

    def make_pdf_printed(self) -> bytes:
        """A form on a web page, printed by the browser."""
        return self._pack(self._print(build_page(TITEL, self._blokken)))

    def make_pdf_saved(self) -> bytes:
        """A partner's own document with its tables, saved as PDF instead of sent as it is."""
        return self._pack(self._convert(self.make_own_form(), "docx", "pdf"))

    def make_pdf_table(self) -> bytes:
        """A document on the web without fields, in ruled tables, printed by the browser."""
        return self._pack(self._print(build_table_page(TITEL, self._blokken)))

    def make_pdf_notes(self) -> bytes:
        """Text boxes laid over a form without fields."""
        velden = Velden()
        return write_notes(self._convert(self._build(velden, velden.write_nothing), "fodt", "pdf"), self._blokken)

    def make_pdf_scan(self) -> bytes:
        """Pictures of pages."""
        velden = Velden()
        bron = self._werk / "scan.pdf"
        bron.write_bytes(self._convert(self._build(velden, velden.write_typed), "fodt", "pdf"))
        run_program("pdftoppm", "-r", "50", "-gray", "-png", bron, self._werk / "scan")
        return self._pack(self._print(build_picture_page([pad.name for pad in sorted(self._werk.glob("scan-*.png"))])))

    def make_locked_pdf(self) -> bytes:
        """It asks a password."""
        slot = {"EncryptFile": ("boolean", "true"), "DocumentOpenPassword": ("string", WACHTWOORD)}
        opties = json.dumps({naam: {"type": soort, "value": waarde} for naam, (soort, waarde) in slot.items()})
        velden = Velden()
        return self._convert(self._build(velden, velden.write_typed), "fodt", f"pdf:{PDF}:{opties}")

    def make_mail(self) -> bytes:
        """A mail with the form."""
        bijlage = self._werk / "aanmelding.docx"
        bijlage.write_bytes(self.make_old_fields())
        return run_program("node", HIER / "bericht.js", bijlage)

    def make_outlook(self) -> bytes:
        """An Outlook message with the form."""
        from aspose.email_foss import msg

        bericht = msg.MapiMessage.create("Aanmelding", "In bijlage een aanmelding.")
        aanmelder = self._invulling["aanmelder"]
        bericht.set_property(msg.PropertyId.SENDER_NAME, aanmelder["naam"])
        bericht.set_property(msg.PropertyId.SENDER_EMAIL_ADDRESS, aanmelder["email"])
        bericht.add_recipient("zvh@example.org", display_name="Procesregie")
        bericht.add_attachment("aanmelding.docx", self.make_old_fields())
        pad = self._werk / "bericht.msg"
        bericht.save(str(pad))
        return pad.read_bytes()

    def _build(self, velden: Velden, schrijf: Callable[..., str], blokken: Sequence[Blok] = ()) -> bytes:
        return build_document(TITEL, [write_block(blok, schrijf) for blok in blokken or self._blokken], velden)

    def _save(self, fodt: bytes, filter_: str = DOCX, wachtwoord: str = "", wijzigingen: Sequence[str] = ()) -> bytes:
        bron, doel, opdracht = (self._werk / naam for naam in ("bron.fodt", "doel", "opdracht"))
        bron.write_bytes(fodt)
        doel.unlink(missing_ok=True)
        regels = (bron.as_uri(), doel.as_uri(), filter_, wachtwoord, str(int(bool(wijzigingen))), *wijzigingen)
        opdracht.write_text("\n".join(regels), encoding="utf-8")
        self._run_office(f'macro:///Invuller.Vul.Schrijf("{opdracht.as_uri()}")')
        return doel.read_bytes()

    def _convert(self, inhoud: bytes, van: str, naar: str) -> bytes:
        bron = self._werk / f"bron.{van}"
        bron.write_bytes(inhoud)
        doel = bron.with_suffix(f".{naar.partition(':')[0]}")
        doel.unlink(missing_ok=True)
        self._run_office("--convert-to", naar, "--outdir", str(self._werk), str(bron))
        return doel.read_bytes()

    def _pack(self, pdf: bytes) -> bytes:
        """The same objects in less room, as programs that make attachments smaller leave it."""
        ruim, krap = self._werk / "ruim.pdf", self._werk / "krap.pdf"
        ruim.write_bytes(pdf)
        run_program("qpdf", "--object-streams=generate", "--recompress-flate", "--compression-level=9", ruim, krap)
        return krap.read_bytes()

    def _run_office(self, *vraag: str) -> None:
        profiel = f"-env:UserInstallation={(self._werk / 'profiel').as_uri()}"
        run_program("soffice", profiel, "--headless", "--norestore", *vraag)

    def _print(self, bladzijde: str) -> bytes:
        bron, doel = self._werk / "bron.html", self._werk / "bron.pdf"
        bron.write_text(bladzijde, encoding="utf-8")
        vast = ("--headless", "--no-sandbox", "--no-pdf-header-footer", f"--user-data-dir={self._werk / 'chromium'}")
        run_program("chromium", *vast, f"--print-to-pdf={doel}", bron.as_uri())
        return doel.read_bytes()


MANIEREN: Mapping[str, Callable[[Maker], bytes]] = {
    "formuliervelden.docx": Maker.make_old_fields,
    "wijzigingen bijhouden.docx": Maker.make_tracked,
    "tekstkader.docx": Maker.make_frame,
    "getypt.docx": Maker.make_typed,
    "strikt.docx": Maker.make_strict,
    "versie van vorig jaar.docx": Maker.make_last_year,
    "eigen formulier.docx": Maker.make_own_form,
    "met macro's.docm": Maker.make_macro_document,
    "met wachtwoord.docx": Maker.make_locked_word,
    "velden zonder naam.pdf": Maker.make_pdf_fields,
    "ingevuld in browser.pdf": Maker.make_pdf_filled,
    "plat gemaakt.pdf": Maker.make_pdf_flat,
    "afgedrukte webpagina.pdf": Maker.make_pdf_printed,
    "bewaard als pdf.pdf": Maker.make_pdf_saved,
    "afgedrukte tabel.pdf": Maker.make_pdf_table,
    "getypt over het formulier.pdf": Maker.make_pdf_notes,
    "ingescand.pdf": Maker.make_pdf_scan,
    "met wachtwoord.pdf": Maker.make_locked_pdf,
    "bericht.eml": Maker.make_mail,
    "bericht.msg": Maker.make_outlook,
}


def main(namen: list[str]) -> None:
    """Make the named files, or all."""
    with tempfile.TemporaryDirectory() as tijdelijk:
        maker = Maker(Path(tijdelijk))
        for naam in namen or MANIEREN:
            (HIER / naam).write_bytes(MANIEREN[naam](maker))
            print(naam, (HIER / naam).stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1:])
