"""The templates around a plan van aanpak: for the partners, the cliënt, a zorgoverleg, and the table that closes."""

from __future__ import annotations

from delen import (
    Blad,
    add_contact,
    add_informatie,
    add_instemming,
    add_own_or_ours,
    add_rubrieken,
    add_toestand,
    add_wijzigingen,
    end_document,
    make_gegevens,
    make_label_table,
    start_document,
)
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, Twips
from huisstijl import AANDACHT, AANDACHT_LICHT, NIEUWE_RUN, TEKSTBREEDTE, Alinea, Rij, make_box, make_table

_STAND = (
    "{{ plan.stand }}{% if plan.goedgekeurd_op %} op {{ plan.goedgekeurd_op }}"
    "{% elif plan.stand == 'Voorstel' %}, te bespreken op het overleg{% endif %}"
)
_DATA = (
    "Versie {{ kop.versie }}{% if plan.opgesteld_op %}, opgesteld op {{ plan.opgesteld_op }}{% endif %}"
    "{% if plan.bijgewerkt_op and plan.bijgewerkt_op != plan.opgesteld_op %}, bijgewerkt op"
    " {{ plan.bijgewerkt_op }}{% endif %}"
)
PRIORITEIT = "{% if doel.prioriteit %} — prioriteit: {{ doel.prioriteit }}{% endif %}"
_VAKJES = NIEUWE_RUN.join(("☐", " ja          ", "☐", " nee          ", "☐", " nog niet te zeggen"))


def make_plan() -> WordDocument:
    """To a partner: the state of the plan, and its aims with what is done for them (S1:61-63)."""
    blad = Blad()
    blad.write("{{ kop.titel }}", "Title")
    with blad.tag("if kop.casuscode"):
        blad.write("Casus {{ kop.casuscode }}", "Subtitle")
    with blad.tag("if plan and plan.stand"):
        blad.insert(make_box([("Kadertitel", _STAND), ("Celtekst", _DATA)]))
    blad.insert(make_gegevens())
    _add_dragers(blad)
    add_wijzigingen(blad)
    blad.write_each("kop.inleiding")
    with blad.tag("if plan and plan.doelen"):
        blad.write("Doelstellingen en acties", "heading 1")
        _add_doelen(blad)
    return end_document(blad)


def _add_dragers(blad: Blad) -> None:
    """Who holds which role in the case: whom one turns to."""
    with blad.tag("for rol in rolverdeling"):
        blad.write("{{ rol.label }}: {{ rol.wie }}")


def _add_doelen(blad: Blad) -> None:
    with blad.tag("for doel in plan.doelen"):
        blad.write("Doelstelling {{ doel.nummer }}" + PRIORITEIT, "heading 2")
        add_doelstelling(blad)
        with blad.tag("if doel.acties"):
            add_acties(blad)


def add_acties(blad: Blad) -> None:
    """What is done for one aim: by whom, by when, and how far it is."""
    kolommen = (("Wat", "actie", 0), ("Door wie", "wie", 2200), ("Tegen", "tegen", 1800), ("Stand", "status", 1400))
    rest = TEKSTBREEDTE - sum(breedte for _, _, breedte in kolommen)
    breedten = [breedte or rest for _, _, breedte in kolommen]
    rij: Rij = [[("Celtekst", f"{{{{ regel.{veld} }}}}")] for _, veld, _ in kolommen]
    rijen: list[Rij] = ["for regel in doel.acties", rij, "endfor"]
    blad.insert(make_table(breedten, rijen, [kop for kop, _, _ in kolommen]))


def add_doelstelling(blad: Blad) -> None:
    """The words of an aim; one paragraph, for LibreOffice leaves a heading behind when more hold on to the next."""
    with blad.tag("if doel.doelstelling"):
        blad.write("{{ doel.doelstelling }}", houd_bij=True)


# --- For the cliënt -------------------------------------------------------------------------------------------------

_GROOT = {
    **dict.fromkeys(("Normal", "Celtekst", "Cellabel", "Celtitel", "Kadertitel", "Kaderlijst"), 12),
    **dict.fromkeys(("Gegeven", "header"), 10),
    **dict.fromkeys(("footer", "Voetmarkering"), 9),
}
_STAND_CLIENT = (
    "{% if plan.goedgekeurd_op %}Dit plan is goedgekeurd op {{ plan.goedgekeurd_op }}.{% elif plan.stand == 'Voorstel'"
    " %}Dit is een voorstel. Het plan is nog niet goedgekeurd.{% else %}{{ plan.stand }}{% endif %}"
)
_DATA_CLIENT = (
    "Wij maakten dit plan op {{ plan.opgesteld_op }}.{% if plan.bijgewerkt_op and plan.bijgewerkt_op !="
    " plan.opgesteld_op %} Wij pasten het aan op {{ plan.bijgewerkt_op }}.{% endif %}"
)
_VRAGEN = (
    ("regel.actie", "Wat gebeurt er?", "{{ regel.actie }}"),
    ("regel.wie", "Wie doet dat?", "{{ regel.wie }}"),
    ("regel.tegen", "Tegen wanneer?", "{{ regel.tegen }}"),
    ("regel.status", "Hoe staat het?", "{{ regel.status }}"),
)


