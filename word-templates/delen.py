"""What the standard templates share: fixed Dutch text around the fields of a Deelbeeld.

A region's own paragraphs (`kop.inleiding`, `kop.slot`) always win; the sentences here stand in for them when
a region has none. What is not there leaves no trace: no heading, no empty table, no "niet ingevuld".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from huisstijl import (
    AANDACHT,
    AANDACHT_LICHT,
    CELRUIMTE_KLEIN,
    NIEUWE_RUN,
    TEKSTBREEDTE,
    VERSIE,
    Alinea,
    Rij,
    make_box,
    make_document,
    make_table,
)

LABELTABEL = (3000, TEKSTBREEDTE - 3000)
OVERLEGTABEL = (1800, TEKSTBREEDTE - 1800)
GEGEVENSTABEL = (1500, TEKSTBREEDTE - 1500)
CONTACTREGELS = (("functie",), ("organisatie", "adres"), ("telefoon", "email"))
CONTACTVELDEN = ("functie", "organisatie", "adres", "telefoon", "email")

WANNEER = "{{ ontmoeting.datum }}{% if ontmoeting.uur %}, {{ ontmoeting.uur }} uur{% endif %}"
PLAATS = ("ontmoeting.plaats", "Plaats", "{{ ontmoeting.plaats }}")
AANHEF = "{% if ontvanger.aanspreking %}{{ ontvanger.aanspreking }}{% else %}Geachte heer of mevrouw{% endif %},"


class Blad:
    """A template in the making: paragraphs, tables and tags, one under the other."""

    def __init__(self, voet: str = "") -> None:
        self.document: WordDocument = make_document(voet)
        self._einde = self.document.element.body.sectPr

    def write(self, tekst: str, stijl: str = "Normal", nieuwe_pagina: bool = False, houd_bij: bool = False) -> None:
        """Add a paragraph; `houd_bij` keeps it on the page of what follows."""
        alinea = self.document.add_paragraph(style=stijl)
        alinea.paragraph_format.keep_with_next = houd_bij or None
        for deel in tekst.split(NIEUWE_RUN):
            alinea.add_run(deel)
        if nieuwe_pagina:
            alinea.paragraph_format.page_break_before = True
            alinea.paragraph_format.space_before = Pt(0)

    def insert(self, tabel: BaseOxmlElement) -> None:
        """Add a table, and the narrow paragraph that keeps it apart from the next.

        All its space lies below its line, where a page end swallows it: at the end it opens no empty page.
        """
        self._einde.addprevious(tabel)
        self.write("", "Tussenruimte")

    def insert_tight(self, tabel: BaseOxmlElement) -> None:
        """Add a table that a heading or paragraph follows."""
        self._einde.addprevious(tabel)

    @contextmanager
    def tag(self, code: str) -> Iterator[None]:
        """Put what follows between `{%p code %}` and its end."""
        self.write(f"{{%p {code} %}}")
        yield
        self.write(f"{{%p end{code.split()[0]} %}}")

    def write_each(self, lijst: str, stijl: str = "Normal") -> None:
        """One paragraph for each text of a list."""
        with self.tag(f"for regel in {lijst}"):
            self.write("{{ regel }}", stijl)


def make_row_if(voorwaarde: str, label: str, waarde: str) -> list[Rij]:
    """A row with label and value; with a condition the row exists only when it holds."""
    rij: list[Rij] = [[[("Cellabel", label)], [("Celtekst", waarde)]]]
    return [f"if {voorwaarde}", *rij, "endif"] if voorwaarde else rij


def make_label_table(*rijen: tuple[str, str, str], breedten: tuple[int, int] = LABELTABEL) -> BaseOxmlElement:
    """Labels with their values, kept on one page."""
    return make_table(breedten, [deel for rij in rijen for deel in make_row_if(*rij)], bijeen=True)


def add_wijzigingen(blad: Blad) -> None:
    """The box that says what changed, from the second version on."""
    inhoud: list[Alinea] = [
        ("Kadertitel", "Versie {{ kop.versie }} — vervangt versie {{ kop.vervangt }}"),
        ("Celtekst", "{%p for regel in kop.wijzigingen %}"),
        ("Kaderlijst", "{{ regel }}"),
        ("Celtekst", "{%p endfor %}"),
    ]
    with blad.tag("if kop.vervangt"):
        blad.insert(make_box(inhoud, AANDACHT, AANDACHT_LICHT))


GEGEVENS = (
    ("", "Overlegtafel", "{{ kop.tafel }}"),
    ("", "Doel", "{{ kop.doel }}"),
    ("", "Grondslag", "{{ kop.grondslag }}"),
    ("kop.verdeellijst", "Verdeeld aan", "{{ kop.verdeellijst|join('; ') }}"),
)


def make_gegevens() -> BaseOxmlElement:
    """Purpose, ground and distribution: what every document has to say about itself (domain 3.4)."""
    kenmerk = "{{ kop.documentnummer }}, versie {{ kop.versie }}, {{ kop.datum }}"
    contact = "{{ kop.contact.naam }}" + "".join(
        f"{{% if kop.contact.{veld} %}}{', ' if veld == 'functie' else ' — '}{{{{ kop.contact.{veld} }}}}{{% endif %}}"
        for veld in CONTACTVELDEN
    )
    rijen: list[Rij] = []
    for voorwaarde, label, waarde in (*GEGEVENS, ("", "Kenmerk", kenmerk), ("", "Contact", contact)):
        rij: Rij = [[("Celklein", label)], [("Celfijn", waarde)]]
        rijen += [f"if {voorwaarde}", rij, "endif"] if voorwaarde else [rij]
    return make_table(GEGEVENSTABEL, rijen, ruimte=CELRUIMTE_KLEIN)


def add_gegevens(blad: Blad) -> None:
    """The same at the end of a letter, which has named its reference and sender."""
    blad.write("Over deze brief", "heading 2")
    for voorwaarde, label, waarde in GEGEVENS:
        if voorwaarde:
            with blad.tag(f"if {voorwaarde}"):
                blad.write(f"{label}\t{waarde}", "Gegeven")
        else:
            blad.write(f"{label}\t{waarde}", "Gegeven")


def start_document(met_plaats: bool = False) -> Blad:
    """A document with a title and its meeting: agenda, list, fiche."""
    blad = Blad()
    blad.write("{{ kop.titel }}", "Title")
    with blad.tag("if ontmoeting"):
        blad.write(f"{{{{ ontmoeting.naam }}}} — {WANNEER if met_plaats else '{{ ontmoeting.datum }}'}", "Subtitle")
    if met_plaats:
        add_plaats(blad)
    blad.insert(make_gegevens())
    add_wijzigingen(blad)
    blad.write_each("kop.inleiding")
    return blad


def start_letter(aan: str = "{{ ontvanger.naam }}") -> Blad:
    """A letter down to its salutation."""
    blad = Blad()
    links: list[Alinea] = [("Adres", aan)]
    rechts: list[Alinea] = [
        ("Adres", "{{ kop.datum }}"),
        ("Cellabel", f"Ons kenmerk: {{{{ kop.documentnummer }}}}, {VERSIE}"),
    ]
    rechts_breed = 4600
    blad.insert_tight(make_table((TEKSTBREEDTE - rechts_breed, rechts_breed), [[links, rechts]], lijnen=False))
    blad.write("Betreft: {{ kop.titel }}{% if kop.casuscode %} — casuscode {{ kop.casuscode }}{% endif %}", "Betreft")
    add_wijzigingen(blad)
    blad.write(AANHEF)
    return blad


def add_inleiding(blad: Blad, *standaard: str) -> None:
    """The region's opening, or ours."""
    add_own_or_ours(blad, "kop.inleiding", standaard)


