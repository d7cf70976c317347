"""Forms to damage: small ones that hold every way in which an answer may be written, and real ones."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache

import pypdf
from oracle import read
from support_docx import box, build_docx, build_part, build_rels, legacy, p, r, sdt, tbl, tc, tr
from support_pdf_lijnen import Pdf
from support_samples import VOORBEELDEN
from test_read_pdf import FormBuilder

_DOCX = "application", "vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Seeds:
    """What the mutators begin with; `others` are packages from which parts are borrowed."""

    docx: tuple[bytes, ...]
    pdf: tuple[bytes, ...]
    mail: tuple[bytes, ...]
    others: tuple[bytes, ...]


def _build_fields() -> bytes:
    """Controls, legacy fields, ticks, dates, nested and merged cells, rows that repeat, tracked changes."""
    item = sdt(tr("Naam", tc(p(sdt(r("Ans"), tag="g.naam")))), "<w15:repeatingSectionItem/>")
    choice = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='a'/><w:listEntry w:val='b'/></w:ddList>"
    options = '<w:dropDownList><w:listItem w:displayText="Olen" w:value="1"/></w:dropDownList>'
    body = (
        p(r("Deel 1"), style="Heading1")
        + p(r("Naam: "), sdt(r("Ans") + r(" Verzonnen"), tag="naam"), box("1", "☒", tag="vak"), r(" tafel"))
        + p(r("Plaats: "), sdt(r("Olen"), options, tag="plaats"))
        + p(legacy(choice))
        + p(r("Deel 2"), style="Heading1")
        + sdt(p(r("1-2-2024")), '<w:date w:fullDate="2024-02-01T00:00:00Z"/>', tag="datum")
        + sdt(p(r("Klik of tik om tekst in te voeren.")), "<w:showingPlcHdr/><w:text/>", tag="leeg")
        + tbl(sdt(item * 3, "<w15:repeatingSection/>"), tr(tc("a", properties='<w:gridSpan w:val="2"/>'), "b"))
        + tbl(tr(tc(tbl(tr("c", "☐ d ☒ e"))), tc("f", properties='<w:vMerge w:val="restart"/>')))
        + p(r("Gezin: "), f'<w:ins w:id="1" w:author="x">{r("drie")}</w:ins>', r(" personen"))
    )
    return build_docx(body, {"word/header1.xml": build_part(p(r("kop")), "hdr")}, build_rels(("header", "header1.xml")))


def _build_labels() -> bytes:
    """No field at all: labels with their answers beside, below and behind them."""
    return build_docx(
        p(r("Gegevens"), style="Heading1")
        + tbl(tr("Naam", "Ans Verzonnen"), tr("Geboren", "1 feb. 2010"), tr("Ja / neen", "☒ ja ☐ neen"))
        + p(r("Telefoon:\t000 00 00 00"))
        + tbl(tr("Wie", "Rol", "Sinds"), tr("Ans", "moeder", "2019"), tr("Bas", "vader", "2020"))
        + p(r("Waarom nu?"))
        + p(r("Het loopt vast, thuis en op school."))
    )


def _build_pdf() -> bytes:
    form = FormBuilder((100, 703, "Naam:"), (310, 603, "tafel"), (100, 503, "Plaats:"))
    form.add("naam", "/Tx", 700, V=pypdf.generic.TextStringObject("Ans"))
    form.add("vak", "/Btn", 600, AS=pypdf.generic.NameObject("/Ja"))
    parent = form.add_parent("groep")
    form.add("plaats", "/Tx", 500, parent=parent, V=pypdf.generic.TextStringObject("Olen"))
    return form.save()


def _build_flat_pdf() -> bytes:
    return FormBuilder((100, 703, "Naam: Ans"), (100, 603, "Plaats: Olen"), (100, 503, "[x] tafel")).save()


def _build_ruled_pdf() -> bytes:
    """Tables of drawn lines, one of which a page breaks."""
    pdf = Pdf()
    pdf.write(50, 760, "Gegevens", font="F2")
    pdf.table([["Naam", "Ans Verzonnen"], ["Wat is er?", "Het loopt vast, thuis\nen op school."]], [50, 150, 280])
    pdf.table([["Wie", "Rol", "Sinds"], ["Ans", "moeder", "2019"]], [50, 150, 250, 400], top=120)
    pdf.pages.append([])
    pdf.table([["Wie", "Rol", "Sinds"], ["Bas", "vader", "2020"]], [50, 150, 250, 400])
    return pdf.save()


def _build_mail(form: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "an@example.org", "tafel@example.org", "Aanmelding"
    mail.set_content("Zie bijlage.")
    mail.add_attachment(form, maintype=_DOCX[0], subtype=_DOCX[1], filename="aanmelding.docx")
    mail.set_boundary("grens")
    return mail.as_bytes()


@cache
def load_small() -> Seeds:
    """Files of a few kilobytes, read in a few milliseconds."""
    fields, labels = _build_fields(), _build_labels()
    return Seeds(
        (fields, labels),
        (_build_pdf(), _build_flat_pdf(), _build_ruled_pdf()),
        (_build_mail(fields),),
        (labels, fields),
    )


@cache
def load_real() -> Seeds:
    """The samples as partners sent them, as far as they can be read."""
    alle = [inhoud for v in VOORBEELDEN if not isinstance(read(inhoud := v.formulier.read_bytes()), str)]
    docx = tuple(inhoud for inhoud in alle if inhoud[:2] == b"PK" and b"word/document.xml" in inhoud)
    pdf = tuple(inhoud for inhoud in alle if inhoud.startswith(b"%PDF"))
    return Seeds(docx, pdf, (_build_mail(docx[0]),), docx[:3])
