"""Stirs everything that a recipient may not see, and holds equal what the table releases to him."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from operator import attrgetter
from typing import TypeVar

from support_bewijs import CODES, GEEN, VANDAAG, Fabriek, Wereld, draw_eerder, edit
from support_blad import Blad, Ervaring, Greep, Regel, Stap, Telling, Vel
from support_zicht import Zicht

from schemas.aanmelding import Antwoord, Rij, Status
from schemas.deling import Vlag
from schemas.documentsoort import Aanleiding, Documentsoort
from schemas.dossier import (
    Actie,
    Afspraak,
    Afspraakstatus,
    Dossier,
    Fasewissel,
    Inbreng,
    Mededeling,
    Melding,
    Passage,
    PlanVanAanpak,
)
from schemas.formulier import Formuliersoort
from schemas.inzending import Herkomst
from schemas.tafel import Rolsoort
from schemas.tafeldata import Tafeldata

T = TypeVar("T")

_RANG = attrgetter("rang")
_TELLINGEN: dict[str, Telling] = {}

#: How a scramble goes about it; the last does everything at random.
WIJZEN = ("vervang", "leeg", "weg", "bij", "herorden", "alles")

#: Texts of a decision, printed or not, and what can be done to a list.
_NOTITIES = (
    *("notitie", "pistes", "formuliernummer", "advies", "reden", "onveiligheid", "geinformeerd", "stemt_in"),
    *("terugkoppeling", "terugkoppeling_hoe"),
)
_LIJSTSTAPPEN = ("vervang", "weg", "verplaatst", "bij")
#: Steps on what came in after the aanmelding; each does something to one thing, seen or not.
LATERE_STAPPEN = (
    *(f"{lijst} {wat}" for lijst in ("actie", "melding", "mededeling", "inbrengrij") for wat in _LIJSTSTAPPEN),
    *("plan versies", "plan kop", "melding velden", "inbreng kop", "afspraak stand"),
)

Dossierstap = Callable[[Dossier], Dossier]
Gezien = frozenset[str]  #: which recipients see an answer


@dataclass(frozen=True, eq=False)
class Cel:
    """An answer in its place: number of the rubriek, of the row (-1 without one), of the answer; and who sees it."""

    rubriek: int
    rij: int
    plaats: int
    antwoord: Antwoord
    gezien: Gezien


@dataclass(frozen=True, eq=False)
class Zaak:
    """One dossier, and what of it this recipient sees."""

    dossier: Dossier
    mijn: bool
    ziet: Callable[[str, Vlag], Gezien]
    cellen: tuple[Cel, ...]
    onzichtbaar: tuple[tuple[int, int], ...]  #: rubriek and row of the rows of which nothing is seen
    ervaring: Ervaring

    @cached_property
    def mededelingen(self) -> tuple[tuple[Melding, Mededeling], ...]:
        return tuple((melding, tekst) for melding in self.dossier.meldingen for tekst in melding.mededelingen)

    @cached_property
    def teksten(self) -> tuple[Mededeling, ...]:
        return tuple(tekst for _, tekst in self.mededelingen)

    @cached_property
    def inbrengrijen(self) -> tuple[tuple[int, str, Rij], ...]:
        """Number of the inbreng, id of the rubriek, row."""
        inbreng = enumerate(self.dossier.inbreng)
        return tuple((n, r.id, rij) for n, i in inbreng for r in i.rubrieken for rij in r.rijen)

    @cached_property
    def rijen(self) -> tuple[Rij, ...]:
        return tuple(rij for _, _, rij in self.inbrengrijen)


@dataclass
class Roerder:
    """Makes worlds that this recipient must not be able to tell from the first. `gedaan` counts what was changed."""

    zicht: Zicht
    rng: random.Random
    gedaan: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        wereld = self.zicht.wereld
        self._fabriek = Fabriek(wereld.data, wereld.werkmap, self.rng, merk="z")
        self._fabriek.mijd = lambda vlag: self.rng.random() < 0.95 and self.zicht.lets_in(vlag)
        self._fabriek.mijd_namen = self.zicht.list_names()
        self._vlaggen: dict[tuple[str, Hashable, Gezien], list[Vlag]] = {}
        self._soorten: dict[str, Hashable] = {}  # kinds of questions
        self._vrijgegeven = {d.code: self.zicht.list_released(d) for d in wereld.dossiers}
        self._verborgen: dict[int, tuple[list[int], Sequence[object]]] = {}  # by identity of the list, which is kept
        self._punten: dict[tuple[object, ...], object] = {}
        self._agenda = {d.code: self._find_punt(d) for d in wereld.dossiers}
        self._telling, self._geduld = Telling(geweigerd=Counter(self.zicht.list_delicate())), 0
        self._zaken = {d.code: self._open_zaak(d) for d in wereld.dossiers}

    def _open_zaak(self, dossier: Dossier) -> Zaak:
        mijn = self.zicht.concerns(dossier)

        see = self.zicht.watch(dossier)
        eerder: dict[tuple[Hashable, int], tuple[Gezien, Vlag]] = {}  # by identity of the flag, which is kept

        def ziet(vraag: str, vlag: Vlag) -> Gezien:
            sleutel = (self._get_kind(vraag), id(vlag))
            if sleutel not in eerder:
                eerder[sleutel] = (see(vraag, vlag) if mijn else frozenset(), vlag)
            return eerder[sleutel][0]

        cellen = [
            Cel(nummer, rij, plaats, antwoord, ziet(antwoord.vraag, antwoord.vlag))
            for nummer, rubriek in enumerate(dossier.aanmelding.rubrieken)
            for rij, antwoorden in enumerate((rubriek.antwoorden, *(r.antwoorden for r in rubriek.rijen)), start=-1)
            for plaats, antwoord in enumerate(antwoorden)
        ]
        rijen = {(cel.rubriek, cel.rij) for cel in cellen if cel.rij >= 0}
        gezien = {(cel.rubriek, cel.rij) for cel in cellen if cel.gezien}
        ervaring = Ervaring(soortgelijk=(self._telling, _count_together(self.zicht.wereld.data, self.zicht.soort)))
        return Zaak(dossier, mijn, ziet, tuple(cellen), tuple(sorted(rijen - gezien)), ervaring)

    def _get_kind(self, vraag: str) -> Hashable:
        if vraag not in self._soorten:
            self._soorten[vraag] = self.zicht.get_kind(vraag)
        return self._soorten[vraag]

    def stir(self, wijze: str) -> Wereld:
        """One scramble of all cases. A step that would change what is released is left out; all others stay."""
        wereld = self.zicht.wereld
        return self._finish(replace(wereld, dossiers=tuple(self._stir_zaak(d.code, wijze) for d in wereld.dossiers)))

    def stir_on(self, aantal: int) -> Iterator[Wereld]:
        """So many scrambles: first all cases are stirred, then each time one of them anew, from what it was at first.

        The others stay as they were stirred before. A case that reaches the recipient has its turn three times as
        often, and every case has all ways of stirring in turn.
        """
        wereld = self.zicht.wereld
        beurten = [d.code for d in wereld.dossiers for _ in range(3 if self._reaches(d) else 1)]
        wijzen = {d.code: list(WIJZEN) for d in wereld.dossiers}
        nu = {d.code: d for d in wereld.dossiers}
        for nummer in range(aantal):
            for code in nu if nummer == 0 else [self.rng.choice(beurten)]:
                wijze = wijzen[code].pop(self.rng.randrange(len(wijzen[code])))
                wijzen[code] = wijzen[code] or list(WIJZEN)
                nu[code] = self._stir_zaak(code, wijze)
            yield self._finish(replace(wereld, dossiers=tuple(nu.values())))

    def _finish(self, wereld: Wereld) -> Wereld:
        wereld = replace(wereld, eerder=self._stir_earlier(wereld))
        return self._stir_cases(wereld) if self.rng.random() < 0.3 else wereld

    def _stir_earlier(self, wereld: Wereld) -> dict[str, dict[str, dt.date]]:
        """Others got other documents before; what he got himself, he knows."""
        nieuw = {code: draw_eerder(self._fabriek) for code in wereld.eerder}
        for code, dagen in nieuw.items():
            for naam in self.zicht.list_ids():
                eigen = wereld.eerder[code].get(naam)
                dagen.pop(naam, None)
                dagen.update({naam: eigen} if eigen is not None else {})
        self.gedaan["eerder"] += 1
        return nieuw

    # --- another case less, or one more ---

    def _stir_cases(self, wereld: Wereld) -> Wereld:
        """Another case less, or one more that is on no agenda of his or not this recipient's business."""
        vreemd = [d for d in wereld.dossiers if not self._reaches(d)]
        if vreemd and self.rng.random() < 0.5:
            self.gedaan["casus weg"] += 1
            return replace(wereld, dossiers=tuple(d for d in wereld.dossiers if d is not vreemd[0]))
        code = self.rng.choice(CODES)[:-1] + self.rng.choice("CDF")
        if any(d.code == code for d in wereld.dossiers) or (not vreemd and not self.zicht.soort.overleg):
            return wereld
        fase = self.rng.choice(wereld.data.tafel.fasen).id
        bron = self.rng.choice(vreemd or wereld.dossiers)
        vers: dict[str, object] = {} if vreemd else {"besluiten": (), "afspraken": ()}
        extra = edit(bron, code=code, fase=fase, **vers)
        if self._find_punt(extra) or self._reaches(extra):
            return wereld
        nieuw = replace(wereld, dossiers=tuple(sorted((*wereld.dossiers, extra), key=lambda d: d.code)))
        if self.zicht.soort.aanleiding is Aanleiding.TAFEL and nieuw.count() != wereld.count():
            return wereld  # what is released is a band; one case more may be the one with which the next begins
        self.gedaan["casus bij"] += 1
        return nieuw

    def _reaches(self, dossier: Dossier) -> bool:
        """Whether anything of this case stands in any copy of his: the case itself, or a to-do that is still open."""
        return self.zicht.concerns(dossier) or self.zicht.has_open(dossier)

    # --- one case: as many steps as leave equal what is released ---

    def _stir_zaak(self, code: str, wijze: str) -> Dossier:
        zaak = self._zaken[code]
        stappen = [*self._list_form_steps(zaak, wijze), *self._list_rest_steps(zaak)]
        for nummer, stap in enumerate(stappen):
            stap.rang = nummer
        veilig, gewaagd = zaak.ervaring.split(stappen, self.rng)
        self._geduld = 60 if self.rng.random() < 0.3 else 6
        gekozen, dossier = self._take(zaak, [], veilig)
        gekozen, beter = self._take(zaak, gekozen, gewaagd)
        self.gedaan.update(stap.naam for stap in gekozen)
        return beter or dossier or zaak.dossier

    def _take(self, zaak: Zaak, gekozen: list[Stap], stappen: list[Stap]) -> tuple[list[Stap], Dossier | None]:
        """These steps beside the chosen ones when nothing released changes by it, else each half by itself.

        Mostly it soon gives up, and leaves out the steps in which the one must be that changes something.
        """
        if not stappen or not self._geduld:
            return gekozen, None
        self._geduld -= 1
        samen = sorted((*gekozen, *stappen), key=_RANG)
        dossier = self._apply(zaak, samen)
        if self._is_equal(dossier):
            zaak.ervaring.learn(stappen, gelukt=True)
            return samen, dossier
        if len(stappen) == 1:
            zaak.ervaring.learn(stappen, gelukt=False)
            return gekozen, None
        helft = len(stappen) // 2
        gekozen, eerste = self._take(zaak, gekozen, stappen[:helft])
        gekozen, tweede = self._take(zaak, gekozen, stappen[helft:])
        return gekozen, tweede or eerste

    def _apply(self, zaak: Zaak, stappen: Sequence[Stap]) -> Dossier:
        blad = Blad(zaak.dossier)
        for stap in stappen:
            stap.doe(blad)
        return blad.close()

    def _is_equal(self, dossier: Dossier) -> bool:
        """Whether this case still comes to the same agenda and releases the same to this recipient."""
        if self._find_punt(dossier) != self._agenda[dossier.code]:
            return False
        return self.zicht.list_released(dossier) == self._vrijgegeven[dossier.code]

    def _find_punt(self, dossier: Dossier) -> object:
        besluiten = tuple((b.overleg, b.datum, b.ad_hoc) for b in dossier.besluiten)
        mijn = self.zicht.concerns(dossier)
        sleutel = (
            *(mijn, dossier.code, dossier.fase, dossier.aangemeld_op, dossier.overleg_op),
            *(besluiten, dossier.verloop),
            tuple((m.soort, m.overleg_op, m.uur, m.plaats) for m in dossier.meldingen),
        )
        if sleutel not in self._punten:
            self._punten[sleutel] = self.zicht.find_punt(dossier)
        return self._punten[sleutel]

    # --- the form: answers, rows, their order ---

    def _list_form_steps(self, zaak: Zaak, wijze: str) -> Iterator[Stap]:
        for cel in zaak.cellen:
            yield from self._list_answer_steps(zaak, cel, wijze)
        for plaats, rij in zaak.onzichtbaar:
            yield from self._list_row_steps(plaats, rij, wijze)
        for nummer, rubriek in enumerate(zaak.dossier.aanmelding.rubrieken):
            if rubriek.rijen and self._does("bij", wijze):
                for _ in range(self.rng.randint(1, 3)):
                    yield Stap(
                        "rij bij",
                        (nummer, "rij bij"),
                        ("rij bij", rubriek.id),
                        self._add_row(zaak, nummer, rubriek.id),
                    )
        if self._does("herorden", wijze):
            yield from self._list_order_steps(zaak)

    def _does(self, wat: str, wijze: str) -> bool:
        return wijze == wat or (wijze == "alles" and self.rng.random() < 0.3)

    def _list_answer_steps(self, zaak: Zaak, cel: Cel, wijze: str) -> Iterator[Stap]:
        if self.rng.random() < 0.15:
            vlag = self._find_vlag(zaak, cel.antwoord, cel.gezien)
            yield Stap("vlag", (cel, "vlag"), f"vlag {cel.antwoord.vraag}", partial(_edit_answer, cel, {"vlag": vlag}))
        if cel.gezien:
            return
        if self._does("vervang", wijze):
            yield Stap(
                "vervang",
                (cel, "vervang"),
                cel.antwoord.vraag,
                partial(_edit_answer, cel, self._draw_answer(cel.antwoord)),
            )
        elif self._does("leeg", wijze):
            status = self.rng.choice((Status.LEEG, Status.LEEG, Status.ONBEKEND, Status.NVT, Status.NIET_GEVONDEN))
            yield Stap(
                "leeg",
                (cel, "leeg"),
                cel.antwoord.vraag,
                partial(_edit_answer, cel, {"status": status, "waarde": None}),
            )
        elif self._does("weg", wijze):
            yield Stap("weg", (cel, "weg"), cel.antwoord.vraag, partial(_drop_answer, cel))

    def _draw_answer(self, antwoord: Antwoord) -> dict[str, object]:
        vraag = self._fabriek.get_vraag(antwoord.vraag)
        waarde = self._fabriek.make_waarde(vraag)
        return {"plaats": f"elders, rij {self.rng.randint(1, 99)}", "status": Status.INGEVULD, "waarde": waarde}

    def _find_vlag(self, zaak: Zaak, antwoord: Antwoord, gezien: Gezien) -> Vlag:
        """Another flag that means the same to this recipient, if there is one."""
        vraag = antwoord.vraag
        sleutel = (zaak.dossier.code, self._get_kind(vraag), gezien)
        if sleutel not in self._vlaggen:
            alle = self._fabriek.list_vlaggen()
            self._vlaggen[sleutel] = [v for v in alle if zaak.ziet(vraag, v) == gezien]
        return self.rng.choice(self._vlaggen[sleutel] or [antwoord.vlag])

    def _list_row_steps(self, rubriek: int, rij: int, wijze: str) -> Iterator[Stap]:
        """For a row of which nothing is seen."""
        if self._does("weg", wijze):
            yield Stap("rij weg", (rubriek, rij, "weg"), ("rij weg", rubriek), partial(_drop_row, rubriek, rij))
        elif self._does("bij", wijze):
            doe = partial(_double_row, rubriek, rij, self.rng.random(), self._fabriek.next_word())
            yield Stap("rij dubbel", (rubriek, rij, "dubbel"), ("rij dubbel", rubriek), doe)
        elif self._does("herorden", wijze):
            yield Stap(
                "rij verplaatst",
                (rubriek, rij, "plaats"),
                ("rij verplaatst", rubriek),
                partial(_move_row, rubriek, rij, self.rng.random()),
            )

    def _add_row(self, zaak: Zaak, nummer: int, rubriek_id: str) -> Callable[[Blad], None]:
        rubriek = self._fabriek.data.get_aanmeldformulier().get_rubriek(rubriek_id)
        assert rubriek is not None
        rij, waar = self._fabriek.make_rij(rubriek, self.rng.randint(1, 9), GEEN), self.rng.random()
        verborgen = [edit(a, vlag=GEEN) if zaak.ziet(a.vraag, a.vlag) else a for a in rij.antwoorden]

        def doe(blad: Blad) -> None:
            _insert(blad.open(nummer), Regel(rij, [*verborgen], geraakt=True), waar)

        return doe

    def _list_order_steps(self, zaak: Zaak) -> Iterator[Stap]:
        """What is not seen goes to another place: answers within their rubriek, whole rubrieken among the others."""
        for nummer in range(len(zaak.dossier.aanmelding.rubrieken)):
            doe = partial(self._reorder_answers, zaak, nummer, self.rng.getrandbits(32))
            yield Stap("antwoorden verplaatst", (nummer, "orde"), ("orde", nummer), doe)
        doe = partial(self._reorder_rubrieken, zaak, self.rng.getrandbits(32))
        yield Stap("rubrieken verplaatst", "rubrieken", "rubrieken", doe)

    def _reorder_answers(self, zaak: Zaak, nummer: int, zaad: int, blad: Blad) -> None:
        rng = random.Random(zaad)  # noqa: S311
        vel = blad.open(nummer)
        for regel in (vel.los, *vel.rijen):
            regel.geraakt = True
            gezien: list[Antwoord | None] = []
            los: list[Antwoord] = []
            for antwoord in regel.list_answers():
                (gezien if zaak.ziet(antwoord.vraag, antwoord.vlag) else los).append(antwoord)
            for antwoord in los:
                gezien.insert(int(rng.random() * (len(gezien) + 1)), antwoord)
            regel.antwoorden = gezien
            if regel.rij is not None:
                regel.rij = edit(regel.rij, id=self._fabriek.next_word())

    def _reorder_rubrieken(self, zaak: Zaak, zaad: int, blad: Blad) -> None:
        rng = random.Random(zaad)  # noqa: S311
        erbij = {r.id for inbreng in blad.dossier.inbreng for r in inbreng.rubrieken}  # printed at its place
        for nummer in list(blad.orde):
            vel = blad.open(nummer)
            antwoorden = (a for regel in (vel.los, *vel.rijen) for a in regel.list_answers())
            if vel.rubriek.id in erbij or any(zaak.ziet(a.vraag, a.vlag) for a in antwoorden):
                continue
            blad.orde.remove(nummer)
            if rng.random() < 0.8:
                blad.orde.insert(int(rng.random() * (len(blad.orde) + 1)), nummer)

    # --- what the dossier holds besides the form ---

    def _list_rest_steps(self, zaak: Zaak) -> Iterator[Stap]:
        """Files, earlier codes, decisions and notes, to-do's, plans, meldingen, the phase."""
        wereld, dossier = self.zicht.wereld, zaak.dossier
        if not zaak.mijn or not _names_ad_hoc(wereld, self.zicht.soort):
            yield _make_step("ad_hoc", lambda d: edit(d, besluiten=tuple(edit(b, ad_hoc=()) for b in d.besluiten)))
        yield _make_step("ontvangsten", self._draw_receipts(dossier))
        yield _make_step("eerdere_code", partial(edit, eerdere_code=self.rng.choice((None, "ZZZZ22"))))
        for naam in _NOTITIES:
            yield _make_step(naam, partial(_edit_besluiten, {naam: self._fabriek.next_word()}))
        for hoe in _LIJSTSTAPPEN:
            yield self._make_list_step(zaak, f"afspraak {hoe}", dossier.afspraken, self._draw_afspraken, "afspraken")
            yield self._make_list_step(zaak, f"passage {hoe}", dossier.passages, self._draw_passages, "passages")
        for naam in self.rng.sample(LATERE_STAPPEN, 9):
            yield self._make_later_step(zaak, naam)
        yield _make_step("verloop", partial(edit, verloop=(self._draw_wissel(dossier),)))
        yield _make_step("aanwezig", partial(_edit_besluiten, {"aanwezig": self._fabriek.draw_namen(6)}))
        yield _make_step("benoemingen", partial(_edit_benoemingen, self._fabriek.next_word()))
        yield _make_step("besluiten", lambda d: edit(d, besluiten=d.besluiten[-1:]))
        for veld in ("aangemeld_op", "overleg_op"):
            dag = VANDAAG - dt.timedelta(days=self.rng.randint(0, 300))
            yield _make_step(veld, partial(_edit_veld, veld, dag if getattr(dossier, veld) else None))
        yield _make_step("fase", partial(edit, fase=self.rng.choice(wereld.data.tafel.fasen).id))

    def _draw_receipts(self, dossier: Dossier) -> Dossierstap:
        eerste = [
            edit(o, bestand=self._fabriek.next_word(), herkomst=self._draw_herkomst()) for o in dossier.ontvangsten
        ]
        return partial(edit, ontvangsten=tuple(eerste * self.rng.randint(0, 2)))

    def _draw_herkomst(self) -> Herkomst:
        moment = dt.datetime(2025, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=self.rng.randint(0, 9_000))
        bericht = f"{self.rng.getrandbits(256):064x}"
        return Herkomst(bericht=bericht, afzender=self._fabriek.next_word(), verzonden_op=moment)

    def _draw_wissel(self, dossier: Dossier) -> Fasewissel:
        fase = self.rng.choice(self._fabriek.data.tafel.fasen).id
        return Fasewissel(fase=fase, op=dossier.aangemeld_op, door=self._fabriek.next_word())

    def _make_list_step(
        self, zaak: Zaak, naam: str, items: Sequence[T], maak: Callable[[Dossier], Sequence[T]], lijst: str
    ) -> Stap:
        greep, sleutel = self._draw_greep(naam, items, lambda: maak(zaak.dossier))
        return _make_step(naam, lambda d: edit(d, **{lijst: greep.change(getattr(d, lijst))}), sleutel)

    def _draw_greep(self, naam: str, items: Sequence[T], maak: Callable[[], Sequence[T]]) -> tuple[Greep[T], Hashable]:
        """Something done to one item: mostly to one that is not seen, else it would be refused."""
        hoe = naam.split(" ")[1]
        plaats = self._draw_place(items) if items else None
        nieuw = tuple(maak()) if hoe in ("vervang", "bij") else ()
        sleutel = (naam, plaats if hoe != "bij" else None)
        return Greep(hoe, None if plaats is None else items[plaats], nieuw, self.rng.random()), sleutel

    def _draw_place(self, items: Sequence[object]) -> int:
        verborgen, _ = self._verborgen.get(id(items), ([], items))
        if id(items) not in self._verborgen:
            verborgen = [n for n, item in enumerate(items) if not self._may_be_seen(item)]
            self._verborgen[id(items)] = (verborgen, items)
        if verborgen and self.rng.random() < 0.9:
            return self.rng.choice(verborgen)
        return int(self.rng.random() * len(items))

    def _may_be_seen(self, item: object) -> bool:
        """Whether this is flagged for the recipient, or names him: a good guess of what he sees."""
        match item:
            case Actie() | Mededeling() | Passage():
                return self.zicht.lets_in(item.vlag)
            case Afspraak() | Melding():
                return not self._fabriek.mijd_namen.isdisjoint(item.wie)
            case Rij():
                return any(self.zicht.lets_in(a.vlag) and self.zicht.holds(a.vraag) for a in item.antwoorden)
        return False

    def _draw_afspraken(self, dossier: Dossier) -> Sequence[Afspraak]:
        if not dossier.besluiten:
            return ()
        genomen = [self.rng.choice(dossier.besluiten) for _ in range(self.rng.randint(1, 4))]
        return [self._fabriek.make_afspraak(b.overleg, b.datum) for b in genomen]

    def _draw_passages(self, dossier: Dossier) -> Sequence[Passage]:
        if not dossier.besluiten:
            return ()
        genomen = [self.rng.choice(dossier.besluiten) for _ in range(self.rng.randint(1, 4))]
        return [self._fabriek.make_passage(b) for b in genomen]

    # --- what came in after the aanmelding ---

    def _make_later_step(self, zaak: Zaak, naam: str) -> Stap:
        stappen: dict[str, Callable[[Zaak, str], Stap]] = {
            "actie": self._step_actie,
            "plan": self._step_plan,
            "melding": self._step_melding,
            "mededeling": self._step_mededeling,
            "inbrengrij": self._step_inbrengrij,
            "inbreng": self._step_inbreng,
            "afspraak": self._step_afspraak,
        }
        return stappen[naam.split(" ")[0]](zaak, naam)

    def _step_actie(self, zaak: Zaak, naam: str) -> Stap:
        """Of the latest plan; a new row may take up an aim that is there already."""
        acties = zaak.dossier.plannen[-1].acties if zaak.dossier.plannen else ()
        doelen = [*(a.doelstelling for a in acties), f"Doel {self._fabriek.next_word()}"]
        greep, sleutel = self._draw_greep(naam, acties, lambda: [self._fabriek.make_actie(doelen)])

        def wijzig(plan: PlanVanAanpak) -> PlanVanAanpak:
            return edit(plan, acties=greep.change(plan.acties))

        return _make_step(naam, partial(_edit_plan, wijzig), sleutel)

    def _step_plan(self, _: Zaak, naam: str) -> Stap:
        """Other versions before it, and how often it came in; or another state and other dates."""
        eerder = tuple(self._fabriek.make_plan(n + 1, 2) for n in range(self.rng.randint(0, 3)))
        vers = self._fabriek.make_plan(self.rng.randint(1, 9), 2)

        def doe(dossier: Dossier) -> Dossier:
            laatste = dossier.plannen[-1] if dossier.plannen else vers
            if naam == "plan kop":
                laatste = edit(vers, acties=laatste.acties)
            elif dossier.plannen:
                laatste = edit(laatste, versie=len(eerder) + 1, sha256="f" * 64)
            return edit(dossier, plannen=(*eerder, laatste))

        return _make_step(naam, doe)

    def _step_melding(self, zaak: Zaak, naam: str) -> Stap:
        soorten, meldingen = self._fabriek.data.tafel.meldingen, zaak.dossier.meldingen
        if naam == "melding velden":
            anders = {"notitie": self._fabriek.next_word(), "naar": self._fabriek.draw_namen(2)}
            doel = self.rng.choice(meldingen).formuliernummer if meldingen else ""
            return _make_step(naam, partial(_edit_melding, doel, lambda m: edit(m, **anders)))

        def maak(_: Dossier) -> Sequence[Melding]:
            return [self._fabriek.make_melding(self.rng.choice(soorten))] if soorten else []

        return self._make_list_step(zaak, naam, meldingen, maak, "meldingen")

    def _step_mededeling(self, zaak: Zaak, naam: str) -> Stap:
        alle = zaak.mededelingen
        if not alle:
            return _make_step(naam, lambda d: d)
        greep, sleutel = self._draw_greep(naam, zaak.teksten, lambda: [self._fabriek.make_mededeling()])
        doel = next(melding.formuliernummer for melding, tekst in alle if tekst is greep.doel)

        def wijzig(melding: Melding) -> Melding:
            return edit(melding, mededelingen=greep.change(melding.mededelingen))

        return _make_step(naam, partial(_edit_melding, doel, wijzig), sleutel)

    def _step_inbrengrij(self, zaak: Zaak, naam: str) -> Stap:
        """A row of what somebody brought."""
        alle = zaak.inbrengrijen
        if not alle:
            return _make_step(naam, lambda d: d)
        plaats = self._draw_place(zaak.rijen)
        doel, rubriek_id, rij = alle[plaats]
        greep = Greep(naam.split(" ")[1], rij, (self._make_inbrengrij(rubriek_id),), self.rng.random())

        def wijzig(inbreng: Inbreng) -> Inbreng:
            rubrieken = (edit(r, rijen=greep.change(r.rijen)) if r.id == rubriek_id else r for r in inbreng.rubrieken)
            return edit(inbreng, rubrieken=tuple(rubrieken))

        return _make_step(naam, partial(_edit_inbreng, doel, wijzig), (naam, plaats))

    def _make_inbrengrij(self, rubriek_id: str) -> Rij:
        soorten = (Formuliersoort.INBRENG, Formuliersoort.MELDING)
        formulieren = [self._fabriek.data.get_formulier_of_soort(soort) for soort in soorten]
        vorm = next(filter(None, (f.get_rubriek(rubriek_id) for f in formulieren if f)), None)
        assert vorm is not None
        return self._fabriek.make_rij(vorm, 1, self._fabriek.next_vlag())

    def _step_inbreng(self, zaak: Zaak, naam: str) -> Stap:
        """Who brought it, and when."""
        doel = int(self.rng.random() * len(zaak.dossier.inbreng))
        van, op = (
            self.rng.choice(self._fabriek.werkmap.partners).id,
            VANDAAG - dt.timedelta(days=self.rng.randint(0, 9)),
        )
        anders = {"van": van, "op": op, "formuliernummer": self._fabriek.next_word()}
        return _make_step(naam, partial(_edit_inbreng, doel, lambda i: edit(i, **anders)))

    def _step_afspraak(self, zaak: Zaak, naam: str) -> Stap:
        """What became of a to-do."""
        if not zaak.dossier.afspraken:
            return _make_step(naam, lambda d: d)
        plaats = self._draw_place(zaak.dossier.afspraken)
        doel, status = zaak.dossier.afspraken[plaats], self.rng.choice(tuple(Afspraakstatus))

        def doe(dossier: Dossier) -> Dossier:
            nieuw = (edit(a, status=status, status_op=VANDAAG) if a is doel else a for a in dossier.afspraken)
            return edit(dossier, afspraken=tuple(nieuw))

        return _make_step(naam, doe, (naam, plaats))


