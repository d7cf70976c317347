"""The last gate: a finished document holds its template's words and its Deelbeeld's words, and nothing else.

It knows no secret and asks no case: what is not explained is refused. It trusts no other stage: it reads the template,
the Word file and the PDF by itself.
"""

from __future__ import annotations

from pipeline.errors import PoortFout
from pipeline.verify.budget import make_budget
from pipeline.verify.bundle import refuse_unexplained_bundle, verify_bundle
from pipeline.verify.findings import MOST, make_finding
from pipeline.verify.pdf import check_pdf
from pipeline.verify.template import read_profile
from pipeline.verify.word import check_word
from pipeline.verify.xml import Unreadable
from schemas.bevinding import Bevinding
from schemas.deelbeeld import Deelbeeld

__all__ = ["refuse_unexplained", "refuse_unexplained_bundle", "verify", "verify_bundle"]

#: For the register or for finding the copy again; no word of theirs is printed.
_NOT_PRINTED = {"verantwoording", "ontvanger", "sleutel", "vorm"}
_REMEDIE = (
    "Dit pakket is niet geschreven, de andere wel. Kijk het sjabloon na en probeer opnieuw; blijft het zo, dan zit de"
    " fout in het programma: meld deze zinnen, zonder het document."
)


def verify(beeld: Deelbeeld, sjabloon: bytes, word: bytes, pdf: bytes | None = None) -> tuple[Bevinding, ...]:
    """Say what a finished document holds that neither its template nor its Deelbeeld explains.

    In: all that the recipient may see; the template as its author made it; the Word file; its PDF, or None to look at
    the Word file alone. Out: a finding for each place, without a word of the document; nothing when all is well.
    """
    try:
        profile = read_profile(sjabloon)
    except Unreadable as fout:
        return (make_finding("sjabloon", "sjabloon", f"{fout}.".capitalize()),)
    waarden = beeld.model_dump(exclude=_NOT_PRINTED)
    waarden["ontvanger"] = {"naam": beeld.ontvanger.naam, "aanspreking": beeld.ontvanger.aanspreking}
    kop = {"titel": beeld.kop.titel, "afzender": beeld.kop.afzender, "taal": beeld.kop.taal}
    found, stories = check_word(word, sjabloon, make_budget(profile.readings, waarden), kop)
    return (*found, *(check_pdf(pdf, stories, profile, kop) if pdf is not None else ()))


def refuse_unexplained(beeld: Deelbeeld, sjabloon: bytes, word: bytes, pdf: bytes) -> None:
    """Let a document pass, or raise PoortFout that names document, case and each place, never a word."""
    found = verify(beeld, sjabloon, word, pdf)
    if not found:
        return
    waar = f"casus {beeld.kop.casuscode}" if beeld.kop.casuscode else "meer dan een casus"
    regels = [f"Document {beeld.documentsoort} {beeld.kop.documentnummer} ({waar}) bevat iets dat niemand verklaart."]
    regels += dict.fromkeys(bevinding.melding for bevinding in found[:MOST])
    raise PoortFout("\n".join(regels), _REMEDIE)
