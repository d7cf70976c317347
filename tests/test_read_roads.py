"""The other roads by which a form comes: other writers, old Word, a message; and what stands in its way, by name."""

from __future__ import annotations

import datetime as dt
import hashlib
import http.server
import io
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from support_docx import build_docx, build_rels, p, r
from support_ole import Boom, build_message, build_ole
from support_werkmap import make_form

from pipeline.errors import InvoerFout
from pipeline.office import convert_files, find_office
from pipeline.read import Bericht, Lezer, read_formulier
from pipeline.read.convert import convert_with_office
from pipeline.read.direct import read_direct
from pipeline.read.eml import read_eml
from pipeline.read.msg import read_msg
from schemas.bevinding import Ernst

BRON = build_docx(p(r("Naam: Ans Verzinsel")) + p(r("Gemeente: Olen")))
VERZONDEN = dt.datetime(2026, 11, 20, 9, 15, tzinfo=dt.UTC)
_SCHRIJVERS = {"odt": "odt", "doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}


def _refuse(content: bytes, bestand: str = "bestand.docx") -> InvoerFout:
    with pytest.raises(InvoerFout) as caught:
        read_formulier(bestand, content)
    assert bestand in caught.value.melding
    assert caught.value.remedie
    return caught.value


@pytest.fixture(scope="module", params=sorted(_SCHRIJVERS))
def other(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    """A form as LibreOffice itself saves it in this kind."""
    program = find_office()
    assert program is not None
    (written,) = convert_files(program, [make_form()], _SCHRIJVERS[request.param], {})
    assert written is not None
    return request.param, written


def test_a_form_of_another_writer_is_read_and_known_by_its_own_bytes(other: tuple[str, bytes]) -> None:
    kind, content = other
    ruw = read_formulier("formulier.docx", content)
    assert (ruw.soort, ruw.bestand) == (kind, "formulier.docx")
    assert ruw.sha256 == hashlib.sha256(content).hexdigest()
    values = {str(a.waarde) for a in ruw.antwoorden}
    assert {"Mieke Proefmans", "Odilon Verzinsel", "De huur is drie maanden niet betaald."} <= values
    assert [b.ernst for b in ruw.bevindingen if b.code == "omgezet"] == [Ernst.INFO]


def test_without_libreoffice_another_writer_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.convert.find_office", lambda: None)
    fault = _refuse(b"{\\rtf1 Naam: Ans}")
    assert fault.bevinding.code == "omzetten-zonder-libreoffice"
    assert ".docx" in fault.remedie


def test_what_libreoffice_cannot_convert_is_refused() -> None:
    content = build_ole({"WordDocument": bytes(5000), "1Table": bytes(100)})
    assert _refuse(content).bevinding.code == "omzetten-mislukt"


def test_a_word_file_with_macros_is_read_without_them_and_says_so() -> None:
    content = build_docx(p(r("Naam: Ans")), {"word/vbaProject.bin": b"Sub AutoOpen()"})
    ruw = read_formulier("f.docm", content)
    assert ruw.antwoorden[0].waarde == "Ans"
    assert [(b.code, b.ernst) for b in ruw.bevindingen] == [("macro", Ernst.INFO)]


def test_activex_fields_are_named_as_not_read() -> None:
    content = build_docx(p(r("Naam: Ans")), {"word/activeX/activeX1.bin": b"x"})
    assert [(b.code, b.ernst) for b in read_formulier("f.docx", content).bevindingen] == [
        ("activex", Ernst.WAARSCHUWING)
    ]


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
)
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
)


def build_odt(
    body: str, *, manifest: str = "", parts: tuple[tuple[str, str], ...] = (), begin: str = '<?xml version="1.0"?>'
) -> bytes:
    content = (
        f'{begin}<office:document-content {_NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    entries = (
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST.format(entries + manifest))
        for name, part in parts:
            archive.writestr(name, part)
    return buffer.getvalue()


_ANS = "<text:p>Naam: Ans</text:p>"