def _count_together(data: Tafeldata, soort: Documentsoort) -> Telling:
    """What all recipients of this kind of document taught."""
    return _TELLINGEN.setdefault(f"{data.tafel.id} {soort.id}", Telling())


def _make_step(naam: str, stap: Dossierstap, sleutel: Hashable = None) -> Stap:
    def doe(blad: Blad) -> None:
        blad.dossier = stap(blad.dossier)

    return Stap(f"dossier {naam}", sleutel or naam, naam, doe)


def _edit_veld(veld: str, waarde: object, dossier: Dossier) -> Dossier:
    return edit(dossier, **{veld: waarde})


def _edit_besluiten(velden: dict[str, object], dossier: Dossier) -> Dossier:
    return edit(dossier, besluiten=tuple(edit(b, **velden) for b in dossier.besluiten))


def _edit_benoemingen(veld: str, dossier: Dossier) -> Dossier:
    """By which field a role was given."""
    return edit(dossier, benoemingen=tuple(edit(b, veld=veld) for b in dossier.benoemingen))


def _edit_plan(wijzig: Callable[[PlanVanAanpak], PlanVanAanpak], dossier: Dossier) -> Dossier:
    if not dossier.plannen:
        return dossier
    return edit(dossier, plannen=(*dossier.plannen[:-1], wijzig(dossier.plannen[-1])))


