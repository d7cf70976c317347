"""What may become of any file: answers that stand in it, or a refusal of ours; the same twice; nothing besides."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from pipeline.errors import InvoerFout
from pipeline.read import Lezer
from pipeline.safezip import build_refusal
from schemas.inzending import RuwAntwoord, RuwFormulier

_TOUCHED = {"open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.remove", "os.rename"}


def _refuse_conversion(bestand: str, _inhoud: bytes, _extensie: str) -> bytes:
    """Starting LibreOffice for every mutant that looks like an old file would take days."""
    raise build_refusal("omzetten-mislukt", bestand, "{bestand} wordt hier niet omgezet.", "Niets.")


READER = Lezer(convert=_refuse_conversion)


def read(content: bytes, reader: Lezer = READER) -> RuwFormulier | str:
    """The form, or the code of our refusal. Any other exception is a fault and comes through."""
    try:
        return reader.read_one("mutant", content)
    except InvoerFout as fault:
        return fault.bevinding.code


def find_fault(content: bytes, *, again: bool, reader: Lezer = READER) -> tuple[str, str]:
    """What is wrong with how this file is read ("" when nothing is), and what became of it: a code, or "gelezen"."""
    with _watch() as touched:
        try:
            first = read(content, reader)
        except Exception as fault:  # whatever escapes is what we look for
            return f"{type(fault).__name__} ontsnapt", "fout"
        if touched:
            return f"raakt aan: {touched[0]}", "fout"
    if again and read(content, reader) != first:
        return "leest de tweede keer anders", "fout"
    if isinstance(first, str):
        return "", first
    invented = find_invented(content, first.antwoorden)
    return (f"antwoord dat niet in het bestand staat, {invented[0].plaats}" if invented else ""), "gelezen"


# --- answers that the file does not hold ----------------------------------------------------------------------------


def find_invented(content: bytes, answers: tuple[RuwAntwoord, ...]) -> list[RuwAntwoord]:
    """Answers with a word whose letters the file does not hold in that order within one paragraph or attribute."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return []
    lines = list(_iterate_lines(content))
    return [answer for answer in answers if not all(_is_held(word, lines) for word in _list_words(answer))]


def _list_words(answer: RuwAntwoord) -> list[str]:
    waarden = answer.waarde if isinstance(answer.waarde, tuple) else (answer.waarde,)
    return [word for waarde in waarden if isinstance(waarde, str) for word in _fold(waarde).split()]


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_held(word: str, lines: list[str]) -> bool:
    return any(word in line for line in lines) or any(_is_within(word, line) for line in lines)


def _is_within(word: str, line: str) -> bool:
    letters = iter(line)
    return all(letter in letters for letter in word)


def _iterate_lines(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in dict.fromkeys(archive.namelist()):
            try:
                root = etree.fromstring(archive.read(name), etree.XMLParser(recover=True, huge_tree=True))
            except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError):
                continue
            if root is not None:
                yield _fold("".join(map(str, root.itertext())))
                yield _fold("".join(_iterate_shown(root)))
                yield from (
                    _fold(str(value)) for element in root.iter(etree.Element) for value in element.attrib.values()
                )


def _iterate_shown(root: etree._Element) -> Iterator[str]:
    """The text with the words of each list where it stands: a field in another shows one of them behind its text."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and isinstance(element.tag, str):
            lijst = element.tag.endswith(("listEntry", "listItem"))
            yield "".join(map(str, (*(element.attrib.values() if lijst else ()), element.text or "")))
        elif event == "end":
            yield str(element.tail or "")


# --- nothing else is touched ----------------------------------------------------------------------------------------

_seen: list[str] | None = None


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _seen is not None and event in _TOUCHED and not (event == "open" and _only_reads(arguments)):
        _seen.append(f"{event} {arguments[0]!r}")


def _only_reads(arguments: tuple[object, ...]) -> bool:
    """Libraries look up data of their own; what they may not do, is write."""
    _, mode, flags = (*arguments, None, None)[:3]
    if isinstance(mode, str):
        return re.search(r"[wax+]", mode) is None
    return isinstance(flags, int) and flags & 3 == 0


@contextmanager
def _watch() -> Iterator[list[str]]:
    """What is opened to write, connected to, started or removed meanwhile."""
    global _seen  # an audit hook stays for the life of the process
    touched: list[str] = []
    _seen = touched
    try:
        yield touched
    finally:
        _seen = None


sys.addaudithook(_note)
