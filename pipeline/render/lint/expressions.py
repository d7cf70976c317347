"""What a tag asks, held against what a copy has: names, kinds, and what may be missing."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import replace

from jinja2 import nodes

from pipeline.render.lint.fields import ANDERS, GETAL, ONBEKEND, TEKST, Pad, Soort, Wat
from pipeline.render.lint.scope import Bereik, Fout, Waarde

#: What `loop` has; its methods cannot be called.
_LOOP = (
    "index",
    "index0",
    "revindex",
    "revindex0",
    "first",
    "last",
    "length",
    "depth",
    "depth0",
    "previtem",
    "nextitem",
)
_MATEN = ("length", "count")
_ORDE = frozenset({"gt", "gteq", "lt", "lteq"})
_LIJKT = 0.6  # less alike than this, and a suggestion leads astray


class Lezer:
    """Reads the expressions of one tag; `fouten` gathers what is wrong, `gebruikt` each field with what is sure."""

    def __init__(self, bereik: Bereik) -> None:
        """Begin with what is known here."""
        self.bereik = bereik
        self.fouten: list[Fout] = []
        self.gebruikt: list[tuple[Pad, frozenset[Pad]]] = []
        self.gemeten: list[Pad] = []
        self._wijzen: dict[type[nodes.Node], Callable[..., Waarde]] = {
            nodes.Name: self._read_name,
            nodes.Getattr: lambda knoop: self._read_part(knoop.node, knoop.attr),
            nodes.Getitem: self._read_item,
            nodes.Filter: self._read_filter,
            nodes.Const: lambda knoop: Waarde(TEKST if isinstance(knoop.value, str) else GETAL),
            nodes.Concat: lambda knoop: self._read_all(knoop.nodes, TEKST),
            nodes.Add: self._read_sum,
            nodes.Sub: self._read_sum,
            nodes.Compare: self._read_comparison,
            nodes.And: self._read_and,
            nodes.CondExpr: self._read_choice,
        }

    def read(self, knoop: nodes.Node) -> Waarde:
        """Read an expression."""
        wijze = self._wijzen.get(type(knoop))
        if wijze is not None:
            return wijze(knoop)
        return self._read_all(list(knoop.iter_child_nodes()), ANDERS)

    def print(self, knoop: nodes.Node) -> None:
        """Read an expression that is printed."""
        waarde = self.read(knoop)
        if waarde.soort.wat in (Wat.LIJST, Wat.GROEP, Wat.ANDERS):
            naam = f"'{waarde.naam}'" if waarde.naam else "dit"
            hulp = f"Druk er een onderdeel van af, zoals {self._show_example(waarde)}."
            if waarde.soort.wat is Wat.LIJST:
                hulp = (
                    f"Zet er een lus omheen, of maak er één tekst van: {{{{ {waarde.naam or 'lijst'}|join('; ') }}}}."
                )
            self.fouten.append(
                Fout("geen-tekst", f"{naam} is {waarde.soort.wat.value} en kan niet zo gedrukt worden", hulp)
            )

    def loop(self, knoop: nodes.Node) -> Waarde:
        """Read what a loop goes through. Returns one of it."""
        waarde = self.read(knoop)
        soort = waarde.soort
        if soort.wat not in (Wat.LIJST, Wat.ONBEKEND):
            naam = f"'{waarde.naam}'" if waarde.naam else "dit"
            hulp = "Neem een lijst; LEESMIJ.md bij de sjablonen zegt welke er zijn."
            self._refuse("geen-lijst", f"{naam} is {soort.wat.value} en geen lijst om te herhalen", hulp)
            return Waarde(ONBEKEND)
        return Waarde(soort.item or ONBEKEND, "", (*waarde.pad, "*"))

    def _read_all(self, knopen: list[nodes.Node], soort: Soort) -> Waarde:
        for knoop in knopen:
            self.read(knoop)
        return Waarde(soort)

    def _read_name(self, knoop: nodes.Name) -> Waarde:
        waarde = self.bereik.namen.get(knoop.name)
        if waarde is None:
            if not self.bereik.elke_naam:
                self._refuse_name(knoop.name)
            return Waarde(ONBEKEND)
        return self._use(replace(waarde, naam=knoop.name))

    def _read_item(self, knoop: nodes.Getitem) -> Waarde:
        waarde = knoop.arg.value if isinstance(knoop.arg, nodes.Const) else None
        if isinstance(waarde, str):
            return self._read_part(knoop.node, waarde)
        lijst = self.read(knoop.node)
        self._check_filled(lijst, f"[{waarde}]", is_eerste=waarde in (0, -1))
        return Waarde(lijst.soort.item or ONBEKEND, f"{lijst.naam}[{waarde}]", (*lijst.pad, "*"))

    def _read_part(self, van: nodes.Node, naam: str) -> Waarde:
        groep = self.read(van)
        soort, volledig = groep.soort, f"{groep.naam}.{naam}" if groep.naam else naam
        if soort.wat is Wat.ONBEKEND:
            return Waarde(ONBEKEND, volledig)
        if naam in soort.velden:
            self._check_present(groep)
            return self._use(Waarde(soort.velden[naam], volledig, (*groep.pad, naam)))
        if soort.wat is Wat.GROEP:
            self._refuse_field(groep.naam, naam, list(soort.velden))
        else:
            hulp = f"Herhaal ze: {{%p for deel in {groep.naam} %}} … {{%p endfor %}}, en vraag daarbinnen deel.{naam}."
            hulp = hulp if soort.wat is Wat.LIJST else "Haal weg wat na de laatste punt staat."
            self.fouten.append(
                Fout("geen-onderdeel", f"'{groep.naam}' is {soort.wat.value}, zonder onderdeel '{naam}'", hulp)
            )
        return Waarde(ONBEKEND, volledig)

    def _use(self, waarde: Waarde) -> Waarde:
        self.gebruikt.append((waarde.pad, self.bereik.zeker))
        return waarde

    def _check_present(self, groep: Waarde) -> None:
        if groep.soort.kan_ontbreken and not any(zeker[: len(groep.pad)] == groep.pad for zeker in self.bereik.zeker):
            hulp = f"Zet er {{%p if {groep.naam} %}} … {{%p endif %}} omheen."
            self.fouten.append(
                Fout("kan-ontbreken", f"'{groep.naam}' is er niet altijd, en dan stopt het document hier", hulp)
            )

    def _refuse_name(self, naam: str) -> None:
        if naam in self.bereik.lussen:
            reden = f"'{naam}' bestaat enkel binnen zijn lus, {self.bereik.lussen[naam]}"
            self._refuse("buiten-lus", reden, "Verplaats deze tag tot binnen de lus.")
        elif naam == "loop":
            self.fouten.append(
                Fout("buiten-lus", "'loop' bestaat enkel binnen een lus", "Verplaats deze tag in een lus.")
            )
        else:
            self._refuse_field("", naam, list(self.bereik.namen))

    def _refuse(self, code: str, reden: str, remedie: str) -> None:
        self.fouten.append(Fout(code, reden, remedie))

    def _refuse_field(self, groep: str, naam: str, buren: list[str]) -> None:
        voor = f"{groep}." if groep else ""
        dichtst = difflib.get_close_matches(naam, buren, n=1, cutoff=_LIJKT)
        gelijk = f"{voor}{dichtst[0]}" if dichtst else self._find_elsewhere(naam)
        bedoeld = f" (bedoelde u '{gelijk}'?)" if gelijk else ""
        hulp = "LEESMIJ.md bij de sjablonen noemt alle velden."
        self._refuse("onbekend-veld", f"het veld '{voor}{naam}' bestaat niet{bedoeld}", hulp)

    def _find_elsewhere(self, naam: str) -> str:
        """A field of the same name that is not beside it: the one with the shortest way."""
        alle = [f"{boven}.{'.'.join(pad)}" for boven, pad in self._walk() if pad[-1] == naam]
        return min(alle, key=len, default="")

    def _walk(self) -> Iterator[tuple[str, Pad]]:
        for naam, waarde in self.bereik.namen.items():
            for pad, _ in waarde.soort.walk():
                if "*" not in pad:
                    yield naam, pad

    def _show_example(self, waarde: Waarde) -> str:
        veld = next((naam for naam, soort in waarde.soort.velden.items() if soort.wat is Wat.TEKST), "naam")
        return f"{{{{ {waarde.naam}.{veld} }}}}"

    def _read_filter(self, knoop: nodes.Filter) -> Waarde:
        waarde = self.read(knoop.node) if knoop.node is not None else Waarde(ONBEKEND)
        for deel in knoop.args:
            self.read(deel)
        if knoop.name in _MATEN:
            self.gemeten.append(waarde.pad)
        wat = waarde.soort.wat
        if knoop.name in ("join", "first", "last", "length", "count"):
            mag = {Wat.LIJST, Wat.ONBEKEND} | (set() if knoop.name == "join" else {Wat.TEKST})
            uit = {"join": TEKST, "length": GETAL, "count": GETAL}.get(knoop.name, waarde.soort.item or ONBEKEND)
        else:
            mag, uit = {Wat.TEKST, Wat.GETAL, Wat.ONBEKEND}, TEKST
        if wat not in mag:
            nodig = "een lijst" if Wat.LIJST in mag else "een tekst"
            reden = f"|{knoop.name} wil {nodig}, en '{waarde.naam}' is {wat.value}"
            self._refuse("verkeerde-bewerking", reden, f"Haal |{knoop.name} weg, of neem een ander veld.")
        elif knoop.name in ("first", "last"):
            self._check_filled(waarde, f"|{knoop.name}", is_eerste=True)
        return Waarde(uit, waarde.naam)

    def _check_filled(self, waarde: Waarde, wat: str, *, is_eerste: bool) -> None:
        """What is taken by its place in a list has to be there."""
        zeker = (is_eerste and waarde.pad in self.bereik.zeker) or self.bereik.is_measured(waarde.pad)
        if zeker or waarde.soort.wat is Wat.ONBEKEND:
            return
        hulp = f"Zet er {{%p if {waarde.naam} %}} … {{%p endif %}} omheen."
        hulp = (
            hulp if is_eerste else "Neem het eerste ([0]) of het laatste (|last), of herhaal de hele lijst in een lus."
        )
        self._refuse("kan-ontbreken", f"'{waarde.naam}{wat}' is er niet altijd, en dan stopt het document hier", hulp)

    def _read_sum(self, knoop: nodes.BinExpr) -> Waarde:
        """Numbers with numbers, texts with texts."""
        soorten = [self.read(deel).soort for deel in (knoop.left, knoop.right)]
        mag = {Wat.GETAL, Wat.ONBEKEND} | ({Wat.TEKST} if isinstance(knoop, nodes.Add) else set())
        bekend = {soort.wat for soort in soorten} - {Wat.ONBEKEND}
        if len(bekend) > 1 or not bekend <= mag:
            wat = " en ".join(soort.wat.value for soort in soorten)
            self._refuse("rekenfout", f"{wat} zijn niet op te tellen of af te trekken", "Voeg teksten samen met ~.")
            return Waarde(ONBEKEND)
        return Waarde(next((soort for soort in soorten if soort.wat in bekend), ONBEKEND))

    def _read_comparison(self, knoop: nodes.Compare) -> Waarde:
        soorten = [self.read(deel).soort.wat for deel in (knoop.expr, *(deel.expr for deel in knoop.ops))]
        bekend = set(soorten) - {Wat.ONBEKEND}
        if {deel.op for deel in knoop.ops} & _ORDE and (len(bekend) > 1 or not bekend <= {Wat.TEKST, Wat.GETAL}):
            wat = " en ".join(soort.value for soort in soorten)
            self._refuse(
                "vergelijkfout", f"{wat} zijn niet met < of > te vergelijken", "Vergelijk een getal met een getal."
            )
        return Waarde(ANDERS)

    def _read_and(self, knoop: nodes.And) -> Waarde:
        self.read(knoop.left)
        eerder, self.bereik = self.bereik, self.bereik.add(*find_sure(knoop.left, self.bereik))
        self.read(knoop.right)
        self.bereik = eerder
        return Waarde(ANDERS)

    def _read_choice(self, knoop: nodes.CondExpr) -> Waarde:
        self.read(knoop.test)
        eerder, self.bereik = self.bereik, self.bereik.add(*find_sure(knoop.test, self.bereik))
        waarde = self.read(knoop.expr1)
        self.bereik = eerder
        if knoop.expr2 is None:
            reden = "na deze voorwaarde staat geen else: is ze niet vervuld, dan stopt het document hier"
            self._refuse("keuze-zonder-else", reden, "Voeg toe wat er dan komt, zoals else ''.")
        else:
            self.read(knoop.expr2)
        return Waarde(waarde.soort)


def find_sure(knoop: nodes.Node, bereik: Bereik, *, waar: bool = True) -> frozenset[Pad]:
    """The fields that surely hold something when this condition is true, or (not `waar`) when it is false."""
    if isinstance(knoop, nodes.Not):
        return find_sure(knoop.node, bereik, waar=not waar)
    if isinstance(knoop, nodes.And if waar else nodes.Or):
        return find_sure(knoop.left, bereik, waar=waar) | find_sure(knoop.right, bereik, waar=waar)
    if waar and isinstance(knoop, nodes.Compare) and [deel.op for deel in knoop.ops] == ["eq"]:
        return find_sure(knoop.expr, bereik)
    if waar and isinstance(knoop, nodes.Filter) and knoop.node is not None:
        return find_sure(knoop.node, bereik)
    if waar and isinstance(knoop, (nodes.Name, nodes.Getattr)):
        pad = Lezer(bereik).read(knoop).pad
        return frozenset({pad}) if pad else frozenset()
    return frozenset()


def make_loop_names() -> Waarde:
    """What `loop` is."""
    anders = {"first": ANDERS, "last": ANDERS, "previtem": ONBEKEND, "nextitem": ONBEKEND}
    return Waarde(Soort(Wat.GROEP, dict.fromkeys(_LOOP, GETAL) | anders))