def _edit_melding(nummer: str, wijzig: Callable[[Melding], Melding], dossier: Dossier) -> Dossier:
    return edit(dossier, meldingen=tuple(wijzig(m) if m.formuliernummer == nummer else m for m in dossier.meldingen))


def _edit_inbreng(plaats: int, wijzig: Callable[[Inbreng], Inbreng], dossier: Dossier) -> Dossier:
    return edit(dossier, inbreng=tuple(wijzig(i) if n == plaats else i for n, i in enumerate(dossier.inbreng)))


def _edit_answer(cel: Cel, velden: dict[str, object], blad: Blad) -> None:
    antwoorden = blad.open(cel.rubriek).touch(cel.rij).antwoorden
    oud = antwoorden[cel.plaats]
    antwoorden[cel.plaats] = edit(oud, **velden) if oud is not None else None


def _drop_answer(cel: Cel, blad: Blad) -> None:
    blad.open(cel.rubriek).touch(cel.rij).antwoorden[cel.plaats] = None


def _drop_row(rubriek: int, rij: int, blad: Blad) -> None:
    vel = blad.open(rubriek)
    vel.rijen.remove(vel.eerst[rij])


def _double_row(rubriek: int, rij: int, waar: float, naam: str, blad: Blad) -> None:
    vel = blad.open(rubriek)
    regel = vel.eerst[rij]
    assert regel.rij is not None
    _insert(vel, Regel(edit(regel.rij, id=naam), list(regel.antwoorden), geraakt=True), waar)


def _move_row(rubriek: int, rij: int, waar: float, blad: Blad) -> None:
    vel = blad.open(rubriek)
    vel.rijen.remove(vel.eerst[rij])
    _insert(vel, vel.eerst[rij], waar)


def _insert(vel: Vel, regel: Regel, waar: float) -> None:
    vel.rijen.insert(int(waar * (len(vel.rijen) + 1)), regel)


def _names_ad_hoc(wereld: Wereld, soort: Documentsoort) -> bool:
    """Whom the overleg invited ad hoc stands on a list of readers or participants: the coordinator's own decision."""
    genoemd = (*soort.rollen, *soort.deelnemers)
    return any(rol.id in genoemd and rol.soort is Rolsoort.AD_HOC for rol in wereld.data.tafel.rollen)
