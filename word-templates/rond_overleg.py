"""The templates of what the coordinator or the chair needs around a meeting, for their own desk."""

from __future__ import annotations

from delen import LABELTABEL, Blad, add_instemming, add_toestand, end_document, start_document
from documenten import add_criteria, add_openstaand
from docx.document import Document as WordDocument
from huisstijl import TEKSTBREEDTE, Alinea, Rij, make_table

#: Least height of a row to write in.
_RUIMTE = 640


def make_verzendlijst() -> WordDocument:
    """To the coordinator: each package of a meeting, to tick off when it was looked at and when it went."""
    blad = start_document()
    blad.write("Pakketten", "heading 1")
    blad.write("Kruis aan wat vertrok, met de dag, en hoe als het anders ging dan voorzien (op papier afgegeven).")
    rij: Rij = [
        [("Celtekst", "{{ regel.vakje }}")],
        [("Celtitel", "{{ regel.ontvanger }}"), ("Celfijn", "{{ regel.adres }}")],
        [("Celtekst", "{{ regel.pakket }}"), ("Celklein", "{{ regel.inhoud }}")],
        [("Celtekst", "{{ regel.weg }}")],
        [("Celtekst", "{{ regel.stand }}")],
    ]
    breedten = (1050, 3600, 1750, 1300, TEKSTBREEDTE - 7700)
    kop = ("Verzonden", "Ontvanger", "Pakket", "Hoe", "Wanneer en hoe")
    blad.insert(make_table(breedten, ["for regel in verzending", rij, "endfor"], kop, hoogte=620))
    return end_document(blad)


def make_voorzittersexemplaar() -> WordDocument:
    """To the chair alone: each case with what is still to be weighed, and room to write."""
    blad = start_document(met_plaats=True)
    blad.write("Overzicht", "heading 1")
    with blad.tag("if not casussen"):
        blad.write("Er zijn geen casussen te bespreken.")
    with blad.tag("if casussen"):
        velden = [[("Celtekst", f"{{{{ casus.{veld} }}}}")] for veld in ("nummer", "code", "soort")]
        rijen: list[Rij] = ["for casus in casussen", [*velden, [("Celtekst", "")]], "endfor"]
        breedten = (600, 1600, 2400, TEKSTBREEDTE - 4600)
        blad.insert(make_table(breedten, rijen, ("Nr.", "Casus", "Soort", "Besluit"), hoogte=500))
    with blad.tag("for casus in casussen"):
        blad.write("{{ casus.nummer }}. Casus {{ casus.code }}", "heading 1", nieuwe_pagina=True)
        add_toestand(blad)
        add_instemming(blad)
        _add_onbeslist(blad)
        _add_room(blad, "vraag", "casus.weegvragen", "Te wegen aan tafel", "Vraag")
        _add_room(blad, "stelling", "stellingen", "Aan tafel af te spreken", "Punt")
        blad.write("Notities", "heading 2", houd_bij=True)
        _add_schrijfregels(blad, 2)
        add_criteria(blad)
    add_openstaand(blad)
    return end_document(blad)


def _add_room(blad: Blad, naam: str, lijst: str, titel: str, kop: str) -> None:
    """Each of these with room to write beside it."""
    with blad.tag(f"if {lijst}"):
        blad.write(titel, "heading 2")
        rij: Rij = [[("Celtekst", f"{{{{ {naam} }}}}")], [("Celtekst", "")]]
        helft = TEKSTBREEDTE // 2
        rijen: list[Rij] = [f"for {naam} in {lijst}", rij, "endfor"]
        blad.insert(make_table((helft, TEKSTBREEDTE - helft), rijen, (kop, "Notities"), hoogte=_RUIMTE))