def test_an_opendocument_text_with_macros_says_so() -> None:
    lezing = read_direct("f.odt", build_odt(_ANS, parts=(("Basic/Standard/Module1.xml", "<x/>"),)))
    assert lezing.soort == "omzetten"
    assert [b.code for b in lezing.bevindingen] == ["macro"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (build_odt(_ANS, manifest="<manifest:encryption-data/>"), "bestand-versleuteld"),
        (build_odt(_ANS, begin='<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'), "xml-doctype"),
        (build_odt("0" * 60_000_000), "zip-te-groot"),
        (build_odt(_ANS)[:300], "odt-beschadigd"),
        (build_ole({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(200)}), "bestand-versleuteld"),
        (build_ole({"WordDocument": bytes(10) + b"\x00\x01" + bytes(5000)}), "bestand-versleuteld"),
        (build_ole({"Workbook": bytes(5000)}), "bestand-geen-formulier"),
        (build_ole({"WordDocument": bytes(9000)})[:700], "ole-beschadigd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole-beschadigd"),
    ],
)
def test_a_document_that_cannot_be_opened_is_refused_before_libreoffice_sees_it(content: bytes, code: str) -> None:
    fault = _refuse(content)
    assert fault.bevinding.code == code
    if code == "bestand-versleuteld":
        assert "bewaar zonder wachtwoord" in fault.remedie