def add_slot(blad: Blad, *standaard: str) -> None:
    """The region's closing, or ours."""
    add_own_or_ours(blad, "kop.slot", standaard)


def add_own_or_ours(blad: Blad, lijst: str, standaard: Sequence[str]) -> None:
    """One paragraph for each of the region's, else for each of ours."""
    blad.write_each(lijst)
    with blad.tag(f"if not {lijst}"):
        for tekst in standaard:
            blad.write(tekst)


def add_contact(blad: Blad) -> None:
    """Who to turn to, in one piece; each line only when there is something on it.

    Paragraphs and no table: LibreOffice loses hold of what has to stay with a table that has to stay with something.
    """
    blad.write("{{ kop.contact.naam }}", "Celtitel", houd_bij=True)
    laatste = CONTACTREGELS[-1]
    for velden in CONTACTREGELS:
        namen = [f"kop.contact.{veld}" for veld in velden]
        tekst = "{{ " + " }}SCHEIDING{{ ".join(namen) + " }}"
        scheiding = f"{{% if {' and '.join(namen)} %}} — {{% endif %}}"
        with blad.tag(f"if {' or '.join(namen)}"):
            blad.write(tekst.replace("SCHEIDING", scheiding), "Celtekst", houd_bij=velden is not laatste)


def end_letter(blad: Blad) -> WordDocument:
    """Greeting, sender, and what the letter has to say about itself."""
    blad.write("Met vriendelijke groeten,", "Groet")
    add_contact(blad)
    add_gegevens(blad)
    return blad.document


def end_document(blad: Blad) -> WordDocument:
    """The region's closing words."""
    blad.write_each("kop.slot")
    return blad.document


def add_ontmoeting(blad: Blad, *extra: tuple[str, str, str], titel: str = "") -> None:
    """When and where, with what to keep in mind."""
    overleg = (("", "Overleg", "{{ ontmoeting.naam }}"), ("", "Datum en uur", WANNEER), PLAATS)
    with blad.tag("if ontmoeting"):
        if titel:
            blad.write(titel, "heading 2")
        blad.insert(make_label_table(*overleg, *extra, breedten=OVERLEGTABEL))
        add_let_op(blad)