def _add_onbeslist(blad: Blad) -> None:
    """The criteria of which nobody can say yet whether they are met."""
    onbeslist = "regel.uitkomst == 'onbeslist'"
    with blad.tag("if '|onbeslist|' in '|' ~ casus.criteria|join('|', 'uitkomst') ~ '|'"):
        blad.write("Nog onbeslist", "heading 2")
        rij: Rij = [
            [("Celtitel", "{{ regel.kort }}"), ("Celfijn", "{{ regel.tekst }}"), ("Celklein", "{{ regel.bron }}")],
            [("Celtekst", "")],
        ]
        rijen: list[Rij] = ["for regel in casus.criteria", f"if {onbeslist}", rij, "endif", "endfor"]
        breedten = (TEKSTBREEDTE // 2, TEKSTBREEDTE - TEKSTBREEDTE // 2)
        blad.insert(make_table(breedten, rijen, ("Criterium", "Notities"), hoogte=_RUIMTE))


def _add_schrijfregels(blad: Blad, aantal: int) -> None:
    """Lines to write on, on one page; the paragraph between two keeps them from becoming one frame."""
    for nummer in range(1, aantal + 1):
        blad.write("", "Schrijfregel", houd_bij=nummer < aantal)
        blad.write("", "Tussenruimte", houd_bij=nummer < aantal)


def make_aanwezigheidslijst() -> WordDocument:
    """To the coordinator: who may be there for which case, and per case a sheet to sign, which holds no other case."""
    blad = start_document(met_plaats=True)
    blad.write("Overzicht", "heading 1")
    with blad.tag("if not casussen"):
        blad.write("Er zijn geen casussen te bespreken.")
    with blad.tag("if casussen"):
        blad.write("Houd dit blad bij u. Laat per casus enkel het blad van die casus rondgaan.")
        wie: Rij = [
            [("Celtekst", "{{ casus.nummer }}")],
            [("Celtekst", "{{ casus.code }}")],
            [("Celtekst", "{{ casus.deelnemers|join('; ') }}")],
        ]
        breedten = (600, 1600, TEKSTBREEDTE - 2200)
        rijen: list[Rij] = ["for casus in casussen", wie, "endfor"]
        blad.insert(make_table(breedten, rijen, ("Nr.", "Casus", "Wie erbij mag zijn")))
    with blad.tag("for casus in casussen"):
        blad.write("Aanwezig bij casus {{ casus.code }}", "heading 1", nieuwe_pagina=True)
        with blad.tag("if ontmoeting"):
            blad.write("{{ ontmoeting.naam }} — {{ ontmoeting.datum }}", "Subtitle")
        with blad.tag("if kop.slot"):
            blad.write("Geheimhouding", "heading 2")
            blad.write_each("kop.slot")
        _add_signatures(blad)
    return blad.document


def _add_signatures(blad: Blad) -> None:
    """A row to sign for each who may be there, and three for who comes to explain the case or stands in."""
    leeg: list[Alinea] = [("Celtekst", "")]
    rij: Rij = [[("Celtekst", "{{ deelnemer }}")], leeg, leeg]
    rijen: list[Rij] = ["for deelnemer in casus.deelnemers", rij, "endfor", *([[leeg, leeg, leeg]] * 3)]
    breedten = (TEKSTBREEDTE - 6000, 3000, 3000)
    blad.insert(make_table(breedten, rijen, ("Organisatie", "Naam en functie", "Handtekening"), hoogte=_RUIMTE))


def make_toetredingsverklaring() -> WordDocument:
    """To who is invited for a case and did not sign yet: one page to sign, which tells of no case."""
    blad = start_document()
    blad.write("Verklaring", "heading 1")
    blad.write("{{ ontvanger.naam }} verklaart:", houd_bij=True)
    blad.write_each("kop.slot", "List Bullet")
    velden = ("Naam", "Functie", "Plaats en datum", "Handtekening")
    rijen: list[Rij] = [[[("Cellabel", veld)], [("Celtekst", "")]] for veld in velden]
    blad.insert(make_table(LABELTABEL, rijen, hoogte=_RUIMTE))
    blad.write("Stuur een ondertekend exemplaar terug naar {{ kop.contact.naam }} en houd er zelf een.")
    return blad.document
