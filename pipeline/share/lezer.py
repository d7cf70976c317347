"""The one place where a flag is held against a recipient: for answers, rows of a plan, passages and mededelingen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from schemas.deelbeeld import Ontvanger
from schemas.deling import Deelregel, Deling, Vlag

#: Why something stands in a copy, for the register, when no release but a flag let it through.
GROND_VLAG = "aangeduid als deelbaar op het formulier"


@dataclass(frozen=True)
class Lezer:
    """One recipient of one kind of document."""

    deling: Deling
    document: str
    ontvanger: Ontvanger
    bekend: frozenset[str]  #: every name that somebody at this table bears today
    namens: frozenset[str] = frozenset()  #: roles of the people of this case for whom he works: kept from them too

    def may_read(self, vlag: Vlag) -> bool:
        """Whether this flag lets this recipient in, within what the table allows this document."""
        return (
            vlag.allows(self._groepen, self.ontvanger.ids)
            and not self.is_excluded(vlag)
            and all(self._lets_in(vlag, groep) for groep in (self._regel.ook_voor if self._regel else ()))
        )

    def is_excluded(self, vlag: Vlag) -> bool:
        """Whether "niet voor" keeps him out, by his own name or that of somebody for whom he works.

        What is kept from somebody who now may bear another name, is kept from everybody.
        """
        return bool(vlag.niet_voor & (self.ontvanger.ids | self.namens)) or not vlag.niet_voor <= self.bekend

    def holds(self, vraag: str) -> bool:
        """Whether this document may hold an answer to this question at all; without a rule it holds none."""
        regel = self._regel
        return regel is not None and vraag.split(".")[0] in regel.rubrieken and vraag not in regel.zonder_vragen

    @cached_property
    def _regel(self) -> Deelregel | None:
        return self.deling.get_deelregel(self.document)

    @cached_property
    def _groepen(self) -> frozenset[str]:
        """The doelgroepen of this recipient, as far as this document goes by their flags."""
        groepen = self.deling.get_doelgroepen(self.ontvanger.rollen)
        return groepen if self._regel is None else groepen & frozenset(self._regel.doelgroepen)

    def _lets_in(self, vlag: Vlag, groep_id: str) -> bool:
        """Whether everybody of this group may see it: flagged for it, and nobody in it kept out by name."""
        rollen = [rol for groep in self.deling.doelgroepen if groep.id == groep_id for rol in groep.rollen]
        return bool(rollen) and all(vlag.allows(frozenset({groep_id}), frozenset({rol})) for rol in rollen)