class _Handler(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def handle(self) -> None:
        """Whoever connects has asked for something; the answer is the same to all."""
        self.asked.append(self.rfile.readline().decode("latin-1"))
        self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\nGEHEIM")


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server of this computer, and what was asked of it."""
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}", asked
        serving.shutdown()
        thread.join()


def _link_odt(url: str, file: str) -> bytes:
    sections = "".join(
        f'<text:section text:name="s{number}"><text:section-source xlink:href="{target}" xlink:type="simple"/>'
        "<text:p>oud</text:p></text:section>"
        for number, target in enumerate((f"{url}/s.odt", file))
    )
    frame = '<draw:frame svg:width="3cm" svg:height="3cm"><draw:{} xlink:href="{}" xlink:type="simple"/></draw:frame>'
    pictures = frame.format("image", f"{url}/b.png") + frame.format("object", f"{url}/o.odt")
    return build_odt(f"{sections}<text:p>{pictures}</text:p>{_ANS}")


def _link_rtf(url: str, file: str) -> bytes:
    fields = (f'INCLUDETEXT "{file}"', f'INCLUDETEXT "{url}/t.txt"', f'INCLUDEPICTURE "{url}/p.png"', "DDEAUTO cmd x y")
    drawn = "".join(f"{{\\field{{\\*\\fldinst {field}}}{{\\fldrslt oud}}}}\\par " for field in fields)
    return f"{{\\rtf1\\ansi{{\\*\\template {url}/t.dot}}{drawn}Naam: Ans\\par}}".encode()


@pytest.mark.parametrize(("build", "kind"), [(_link_odt, "odt"), (_link_rtf, "rtf")])
def test_converting_fetches_nothing_from_elsewhere_and_no_file_of_this_computer(
    build: Callable[[str, str], bytes],
    kind: str,
    server: tuple[str, list[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    secret = tmp_path_factory.mktemp("elders") / "geheim.txt"
    secret.write_text("GEHEIM", encoding="utf-8")
    url, asked = server
    converted = convert_with_office("f", build(url, secret.as_uri()), kind)
    with zipfile.ZipFile(io.BytesIO(converted)) as package:
        assert not any(b"GEHEIM" in package.read(name) for name in package.namelist())
    assert asked == []
    assert "Naam: Ans" in read_formulier("f", converted).tekst


def make_mail(*bijlagen: tuple[str, bytes], afzender: str = "Mieke Proefmans <mieke@example.org>") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = afzender, "regie@example.org"
    mail["Subject"] = "Onderwerp dat niemand leest"
    mail["Date"] = "Fri, 20 Nov 2026 10:15:00 +0100"
    mail.set_content("De tekst van het bericht, die niemand leest.\n")
    mail.add_alternative("<p>De tekst van het bericht, die niemand leest.</p>", subtype="html")
    for naam, inhoud in bijlagen:
        mail.add_attachment(inhoud, maintype="application", subtype="octet-stream", filename=naam)
    return mail


def test_a_mail_gives_its_files_with_sender_and_date_and_none_of_its_words() -> None:
    content = make_mail(("formulier één.docx", BRON), ("b.pdf", b"%PDF-1.7"), ("foto.png", b"\x89PNG")).as_bytes()
    bericht = read_eml("m.eml", content)
    assert [(b.naam, b.inhoud) for b in bericht.bijlagen] == [("formulier één.docx", BRON), ("b.pdf", b"%PDF-1.7")]
    herkomst = bericht.bijlagen[0].herkomst
    assert (herkomst.afzender, herkomst.verzonden_op) == ("mieke@example.org", VERZONDEN)
    assert bericht.overige == ("foto.png",)
    assert "niemand leest" not in bericht.model_dump_json()


def test_a_mail_with_one_form_is_read_as_that_form() -> None:
    content = make_mail(("../../formulier.docx", BRON)).as_bytes()
    ruw = read_formulier("bericht.eml", content)
    assert [a.waarde for a in ruw.antwoorden] == ["Ans Verzinsel", "Olen"]
    assert ruw.herkomst is not None
    assert ruw.herkomst.afzender == "mieke@example.org"
    assert "niemand leest" not in ruw.tekst


def test_a_forwarded_mail_is_opened_and_tells_the_sender_of_the_mail_that_held_the_form() -> None:
    buiten = make_mail(afzender="doorstuurder@example.org")
    buiten.add_attachment(make_mail(("f.docx", BRON)))
    (bijlage,) = read_eml("m.eml", buiten.as_bytes()).bijlagen
    assert bijlage.herkomst.afzender == "mieke@example.org"


def test_a_picture_in_the_words_of_a_mail_is_no_file_of_it() -> None:
    mail = make_mail(("f.docx", BRON))
    mail.add_attachment(b"\x89PNG", "image", "png", disposition="inline", filename="logo.png", cid="<logo>")
    assert read_eml("m.eml", mail.as_bytes()).overige == ()


def _nest(depth: int) -> bytes:
    mail = make_mail(("f.docx", BRON))
    for _ in range(depth):
        buiten = make_mail()
        buiten.add_attachment(mail)
        mail = buiten
    return mail.as_bytes()


def _make_sealed() -> bytes:
    mail = make_mail()
    mail.add_attachment(b"x", maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (make_mail().as_bytes(), "bericht-zonder-formulier"),
        (make_mail(("foto.jpg", b"\xff\xd8\xff")).as_bytes(), "bericht-zonder-formulier"),
        (make_mail(("winmail.dat", b"\x78\x9f\x3e\x22 form")).as_bytes(), "bericht-winmail"),
        (make_mail(("a.docx", BRON), ("b.docx", BRON)).as_bytes(), "bericht-met-meer"),
        (make_mail(*((f"{n}.docx", BRON) for n in range(60))).as_bytes(), "bericht-te-groot"),
        (_nest(4), "bericht-te-diep"),
        (_make_sealed(), "bericht-versleuteld"),
        (build_ole(build_message({})), "bericht-zonder-formulier"),
        (build_ole(build_message({"winmail.dat": b"\x78\x9f\x3e\x22"})), "bericht-winmail"),
    ],
)
def test_a_message_that_gives_no_form_is_refused_by_name(content: bytes, code: str) -> None:
    assert _refuse(content, "bericht.eml").bevinding.code == code


@pytest.mark.parametrize(
    "kop",
    [
        b"From: \xff\xfe <\xe9@x>\r\nDate: morgen\r\n",
        b"From: =?utf-8?q?=ZZ?= <a b>\r\nDate: \r\n",
        b"Sender: a\r\nX: y\r\n",
    ],
)
def test_headers_that_nobody_can_read_do_not_cost_the_form(kop: bytes) -> None:
    rest = make_mail(("f.docx", BRON)).as_bytes().partition(b"MIME-Version")
    bericht = read_eml("m.eml", kop + b"".join(rest[1:]))
    assert [b.naam for b in bericht.bijlagen] == ["f.docx"]
    assert bericht.bijlagen[0].herkomst.verzonden_op is None


def test_an_outlook_message_gives_its_files_and_those_of_the_messages_in_it() -> None:
    binnen = build_message({"b.docx": BRON}, "binnen@example.org", top=False)
    content = build_ole(build_message({"a.docx": BRON + bytes(5000), "doorgestuurd": binnen}, verzonden=VERZONDEN))
    bericht = read_msg("m.msg", content)
    gezien = [(b.naam, b.herkomst.afzender, b.herkomst.verzonden_op) for b in bericht.bijlagen]
    assert gezien == [
        ("a.docx", "mieke.proefmans@example.org", VERZONDEN),
        ("b.docx", "binnen@example.org", None),
    ]
    assert "niemand leest" not in bericht.model_dump_json()


def test_an_outlook_message_with_one_form_is_read_as_that_form() -> None:
    ruw = read_formulier("m.msg", build_ole(build_message({"f.docx": BRON})))
    assert ruw.antwoorden[0].waarde == "Ans Verzinsel"


def _change_message(bijlagen: Mapping[str, bytes | Boom], **delen: bytes | Boom) -> dict[str, bytes | Boom]:
    """An Outlook message with other parts than usual; one that starts with "bijlage_" goes into the first file."""
    boom = dict(build_message(bijlagen))
    eerste = "__attach_version1.0_#00000000"
    for naam, deel in delen.items():
        soort, _, kenmerk = naam.rpartition("_")
        stroom = "__properties_version1.0" if kenmerk == "kenmerken" else f"__substg1.0_{kenmerk}"
        if soort == "bijlage":
            bijlage = boom[eerste]
            assert isinstance(bijlage, Mapping)
            boom[eerste] = {**bijlage, stroom: deel}
        else:
            boom[stroom] = deel
    return boom


def _spell_codepage(nummer: int, kop: int = 32) -> bytes:
    return bytes(kop) + struct.pack("<HHIQ", 0x0003, 0x3FFD, 0, nummer)


def _spell_8bit(boom: Mapping[str, bytes | Boom], encoding: str) -> dict[str, bytes | Boom]:
    """The same message as an Outlook without Unicode saves it: texts in bytes, of type 001E."""
    nieuw: dict[str, bytes | Boom] = {}
    for naam, deel in boom.items():
        if not isinstance(deel, bytes):
            nieuw[naam] = _spell_8bit(deel, encoding)
        elif naam.endswith("001F"):
            nieuw[f"{naam[:-4]}001E"] = deel.decode("utf-16-le").encode(encoding)
        else:
            nieuw[naam] = deel
    return nieuw


def test_a_file_in_an_outlook_message_goes_by_its_long_name() -> None:
    lang = f"{'heel lange naam ' * 15}van één formulier.docx"
    boom = _change_message({lang: BRON}, bijlage_3704001F="HEELLA~1.DOC".encode("utf-16-le"))
    (bijlage,) = read_msg("m.msg", build_ole(boom)).bijlagen
    assert bijlage.naam.endswith("naam van één formulier.docx")
    kort = _change_message({"": BRON}, bijlage_3704001F="FORMUL~1.DOC".encode("utf-16-le"))
    assert read_msg("m.msg", build_ole(kort)).bijlagen[0].naam == "FORMUL~1.DOC"


@pytest.mark.parametrize(
    ("codepage", "encoding"), [(1252, "cp1252"), (65001, "utf-8"), (1250, "cp1250"), (0, "cp1252"), (99999, "cp1252")]
)
def test_an_outlook_message_without_unicode_is_read_in_its_own_code_page(codepage: int, encoding: str) -> None:
    binnen = build_message({"één.docx": BRON}, top=False)
    boom = _spell_8bit(build_message({"zoë.docx": BRON, "door": binnen}), encoding)
    boom["__properties_version1.0"] = _spell_codepage(codepage)
    namen = [bijlage.naam for bijlage in read_msg("m.msg", build_ole(boom)).bijlagen]
    assert namen == ["zoë.docx", "één.docx"]  # the inner one does not say its code page again


def test_a_file_that_an_outlook_message_only_points_at_is_named() -> None:
    boom = dict(build_message({"a.docx": BRON, "op de schijf.docx": b""}))
    bijlage = boom["__attach_version1.0_#00000001"]
    assert isinstance(bijlage, Mapping)
    boom["__attach_version1.0_#00000001"] = {n: d for n, d in bijlage.items() if not n.endswith("37010102")}
    boom["__attach_version1.0_#00000002"] = {"__substg1.0_3701000D": {"CONTENTS": b"x" * 5000}}
    bericht = read_msg("m.msg", build_ole(boom))
    assert [b.naam for b in bericht.bijlagen] == ["a.docx"]
    assert bericht.overige == ("op de schijf.docx", "een ingesloten object")


_OPEN_SIGNED, _SIGNED = "IPM.Note.SMIME.MultipartSigned", "IPM.Note.SMIME"


def _sign() -> bytes:
    """A message as its signer sent it: the words and the files first, the signature behind them."""
    buiten = MIMEMultipart("signed", protocol="application/pkcs7-signature", micalg="sha-256")
    binnen = MIMEMultipart()
    binnen.attach(MIMEText("De tekst van het bericht, die niemand leest."))
    formulier = MIMEApplication(BRON, Name="f.docx")
    formulier.add_header("Content-Disposition", "attachment", filename="f.docx")
    binnen.attach(formulier)
    buiten.attach(binnen)
    buiten.attach(MIMEApplication(b"0\x82", "pkcs7-signature", name="smime.p7s"))
    return buiten.as_bytes()


@pytest.mark.parametrize("klasse", [_OPEN_SIGNED, _SIGNED])
def test_an_outlook_message_that_is_only_signed_gives_its_form(klasse: str) -> None:
    boom = _change_message({"smime.p7m": _sign()}, bericht_001A001F=klasse.encode("utf-16-le"))
    (bijlage,) = read_msg("m.msg", build_ole(boom)).bijlagen
    assert (bijlage.naam, bijlage.inhoud) == ("f.docx", BRON)
    assert bijlage.herkomst.afzender == "mieke.proefmans@example.org"


@pytest.mark.parametrize(
    ("naam", "klasse", "inhoud"),
    [
        ("smime.p7m", _SIGNED, b"0\x82\x01\x00"),
        ("message.rpmsg", "IPM.Note", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86"),
    ],
)
def test_an_outlook_message_that_only_its_receiver_opens_is_refused(naam: str, klasse: str, inhoud: bytes) -> None:
    boom = _change_message({naam: inhoud}, bericht_001A001F=klasse.encode("utf-16-le"))
    assert _refuse(build_ole(boom), "m.msg").bevinding.code == "bericht-versleuteld"


def test_a_web_archive_is_no_message() -> None:
    content = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example.org\r\nMIME-Version: 1.0\r\n\r\n"
    assert _refuse(content).bevinding.code == "bestand-geen-formulier"


def test_a_message_in_a_file_of_a_message_is_not_opened_twice() -> None:
    lezing = Lezer().read("m.eml", make_mail(("f.docx", BRON), ("m.eml", make_mail().as_bytes())).as_bytes())
    assert isinstance(lezing, Bericht)
    assert lezing.overige == ("m.eml",)


def test_a_part_of_a_message_is_named_without_a_path_and_without_signs_that_hide_it() -> None:
    content = make_mail(("C:\\map\\form\u202exfdp.docx", BRON)).as_bytes()
    assert read_eml("m.eml", content).bijlagen[0].naam == "form xfdp.docx"


def test_a_package_of_a_template_reads_as_a_document() -> None:
    content = build_docx(p(r("Naam: Ans")), rels=build_rels(("attachedTemplate", "x.dotm"), external=True))
    assert read_formulier("f.dotm", content).antwoorden[0].waarde == "Ans"