def make_plan_client() -> WordDocument:
    """To the cliënt: the same plan in plain words and larger type, as far as it was flagged for the cliënt."""
    blad = Blad()
    _set_type(blad.document)
    blad.write("{{ kop.titel }}", "Title")
    blad.write("{{ kop.datum }}", "Subtitle")
    add_own_or_ours(
        blad,
        "kop.inleiding",
        ("In dit plan leest u wat wij samen met u willen bereiken. Bij elk doel staat wie wat doet.",),
    )
    with blad.tag("if plan and plan.stand"):
        blad.insert(make_box([("Kadertitel", _STAND_CLIENT), *_make_alinea_if("plan.opgesteld_op", _DATA_CLIENT)]))
    _add_veranderd(blad)
    with blad.tag("if plan"):
        _add_doelen_client(blad)
    blad.write("Hebt u een vraag?", "heading 1")
    _add_dragers(blad)
    add_own_or_ours(
        blad,
        "kop.slot",
        ("Klopt er iets niet, of wilt u iets veranderen? Zeg het ons.",),
    )
    add_contact(blad)
    _add_over_dit_plan(blad)
    return blad.document


def enlarge(document: WordDocument) -> None:
    """Larger type, for a reader who does not read such papers every day."""
    for naam, punten in _GROOT.items():
        document.styles[naam].font.size = Pt(punten)


def _set_type(document: WordDocument) -> None:
    """Larger type, and a style for question and answer: paragraphs, which every engine keeps together."""
    enlarge(document)
    vraag = document.styles.add_style("Vraag", WD_STYLE_TYPE.PARAGRAPH)
    vraag.base_style = document.styles["Normal"]
    opmaak = vraag.paragraph_format
    opmaak.keep_with_next = opmaak.keep_together = True
    opmaak.left_indent, opmaak.first_line_indent, opmaak.space_after = Twips(2500), Twips(-2500), Pt(3)
    opmaak.tab_stops.add_tab_stop(Twips(2500))


def _make_alinea_if(voorwaarde: str, tekst: str) -> list[Alinea]:
    return [
        ("Celtekst", f"{{%p if {voorwaarde} %}}"),
        ("Celtekst", tekst),
        ("Celtekst", "{%p endif %}"),
    ]


def _add_veranderd(blad: Blad) -> None:
    inhoud: list[Alinea] = [
        ("Kadertitel", "Dit is versie {{ kop.versie }}. Ze vervangt versie {{ kop.vervangt }}."),
        ("Celtekst", "{%p if kop.wijzigingen %}"),
        ("Celtekst", "Dit is er veranderd:"),
        ("Celtekst", "{%p endif %}"),
        ("Celtekst", "{%p for regel in kop.wijzigingen %}"),
        ("Kaderlijst", "{{ regel }}"),
        ("Celtekst", "{%p endfor %}"),
    ]
    with blad.tag("if kop.vervangt"):
        blad.insert(make_box(inhoud, AANDACHT, AANDACHT_LICHT))


def _add_doelen_client(blad: Blad) -> None:
    with blad.tag("for doel in plan.doelen"):
        blad.write("Doel {{ doel.nummer }}" + PRIORITEIT, "heading 1")
        add_doelstelling(blad)
        with blad.tag("for regel in doel.acties"):
            for voorwaarde, vraag, antwoord in _VRAGEN:
                with blad.tag(f"if {voorwaarde}"):
                    blad.write(f"{vraag}{NIEUWE_RUN}\t{antwoord}", "Vraag")
                    blad.document.paragraphs[-1].runs[0].bold = True
            blad.write("", "Tussenruimte")


def _add_over_dit_plan(blad: Blad) -> None:
    """What every document says about itself, without the names of who else gets one."""
    blad.write("Over dit plan", "heading 2")
    with blad.tag("if kop.casuscode"):
        blad.write("Uw code\t{{ kop.casuscode }}", "Gegeven")
    for label, veld in (("Overleg", "tafel"), ("Doel", "doel"), ("Steunt op", "grondslag")):
        blad.write(f"{label}\t{{{{ kop.{veld} }}}}", "Gegeven")


