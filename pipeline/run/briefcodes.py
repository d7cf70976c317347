"""The code that a case had, by the letter to who submitted it: for when nothing else was kept of how a form came in."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.deliver import UIT
from pipeline.disk import translate_faults
from schemas.code import TEKENS

_MAP = re.compile(rf"(\d{{4}}-\d\d-\d\d) brieven/\S+ ([{TEKENS}]{{6}})")


@dataclass
class Briefcodes:
    """By day: the codes for which a letter lies in `uit/`, with the mailbox to which it was to go."""

    per_dag: Mapping[dt.date, Mapping[str, str]]
    gebruikt: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, werkmap: Path) -> Briefcodes:
        """Look through the drafts of mails. Raises SchijfFout."""
        per_dag: dict[dt.date, dict[str, str]] = {}
        bekend: set[str] = set()
        with translate_faults(werkmap / UIT):
            for pad in sorted((werkmap / UIT).glob("* brieven/*/mail.eml")):
                treffer = _MAP.fullmatch(pad.parent.relative_to(werkmap / UIT).as_posix())
                if treffer is None or treffer[2] in bekend:  # only the first letter is of the day on which it came in
                    continue
                bericht = email.message_from_bytes(pad.read_bytes(), policy=email.policy.default)
                bekend.add(treffer[2])
                adres = str(bericht.get("To", "")).casefold()
                per_dag.setdefault(dt.date.fromisoformat(treffer[1]), {})[treffer[2]] = adres
        return cls(per_dag)

    def guess(self, dag: dt.date, tekst: str) -> str:
        """The one code of that day whose mailbox stands on the form; "" when there is none, or more than one."""
        passend = [c for c, adres in self.per_dag.get(dag, {}).items() if adres and adres in tekst.casefold()]
        vrij = [code for code in passend if code not in self.gebruikt]
        return vrij[0] if len(passend) == len(vrij) == 1 else ""
