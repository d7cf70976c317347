"""Builds the standard Word templates and the one of the manual: `python word-templates/bouw.py [MAP MAP]`.

Written so that letterhead, styles and fixed text have one source. A region that wants other words edits a
copy of the .docx in Word and never sees this file.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from docx.document import Document as WordDocument

HIER = Path(__file__).resolve().parent
sys.path[:0] = [str(HIER.parent), str(HIER)]  # this is a script, not a package

import anoniem  # noqa: E402
import betrokkenen  # noqa: E402
import cijfers  # noqa: E402
import documenten  # noqa: E402
import handleiding  # noqa: E402
import inzage  # noqa: E402
import na_overleg  # noqa: E402
import plannen  # noqa: E402
import rond_overleg  # noqa: E402
import tussen_overleg  # noqa: E402

from pipeline.render.package import finish_package  # noqa: E402
from pipeline.render.template import clean_template  # noqa: E402

SJABLONEN: dict[str, Callable[[], WordDocument]] = {
    "ontvangstmelding": documenten.make_ontvangstmelding,
    "vraag_om_aanvulling": documenten.make_vraag_om_aanvulling,
    "triagelijst": documenten.make_triagelijst,
    "triagebrief": documenten.make_triagebrief,
    "uitnodiging": documenten.make_uitnodiging,
    "uitnodiging_aanmelder": documenten.make_uitnodiging_aanmelder,
    "agenda": documenten.make_agenda,
    "casusfiche": documenten.make_casusfiche,
    "verslag": na_overleg.make_verslag,
    "takenlijst": na_overleg.make_takenlijst,
    "terugkoppeling": na_overleg.make_terugkoppeling,
    "opdrachtbrief": na_overleg.make_opdrachtbrief,
    "plan": plannen.make_plan,
    "plan_client": plannen.make_plan_client,
    "stand_van_zaken": plannen.make_stand_van_zaken,
    "opvolgfiche": plannen.make_opvolgfiche,
    "uitnodiging_zorgoverleg": tussen_overleg.make_uitnodiging_zorgoverleg,
    "afsluitbericht": tussen_overleg.make_afsluitbericht,
    "addendum": tussen_overleg.make_addendum,
    "bericht": tussen_overleg.make_bericht,
    "uitnodiging_betrokkene": betrokkenen.make_uitnodiging_betrokkene,
    "besluit_betrokkene": betrokkenen.make_besluit_betrokkene,
    "bericht_betrokkene": betrokkenen.make_bericht,
    "voorzittersexemplaar": rond_overleg.make_voorzittersexemplaar,
    "aanwezigheidslijst": rond_overleg.make_aanwezigheidslijst,
    "toetredingsverklaring": rond_overleg.make_toetredingsverklaring,
    "verzendlijst": rond_overleg.make_verzendlijst,
    "inzage": inzage.make_inzage,
    "cijfers": cijfers.make_cijfers,
    "anonieme_casus": anoniem.make_anonieme_casus,
    "anonieme_agenda": anoniem.make_anonieme_agenda,
    "anoniem_plan": anoniem.make_anoniem_plan,
}
#: Of the program itself, for no table.
PROGRAMMA: dict[str, Callable[[], WordDocument]] = {"handleiding": handleiding.make_handleiding}


def build(naam: str) -> bytes:
    """One standard template as the bytes of a .docx."""
    ruw = io.BytesIO()
    (SJABLONEN | PROGRAMMA)[naam]().save(ruw)
    return finish_package(clean_template(naam, ruw.getvalue()), naam, f"Sjabloon {naam}", "casusoverleg", "nl-BE")


def main(doelmap: Path, namen: Iterable[str]) -> None:
    """Write templates; a file whose contents are the same stays as it is."""
    doelmap.mkdir(parents=True, exist_ok=True)
    for naam in namen:
        bestand, nieuw = doelmap / f"{naam}.docx", build(naam)
        if not bestand.exists() or _read_members(bestand.read_bytes()) != _read_members(nieuw):
            bestand.write_bytes(nieuw)


def _read_members(inhoud: bytes) -> dict[str, bytes]:
    """Compare what is in it: another release of zlib may pack the same contents otherwise."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
        return {naam: pakket.read(naam) for naam in pakket.namelist()}


if __name__ == "__main__":
    mappen = [Path(deel) for deel in sys.argv[1:]] or [HIER / "standaard", HIER / "programma"]
    for map_, soort in zip(mappen, (SJABLONEN, PROGRAMMA), strict=False):
        main(map_, soort)
