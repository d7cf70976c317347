"""Word content controls: text, date, dropdown, tick box and repeating rows, as Word 2013 and later write them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from types import MappingProxyType

from pipeline.errors import OverlegFout
from pipeline.forms.wordml import Element, el, name, run
from schemas.formulier import Optie, Vraag, Vraagsoort

#: Word refuses to open a control whose title or tag is longer.
MAX_NAAM = 64
VAKJE_AAN, VAKJE_UIT = "☒", "☐"
VAKJE_FONT = "MS Gothic"
DATUMVORM = MappingProxyType({"nl-BE": "d/MM/yyyy", "nl-NL": "d-MM-yyyy"})

#: Word's own Dutch prompts, so that every reader of forms knows them for what they are.
VRAAG_TEKST = "Klik of tik om tekst in te voeren."
VRAAG_DATUM = "Klik of tik om een datum in te voeren."
VRAAG_KEUZE = "Kies een item."
#: Shorter, and it says what is asked: two of these fields stand side by side.
VRAAG_NAMEN = "Typ hier namen."
#: A field that is not for the sender: nothing to read, nothing to type.
VRAAG_NIETS = "\u00a0"
#: The grey of prompts, on the run as well: LibreOffice forgets the style of a text in a control.
GRIJS = "767676"


class Controls:
    """Makes the controls of one document: every `w:id` once, and a prompt of its own for each tag."""

    def __init__(self, taal: str) -> None:
        """`taal` is the language of the date pickers ("nl-BE")."""
        self._taal = taal
        #: Tag -> the prompt that Word shows again when its control is emptied.
        self.prompts: dict[str, str] = {}
        self._ids = count(1_000_001)

    def locked(self, tag: str, label: str, waarde: str) -> Element:
        """A text that can be read but neither changed nor removed; empty when `waarde` is."""
        inhoud = run(waarde) if waarde else prompt(VRAAG_NIETS)
        self.prompts[tag] = VRAAG_NIETS
        return self._control(tag, label, el("w:text"), inhoud, slot="sdtContentLocked", leeg=not waarde)

    def tick(self, tag: str, label: str, *, slot: str = "") -> Element:
        """A tick box that is off."""
        soort = el(
            "w14:checkbox",
            el("w14:checked", val="0"),
            el("w14:checkedState", val=f"{ord(VAKJE_AAN):04X}", font=VAKJE_FONT),
            el("w14:uncheckedState", val=f"{ord(VAKJE_UIT):04X}", font=VAKJE_FONT),
        )
        return self._control(tag, label, soort, run(VAKJE_UIT, font=VAKJE_FONT), slot=slot)

    def names(self, tag: str, label: str, *, slot: str = "") -> Element:
        """An empty control for names of partners and roles."""
        return self._open(tag, label, el("w:richText"), VRAAG_NAMEN, slot)

    def text(self, tag: str, label: str, *, slot: str = "") -> Element:
        """An empty text control.

        Every text is a rich text: of a plain one LibreOffice 7.4 prints the prompt in black, as if it were an answer,
        and glues the lines together on saving.
        """
        return self._open(tag, label, el("w:richText"), VRAAG_TEKST, slot)

    def date(self, tag: str, label: str) -> Element:
        """An empty date picker."""
        return self._open(tag, label, self._date(), VRAAG_DATUM, "")

    def answer(self, vraag: Vraag, *, slot: str = "") -> Element:
        """The empty control of a question that is answered in one control (every type but `meerkeuze`)."""
        if vraag.soort is Vraagsoort.DATUM:
            return self._open(vraag.id, vraag.label, self._date(), VRAAG_DATUM, slot)
        if vraag.soort is Vraagsoort.KEUZE:
            return self._open(vraag.id, vraag.label, _dropdown(vraag.opties), VRAAG_KEUZE, slot)
        return self.text(vraag.id, vraag.label, slot=slot)

    def section(self, tag: str, label: str, items: Iterable[Iterable[Element]], *, vast: bool = False) -> Element:
        """Repeating blocks of table rows: Word's plus sign copies a block with all its controls, unless `vast`."""
        inhoud = el("w:sdtContent", *(self._item(rijen) for rijen in items))
        soort = el("w15:repeatingSection", el("w15:doNotAllowInsertDeleteSection") if vast else None)
        eigenschappen = self._properties(tag, label, soort)
        return el("w:sdt", eigenschappen, inhoud)

    def _item(self, rijen: Iterable[Element]) -> Element:
        eigenschappen = el("w:sdtPr", self._id(), el("w15:repeatingSectionItem"))
        return el("w:sdt", eigenschappen, el("w:sdtContent", *rijen))

    def _date(self) -> Element:
        return el(
            "w:date",
            el("w:dateFormat", val=DATUMVORM[self._taal]),
            el("w:lid", val=self._taal),
            el("w:storeMappedDataAs", val="dateTime"),
            el("w:calendar", val="gregorian"),
        )

    def _open(self, tag: str, label: str, soort: Element, uitnodiging: str, slot: str) -> Element:
        self.prompts[tag] = uitnodiging
        return self._control(tag, label, soort, prompt(uitnodiging), slot=slot, leeg=True)

    def _control(
        self, tag: str, label: str, soort: Element, inhoud: Element, *, slot: str = "", leeg: bool = False
    ) -> Element:
        eigenschappen = self._properties(tag, label, soort, slot=slot, leeg=leeg)
        return el("w:sdt", eigenschappen, el("w:sdtContent", inhoud))

    def _properties(self, tag: str, label: str, soort: Element, *, slot: str = "", leeg: bool = False) -> Element:
        if len(tag) > MAX_NAAM:
            raise OverlegFout(f"De naam '{tag}' is langer dan {MAX_NAAM} tekens: Word kan dat formulier niet openen.")
        # LibreOffice before 7.5 drops the tag and keeps the name of the prompt: both carry the question's id.
        herkenning = None if soort.tag == name("w15:repeatingSection") else el("w:docPart", val=tag)
        return el(
            "w:sdtPr",
            el("w:alias", val=shorten(label)),
            el("w:tag", val=tag),
            self._id(),
            el("w:lock", val=slot) if slot else None,
            el("w:placeholder", herkenning) if herkenning is not None else None,
            el("w:showingPlcHdr") if leeg else None,
            soort,
        )

    def _id(self) -> Element:
        return el("w:id", val=str(next(self._ids)))


def prompt(uitnodiging: str) -> Element:
    """What an empty control shows."""
    return run(uitnodiging, "PlaceholderText", kleur=GRIJS)


def shorten(label: str) -> str:
    """The label as Word can hold it in a control's title."""
    return label if len(label) <= MAX_NAAM else label[: MAX_NAAM - 1].rstrip() + "…"


def _dropdown(opties: Iterable[Optie]) -> Element:
    keuzes = (el("w:listItem", displayText=optie.label, value=optie.id) for optie in opties)
    return el("w:dropDownList", el("w:listItem", value=VRAAG_KEUZE), *keuzes)
