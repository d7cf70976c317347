"""The rows beside the decisions: to-do's with who and by when, and words that the table releases (S0:36, S0:38)."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.decide import texts
from pipeline.decide.punten import Punt
from pipeline.decide.vervolgtexts import tell_passage_unreached
from pipeline.decide.zitting import Zitting
from pipeline.rowcheck import find_unreadable, get_ids, is_answered
from schemas import kern
from schemas.aanmelding import Rij
from schemas.bevinding import Bevinding
from schemas.code import spell_code
from schemas.deling import Vlag
from schemas.dossier import Afspraak, Dossier, GenomenBesluit, Passage

AFSPRAKEN = kern.AFSPRAAK_CASUS.split(".")[0]
PASSAGES = kern.PASSAGE_CASUS.split(".")[0]
_CASUS = kern.AFSPRAAK_CASUS.split(".")[1]
_WAT = kern.AFSPRAAK_WAT.split(".")[1]
_WIE = kern.AFSPRAAK_WIE.split(".")[1]
_TEGEN = kern.AFSPRAAK_TEGEN.split(".")[1]
_TEKST = kern.PASSAGE_TEKST.split(".")[1]
_LENGTE = 5


class Nummering:
    """Numbers for the to-do's of one form: the same form gives the same, and no to-do has that of another."""

    def __init__(self, sha256: str, dossiers: Iterable[Dossier]) -> None:
        """`sha256` is the form's; `dossiers` are all that there are."""
        self._sha256 = sha256
        self._bezet = {afspraak.nummer for dossier in dossiers for afspraak in dossier.afspraken}

    def draw(self, rij: int) -> str:
        """The number of the to-do in this row."""
        pogingen = (f"{self._sha256} {AFSPRAKEN} {rij} {poging}" for poging in itertools.count())
        codes = (spell_code(hashlib.sha256(tekst.encode()).digest(), _LENGTE) for tekst in pogingen)
        nummer = next(code for code in codes if code not in self._bezet)
        self._bezet.add(nummer)
        return nummer


@dataclass(frozen=True)
class Rijenlezer:
    """Reads rows next to what the form decides (by casuscode)."""

    zitting: Zitting
    punten: Mapping[str, Punt]
    nummering: Nummering

    def read_afspraak(self, nummer: int, rij: Rij) -> tuple[str, Afspraak, list[Bevinding]]:
        """Code, to-do and what is wrong with it."""
        code = rij.get_tekst(_CASUS)
        plaats = self.zitting.describe_row(AFSPRAKEN, nummer, code)
        tegen = rij.get(_TEGEN)
        afspraak = Afspraak(
            overleg=self.zitting.overleg.id,
            datum=self.zitting.datum,
            wat=rij.get_tekst(_WAT),
            wie=tuple(dict.fromkeys(get_ids(rij.get(_WIE)))),
            tegen=tegen.get_datum() if tegen else None,
            nummer=self.nummering.draw(nummer),
        )
        fouten = [*self._check_casus(code, plaats), *find_unreadable(rij.antwoorden, plaats)]
        fouten += [*self._check_complete(rij, (_WAT, _WIE), plaats), *self._check_wie(code, afspraak, rij, plaats)]
        if tegen is not None and afspraak.tegen is not None and afspraak.tegen < self.zitting.datum:
            fouten.append(texts.refuse_early(plaats, tegen.label, self.zitting.datum))
        return code, afspraak, fouten

    def read_passage(self, nummer: int, rij: Rij) -> tuple[str, Passage, list[Bevinding]]:
        """Code, passage and what is wrong with it."""
        code = rij.get_tekst(_CASUS)
        plaats = self.zitting.describe_row(PASSAGES, nummer, code)
        antwoord = rij.get(_TEKST)
        vlag = antwoord.vlag if antwoord else Vlag()
        passage = Passage(
            overleg=self.zitting.overleg.id, datum=self.zitting.datum, tekst=rij.get_tekst(_TEKST), vlag=vlag
        )
        fouten = [*self._check_casus(code, plaats), *find_unreadable(rij.antwoorden, plaats)]
        if not is_answered(antwoord):
            fouten.append(texts.refuse_passage_empty(plaats, self._get_label(kern.PASSAGE_TEKST)))
        elif not vlag.deelbaar_met:
            fouten.append(texts.warn_passage_unshared(plaats))
        else:
            fouten += self._tell_unreached(code, vlag, plaats)
        return code, passage, fouten

    def _check_casus(self, code: str, plaats: str) -> Iterator[Bevinding]:
        dossier, punt = self.zitting.agenda.get(code), self.punten.get(code)
        if dossier is None:
            yield texts.refuse_not_on_agenda(plaats)
        elif self.zitting.get_eerder(dossier) is None and (punt is None or not (punt.besluit or punt.is_refused)):
            yield texts.refuse_row_undecided(plaats)

    def _tell_unreached(self, code: str, vlag: Vlag, plaats: str) -> Iterator[Bevinding]:
        genomen = self._get_besluit(code)
        besluit = self.zitting.tafel.get_besluit(genomen.besluit) if genomen else None
        groepen = self.zitting.list_unreached(vlag, besluit.id) if besluit else ()
        if besluit and groepen:
            yield tell_passage_unreached(plaats, groepen, besluit)

    def _check_complete(self, rij: Rij, velden: tuple[str, ...], plaats: str) -> Iterator[Bevinding]:
        for veld in velden:
            antwoord = rij.get(veld)
            if not is_answered(antwoord) and not (antwoord and antwoord.bezwaar):
                yield texts.refuse_todo_incomplete(plaats, self._get_label(f"{AFSPRAKEN}.{veld}"))

    def _check_wie(self, code: str, afspraak: Afspraak, rij: Rij, plaats: str) -> Iterator[Bevinding]:
        yield from self.zitting.namen.find_unknown([rij.get(_WIE)], plaats)
        ongetekend = self.zitting.namen.list_unsigned(afspraak.wie, self.zitting.vandaag)
        yield from (texts.refuse_unsigned_todo(plaats, partner.naam) for partner in ongetekend)
        wie = tuple(naam for naam in afspraak.wie if naam not in {partner.id for partner in ongetekend})
        for naam in self.zitting.list_absent(wie, self._list_present(code)):
            yield texts.warn_absent(plaats, naam)

    def _list_present(self, code: str) -> tuple[str, ...]:
        besluit = self._get_besluit(code)
        return besluit.aanwezig if besluit else ()

    def _get_besluit(self, code: str) -> GenomenBesluit | None:
        """What was decided on this case, by this form or else by the one before it of this overleg."""
        dossier, punt = self.zitting.agenda.get(code), self.punten.get(code)
        eerder = self.zitting.get_eerder(dossier) if dossier else None
        return punt.besluit if punt and punt.besluit else eerder

    def _get_label(self, vraag_id: str) -> str:
        vraag = self.zitting.formulier.get_vraag(vraag_id)
        return vraag.label if vraag else vraag_id
