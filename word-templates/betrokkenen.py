"""The templates for people a case is about who take part in it: plain words, larger type, one person a letter."""

from __future__ import annotations

from delen import (
    LABELTABEL,
    PLAATS,
    WANNEER,
    Blad,
    add_inleiding,
    add_let_op,
    add_slot,
    end_letter,
    make_label_table,
    start_letter,
)
from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement
from huisstijl import TEKSTBREEDTE, Rij, make_box, make_table
from plannen import enlarge

_SMAL = (2400, TEKSTBREEDTE - 2400)


def make_uitnodiging_betrokkene() -> WordDocument:
    """When and where, and all that was meant for this person to read beforehand (S2:58-61)."""
    blad = _start()
    add_inleiding(blad, "Wij nodigen u uit om mee te praten. Hieronder leest u wanneer en waar.")
    with blad.tag("if ontmoeting"):
        blad.write("Wanneer en waar", "heading 2")
        blad.insert(make_label_table(("", "Wanneer", WANNEER), _rename(PLAATS, "Waar"), breedten=_SMAL))
        add_let_op(blad)
    with blad.tag("for casus in casussen"):
        _add_rubrieken(blad)
        _add_weten(blad)
    add_slot(blad, "Hebt u een vraag? Bel of mail dan met {{ kop.contact.naam }}.")
    return end_letter(blad)


def make_besluit_betrokkene() -> WordDocument:
    """What was decided, the words that are meant for this person, and what he or she is going to do."""
    blad = _start()
    add_inleiding(blad, "Wij hebben met elkaar gesproken. In deze brief leest u wat er is besloten.")
    with blad.tag("if besluit"):
        blad.insert(make_box([("Celtitel", "{{ besluit.label }}")]))
        blad.write_each("besluit.alineas")
        for veld, titel in (("reden", "Waarom"), ("advies", "Ons advies"), ("partner", "Wie er verder helpt")):
            with blad.tag(f"if besluit.{veld}"):
                blad.write(titel, "heading 2")
                blad.write(f"{{{{ besluit.{veld} }}}}")
    with blad.tag("if passages"):
        blad.write("Wat er is afgesproken", "heading 2")
        blad.write_each("passages")
    with blad.tag("if afspraken"):
        blad.write("Eigen afspraken", "heading 2")
        blad.insert(_make_afspraken())
    add_slot(blad, "Hebt u een vraag? Bel of mail dan met {{ kop.contact.naam }}.")
    return end_letter(blad)


def make_bericht() -> WordDocument:
    """The words of a melding that are meant for this person, and nothing else."""
    blad = _start()
    add_inleiding(blad, "Wij willen u iets laten weten over de bespreking waarvoor u eerder bericht kreeg.")
    with blad.tag("if melding"):
        blad.write_each("melding.mededelingen")
    add_slot(blad, "Hebt u een vraag? Bel of mail dan met {{ kop.contact.naam }}.")
    return end_letter(blad)


def _start() -> Blad:
    blad = start_letter()
    enlarge(blad.document)
    return blad


def _rename(rij: tuple[str, str, str], label: str) -> tuple[str, str, str]:
    return rij[0], label, rij[2]


def _add_rubrieken(blad: Blad) -> None:
    """What was shared, per rubriek. An answer that stands alone needs no label: the heading says what it is about."""
    with blad.tag("for rubriek in casus.rubrieken"):
        blad.write("{{ rubriek.titel }}", "heading 2")
        _add_velden(blad, "rubriek.velden")
        with blad.tag("for rij in rubriek.rijen"):
            with blad.tag("if rij.velden|length > 1"):
                blad.write("{{ rij.titel }}", "heading 3")
            _add_velden(blad, "rij.velden")


def _add_velden(blad: Blad, lijst: str) -> None:
    velden: list[Rij] = [[[("Cellabel", "{{ veld.label }}")], [("Celtekst", "{{ veld.waarde }}")]], "endfor"]
    with blad.tag(f"if {lijst}|length > 1"):
        blad.insert(make_table(LABELTABEL, [f"for veld in {lijst}", *velden]))
    with blad.tag(f"if {lijst}|length == 1"):
        blad.write(f"{{{{ ({lijst}|first).waarde }}}}")


def _make_afspraken() -> BaseOxmlElement:
    breedten = (900, TEKSTBREEDTE - 3300, 2400)
    rij: Rij = [[("Celtekst", f"{{{{ afspraak.{veld} }}}}")] for veld in ("nummer", "wat", "tegen")]
    return make_table(breedten, ["for afspraak in afspraken", rij, "endfor"], ("Nr.", "Wat", "Wanneer klaar"))


def _add_weten(blad: Blad) -> None:
    """Facts and assessments, apart, in words for somebody who reads about himself."""
    breedten = (TEKSTBREEDTE - 4800, 2600, 2200)
    for lijst, titel, kolom in (("feiten", "Wat er is gebeurd", "Wat"), ("inschattingen", "Wat wij denken", "Wat")):
        rij: Rij = [[("Celtekst", f"{{{{ regel.{veld} }}}}")] for veld in ("tekst", "bron", "datum")]
        with blad.tag(f"if casus.{lijst}"):
            blad.write(titel, "heading 2")
            rijen: list[Rij] = [f"for regel in casus.{lijst}", rij, "endfor"]
            blad.insert(make_table(breedten, rijen, (kolom, "Hoe wij dit weten", "Wanneer")))
