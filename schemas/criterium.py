"""The grammar of criteria: published words, source, and one of a closed set of tests with three outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

from pydantic import Field, model_validator

from schemas.base import Model
from schemas.formulier import NAAM_ID, VRAAG_ID


class Klasse(StrEnum):
    """Who can tell whether a criterium is met."""

    FORMEEL = "formeel"  #: read from the form
    VERKLAARD = "verklaard"  #: declared and argued by the aanmelder
    OORDEEL = "oordeel"  #: only the table can weigh it


class Gevolg(StrEnum):
    """What a criterium that is not met leads to. Never a verdict on the case itself."""

    NIET_ONTVANKELIJK = "niet_ontvankelijk"
    AANDACHT = "aandacht"  #: a guideline: people decide
    MELDING = "melding"  #: shown, never a bar (S0:34)


class Is(Model):
    """The answer is this option."""

    vraag: str = Field(pattern=VRAAG_ID)
    waarde: str


class IsEenVan(Model):
    """The answer is one of these options, or, with `lijst`, stands in a list of the table."""

    vraag: str = Field(pattern=VRAAG_ID)
    waarden: tuple[str, ...] = ()
    lijst: str | None = Field(default=None, pattern=r"^(gemeenten|partners)$")

    @model_validator(mode="after")
    def _check_bron(self) -> IsEenVan:
        if bool(self.waarden) == bool(self.lijst):
            raise ValueError("is_een_van vraagt 'waarden' of 'lijst', precies een van beide")
        return self


class Ingevuld(Model):
    """The question is answered."""

    vraag: str = Field(pattern=VRAAG_ID)


class Minstens(Model):
    """At least `aantal` choices, or rows with this question answered."""

    vraag: str = Field(pattern=VRAAG_ID)
    aantal: int = Field(ge=1)


class Leeftijd(Model):
    """Age in whole years at the date of the aanmelding, from a birth date.

    A child that is not born yet (`kern.UITGEREKEND`) is younger than any bound: with `minstens`, be it 0, it is kept
    out, with `jonger_dan` alone it is let in.
    """

    vraag: str = Field(pattern=VRAAG_ID)
    minstens: int | None = Field(default=None, ge=0)
    jonger_dan: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _check_grens(self) -> Leeftijd:
        if self.minstens is None and self.jonger_dan is None:
            raise ValueError("leeftijd vraagt 'minstens' of 'jonger_dan'")
        return self


class Weging(Model):
    """Only people can weigh this: an open question on the agenda."""

    vraag_aan_tafel: str = Field(min_length=1)


class Rijen(Model):
    """So many rows of a rubriek pass `met`, which looks at questions of the row itself: who it is, what it says.

    With `verschillend` rows that say the same there count once: the same provider, asked twice, is one (S2:36).
    """

    rubriek: str = Field(pattern=NAAM_ID)
    met: Toets
    minstens: int | None = Field(default=None, ge=1)
    hoogstens: int | None = Field(default=None, ge=0)
    verschillend: str | None = Field(default=None, pattern=VRAAG_ID)

    @model_validator(mode="after")
    def _check_grens(self) -> Rijen:
        if self.minstens is None and self.hoogstens is None:
            raise ValueError("rijen vraagt 'minstens' of 'hoogstens'")
        return self


class AlsDan(Model):
    """When `als` holds, `dan` must hold; when `als` does not hold, `anders` (or nothing) must."""

    als: Toets
    dan: Toets
    anders: Toets | None = None


class Toets(Model):
    """Exactly one test. The keys are the closed set."""

    is_: Is | None = Field(default=None, alias="is")
    is_een_van: IsEenVan | None = None
    ingevuld: Ingevuld | None = None
    minstens: Minstens | None = None
    leeftijd: Leeftijd | None = None
    weging: Weging | None = None
    alle: tuple[Toets, ...] | None = None
    een_van: tuple[Toets, ...] | None = None
    niet: Toets | None = None
    als_dan: AlsDan | None = None
    rijen: Rijen | None = None

    # After, not before: a before-validator would leave JSON mode, in which strict models take lists for tuples.
    @model_validator(mode="after")
    def _check_one(self) -> Toets:
        if len(self.model_fields_set) != 1:
            raise ValueError(f"een toets heeft precies een van: {', '.join(TOETSEN)}")
        return self

    def get_vragen(self) -> tuple[str, ...]:
        """Ids of all questions that this test, or a test within it, looks at."""
        blad = self.is_ or self.is_een_van or self.ingevuld or self.minstens or self.leeftijd
        if blad is not None:
            return (blad.vraag,)
        return tuple(vraag for kind in self._get_children() for vraag in kind.get_vragen())

    def _get_children(self) -> tuple[Toets, ...]:
        als_dan = (self.als_dan.als, self.als_dan.dan, self.als_dan.anders) if self.als_dan else ()
        rijen = (self.rijen.met,) if self.rijen else ()
        delen = (*(self.alle or ()), *(self.een_van or ()), self.niet, *als_dan, *rijen)
        return tuple(toets for toets in delen if toets is not None)

    def iterate_rijen(self) -> Iterator[Rijen]:
        """All counts of rows within this test."""
        if self.rijen:
            yield self.rijen
        for kind in self._get_children():
            yield from kind.iterate_rijen()

    def get_wegingen(self) -> tuple[Weging, ...]:
        """All questions for people within this test."""
        if self.weging:
            return (self.weging,)
        return tuple(weging for kind in self._get_children() for weging in kind.get_wegingen())


TOETSEN = (
    *("is", "is_een_van", "ingevuld", "minstens", "leeftijd", "weging"),
    *("alle", "een_van", "niet", "als_dan", "rijen"),
)


class Criterium(Model):
    """One criterium with the words in which it was published."""

    id: str = Field(pattern=NAAM_ID)
    kort: str = Field(min_length=1)  #: a few words for tables
    tekst: str = Field(min_length=1)  #: the published words
    bron: str = Field(min_length=1)
    geldig_vanaf: dt.date
    geldig_tot: dt.date | None = None
    klasse: Klasse
    gevolg: Gevolg
    toets: Toets