# --- For a zorgoverleg ----------------------------------------------------------------------------------------------


def make_stand_van_zaken() -> WordDocument:
    """To all who sit at a zorgoverleg, the cliënt too: how far each action is, with room to write (S1:55)."""
    blad = Blad()
    blad.write("{{ kop.titel }}", "Title")
    with blad.tag("if kop.casuscode"):
        blad.write("Casus {{ kop.casuscode }}", "Subtitle")
    with blad.tag("if melding and melding.label"):
        blad.write(
            "{{ melding.label }}{% if melding.datum %} — {{ melding.datum }}{% endif %}"
            "{% if melding.uur %}, {{ melding.uur }}{% endif %}",
            "Subtitle",
        )
    with blad.tag("if melding and (melding.plaats or melding.wie)"):
        blad.insert(
            make_label_table(
                ("melding.plaats", "Waar", "{{ melding.plaats }}"), ("melding.wie", "Wie er komt", "{{ melding.wie }}")
            )
        )
    blad.insert(make_gegevens())
    add_wijzigingen(blad)
    blad.write_each("kop.inleiding")
    _add_mededelingen(blad)
    with blad.tag("if plan"), blad.tag("for doel in plan.doelen"):
        blad.write("Doel {{ doel.nummer }}" + PRIORITEIT, "heading 1")
        add_doelstelling(blad)
        with blad.tag("if doel.acties"):
            blad.insert(_make_actiestand())
    blad.write("Wat we afspreken", "heading 1")
    blad.write("Schrijf telkens op wat er gebeurt, wie dat doet en tegen wanneer.", houd_bij=True)
    _add_schrijfregels(blad, 4)
    return end_document(blad)


def _make_actiestand() -> BaseOxmlElement:
    """The actions of one aim with how far they are, and a column to write in."""
    wie: list[Alinea] = [
        ("Celtekst", "{{ regel.wie }}"),
        ("Celklein", "{%p if regel.tegen %}"),
        ("Celklein", "tegen {{ regel.tegen }}"),
        ("Celklein", "{%p endif %}"),
    ]
    rij: Rij = [[("Celtekst", "{{ regel.actie }}")], wie, [("Celtekst", "{{ regel.status }}")], [("Celtekst", "")]]
    breedten = (TEKSTBREEDTE - 6400, 2400, 1500, 2500)
    kop = ("Wat", "Wie en tegen wanneer", "Hoe staat het?", "Notities")
    return make_table(breedten, ["for regel in doel.acties", rij, "endfor"], kop, hoogte=800)


def _add_mededelingen(blad: Blad) -> None:
    """What the coordinator wants these readers to know, or nothing at all."""
    with blad.tag("if melding and melding.mededelingen"):
        blad.write("Goed om te weten", "heading 1")
        blad.write_each("melding.mededelingen")


# --- For the table that weighs whether a case can be closed -----------------------------------------------------------


def make_opvolgfiche() -> WordDocument:
    """To a participant: what came in about the case, its plan, and the stellingen for the table to weigh (S1:75-79)."""
    blad = start_document()
    with blad.tag("for casus in casussen"):
        blad.write("Casus {{ casus.code }}", "heading 1")
        add_toestand(blad)
        add_instemming(blad)
        add_rubrieken(blad)
        add_informatie(blad)
    with blad.tag("if plan"):
        blad.write("Plan van aanpak", "heading 1")
        with blad.tag("if plan.stand"):
            blad.write(f"Stand van het plan: {_STAND}", "Subtitle")
        _add_doelen(blad)
    with blad.tag("if stellingen"):
        blad.write("Te wegen op het overleg", "heading 1")
        blad.write("De deelnemers wegen dit samen, en vullen het samen in op het overleg.", houd_bij=True)
        with blad.tag("for stelling in stellingen"):
            _add_stelling(blad)
    return end_document(blad)


def _add_stelling(blad: Blad) -> None:
    """A stelling with its boxes and two lines to write on; an open question has the lines alone.

    Paragraphs, for no engine keeps a table on one page.
    """
    blad.write("{{ stelling }}", "Kadertitel")
    with blad.tag("if stelling|last != '?'"):
        blad.write(_VAKJES, houd_bij=True)
    _add_schrijfregels(blad, 2)


def _add_schrijfregels(blad: Blad, aantal: int) -> None:
    """Lines to write on, on one page; the paragraph between two keeps them from becoming one frame."""
    for nummer in range(1, aantal + 1):
        blad.write("", "Schrijfregel", houd_bij=nummer < aantal)
        blad.write("", "Tussenruimte", houd_bij=nummer < aantal)
