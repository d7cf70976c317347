"""A copy on its way to a package, and whether it is one that the recipient does not have yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from pipeline.register import Register
from pipeline.revise import revise_beeld
from schemas.deelbeeld import Deelbeeld
from schemas.nazicht import Nazichtvraag


@dataclass(frozen=True)
class Bijlage:
    """A form that travels with a document; built only when the document is."""

    naam: str
    build: Callable[[], bytes]


@dataclass(frozen=True)
class Stuk:
    """One copy to make, in the folder where it belongs."""

    map: str
    beeld: Deelbeeld
    bijlagen: tuple[Bijlage, ...] = ()
    vragen: tuple[Nazichtvraag, ...] = ()  #: what the coordinator has to answer before it may be made

    @property
    def namen(self) -> tuple[str, ...]:
        """The file names that it becomes."""
        stam = self.beeld.bestandsnaam
        return (f"{stam}.docx", f"{stam}.pdf", *(bijlage.naam for bijlage in self.bijlagen))


@dataclass
class Pakketplan:
    """All copies for one folder: they are made together or not at all."""

    map: str
    stukken: list[Stuk] = field(default_factory=list)

    @property
    def beelden(self) -> list[Deelbeeld]:
        """Their Deelbeelden, in order."""
        return [stuk.beeld for stuk in self.stukken]


def revise_stuk(stuk: Stuk, register: Register) -> Stuk | None:
    """The copy as a first or next version; None when the recipient has it already."""
    beeld = revise_beeld(stuk.beeld, register.get_verstrekking(stuk.beeld.sleutel))
    if beeld is None:
        return None
    staart = f" versie {beeld.kop.versie}" if beeld.kop.versie > 1 else ""
    bijlagen = tuple(Bijlage(_insert(b.naam, staart), b.build) for b in stuk.bijlagen)
    return replace(stuk, beeld=beeld, bijlagen=bijlagen)


def revise_all(stukken: Iterable[Stuk], register: Register) -> list[Stuk]:
    """Of all copies, those that their recipient does not have yet."""
    return [nieuw for stuk in stukken if (nieuw := revise_stuk(stuk, register)) is not None]


def _insert(naam: str, staart: str) -> str:
    stam, punt, soort = naam.rpartition(".")
    return f"{stam}{staart}{punt}{soort}"