def add_plaats(blad: Blad) -> None:
    """The same for a document that names its meeting in the line under its title."""
    with blad.tag("if ontmoeting"):
        aantal = ("", "Te bespreken", "{{ ontmoeting.aantal_tekst }}")
        blad.insert(make_label_table(PLAATS, aantal, breedten=OVERLEGTABEL))
        add_let_op(blad)


def add_let_op(blad: Blad) -> None:
    """A box with what to keep in mind about the date."""
    inhoud: list[Alinea] = [
        ("Celtekst", "{%p for regel in ontmoeting.let_op %}"),
        ("Celtekst", "Let op: {{ regel }}"),
        ("Celtekst", "{%p endfor %}"),
    ]
    with blad.tag("if ontmoeting.let_op"):
        blad.insert(make_box(inhoud, AANDACHT, AANDACHT_LICHT))


def add_rubrieken(blad: Blad) -> None:
    """What was shared, per rubriek: answers in two columns, rows of a table one under the other."""
    velden: list[Rij] = [[[("Cellabel", "{{ veld.label }}")], [("Celtekst", "{{ veld.waarde }}")]], "endfor"]
    with blad.tag("for rubriek in casus.rubrieken"):
        blad.write("{{ rubriek.titel }}", "heading 2")
        with blad.tag("if rubriek.velden"):
            blad.insert(make_table(LABELTABEL, ["for veld in rubriek.velden", *velden]))
        with blad.tag("for rij in rubriek.rijen"):
            blad.write("{{ rij.titel }}", "heading 3")
            with blad.tag("if rij.velden"):
                blad.insert(make_table(LABELTABEL, ["for veld in rij.velden", *velden]))


def add_informatie(blad: Blad) -> None:
    """Facts and assessments, never in one table (domain 3.4)."""
    breedten = (TEKSTBREEDTE - 4500, 2500, 2000)
    for lijst, titel, kolom in (("feiten", "Feiten", "Feit"), ("inschattingen", "Inschattingen", "Inschatting")):
        rij: Rij = [[("Celtekst", f"{{{{ regel.{veld} }}}}")] for veld in ("tekst", "bron", "datum")]
        with blad.tag(f"if casus.{lijst}"):
            blad.write(titel, "heading 2")
            rijen: list[Rij] = [f"for regel in casus.{lijst}", rij, "endfor"]
            blad.insert(make_table(breedten, rijen, (kolom, "Bron", "Datum")))


#: The same whether there is more that this reader may not see, or nothing more at all.
_NIETS = "Verder staat er in dit exemplaar niets over deze casus. Hier komt enkel wat met u gedeeld mag worden."


def add_niets(blad: Blad) -> None:
    """What a copy says whose reader sees nothing but the head of a case; it depends on what he sees alone."""
    with blad.tag("if not casus.rubrieken and not casus.feiten and not casus.inschattingen"):
        blad.write(_NIETS)


def make_afspraken(lijst: str, met_code: bool, als: str = "") -> BaseOxmlElement:
    """To-do's with the number by which a later form speaks of them; `als` is a condition on `afspraak`."""
    code = [("Casus", "casuscode", 1100)] * met_code
    kolommen = [("Nr.", "nummer", 900), *code, ("Wat", "wat", 0), ("Wie", "wie", 2200), ("Tegen", "tegen", 1800)]
    rest = TEKSTBREEDTE - sum(breedte for _, _, breedte in kolommen)
    rij: Rij = [[("Celtekst", f"{{{{ afspraak.{veld} }}}}")] for _, veld, _ in kolommen]
    rijen: list[Rij] = [f"if {als}", rij, "endif"] if als else [rij]
    breedten = [breedte or rest for _, _, breedte in kolommen]
    return make_table(breedten, [f"for afspraak in {lijst}", *rijen, "endfor"], [kop for kop, _, _ in kolommen])


def add_toestand(blad: Blad) -> None:
    """Kind and phase of a case, how the check came out, and whether it is anonymous."""
    blad.write("Soort: {{ casus.soort }}{% if casus.fase %} — fase: {{ casus.fase }}{% endif %}", "Subtitle")
    uitkomst = "{% if casus.uitkomst %}Uitkomst van de controle: {{ casus.uitkomst }}. {% endif %}"
    with blad.tag("if casus.uitkomst or casus.anoniem"):
        blad.write(uitkomst + "{{ casus.anoniem }}")
    add_rolverdeling(blad)


def add_rolverdeling(blad: Blad) -> None:
    """Who holds which role in the case."""
    with blad.tag("for rol in casus.rolverdeling"):
        blad.write("{{ rol.label }}: {{ rol.wie }}")


def add_instemming(blad: Blad) -> None:
    """Whether and how far the cliënt was informed and agrees (S0:34)."""
    with blad.tag("if casus.instemming"):
        blad.write("Geïnformeerd en ingestemd", "heading 2")
        blad.insert(
            make_label_table(
                ("", "Geïnformeerd over de bespreking", "{{ casus.instemming.geinformeerd }}"),
                ("", "Stemt in met de bespreking", "{{ casus.instemming.stemt_in }}"),
            )
        )
