"""The forms of a demo: samples that arrive, forms that are filled in, changed and dropped in `in/`."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.cli.demo_steps import Antwoorden, Invulling, Ontvang, OpNaam, Vraag, VulIn, Wijzig
from pipeline.errors import ConfiguratieFout
from pipeline.forms import fill_controls
from pipeline.register import Register
from schemas import kern
from schemas.formulier import Formuliersoort
from schemas.tafeldata import Tafeldata

_GEVAL = re.compile(r"\{(\w+)\}")


@dataclass
class Invuller:
    """Fills in for everybody. `make_form` makes a form about one case, as the command does."""

    doel: Path
    bron: Path
    data: Tafeldata
    make_form: Callable[[dt.date, Formuliersoort, str, str], bytes]
    codes: dict[str, str] = field(default_factory=dict)  #: sample -> casuscode
    eigen: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)  #: forms filled in, to change later

    def drop(self, stap: Ontvang | OpNaam | VulIn | Vraag | Wijzig) -> None:
        """Lay what this step brings in `in/`. Raises ConfiguratieFout for a scenario that cannot be played."""
        match stap:
            case Ontvang():
                for geval in stap.gevallen:
                    pad = self._find_sample(geval)
                    shutil.copyfile(pad, self.doel / "in" / f"{geval}{pad.suffix}")
            case OpNaam():
                pad = self._find_sample(stap.geval)
                ingevuld = fill_controls(pad.read_bytes(), {kern.CASUSCODE: self.get_code(stap.eerder)})
                (self.doel / "in" / f"{stap.geval}{pad.suffix}").write_bytes(ingevuld)
            case VulIn():
                pad = self._find_form(stap)
                self._fill_in(stap, (stap.formulier, stap.geval), pad.name, pad.read_bytes())
            case Vraag():
                naam, inhoud = self._ask(stap)
                self._fill_in(stap, (stap.soort, stap.geval), naam, inhoud)
            case Wijzig():
                sleutel = (stap.formulier, stap.geval)
                if sleutel not in self.eigen:
                    raise ConfiguratieFout([f"demo.toml: “{stap.formulier}” van “{stap.geval}” is nog niet ingevuld."])
                self._fill_in(stap, sleutel, *self.eigen[sleutel])

    def _ask(self, stap: Vraag) -> tuple[str, bytes]:
        formulier = self.data.get_formulier(stap.soort)
        if formulier is None:
            raise ConfiguratieFout([f"demo.toml: het formulier “{stap.soort}” bestaat niet."])
        code = self.get_code(stap.geval)
        return f"{formulier.titel} {code}.docx", self.make_form(stap.dag, formulier.soort, code, stap.van)

    def _fill_in(self, stap: Invulling, sleutel: tuple[str, str], naam: str, inhoud: bytes) -> None:
        rijen = {self.get_code(geval): self._put_codes(waarden) for geval, waarden in stap.rijen.items()}
        rijen |= {self._find_todo(o.geval, o.afspraak): self._put_codes(o.antwoorden) for o in stap.opvolging}
        blokken = {rubriek: [self._put_codes(rij) for rij in lijst] for rubriek, lijst in stap.blokken.items()}
        ingevuld = fill_controls(inhoud, self._put_codes(stap.antwoorden), rijen, blokken)
        self.eigen[sleutel] = (naam, ingevuld)
        (self.doel / "in" / naam).write_bytes(ingevuld)

    def _find_sample(self, geval: str) -> Path:
        return next(pad for pad in (self.bron / geval).iterdir() if pad.suffix != ".toml")

    def _find_form(self, stap: VulIn) -> Path:
        """The latest form that begins so, of this case and in this recipient's folder."""
        code = self.get_code(stap.geval) if stap.geval else ""
        formulieren = (self.doel / "uit").rglob(f"{stap.formulier}*.docx")
        gevonden = sorted(pad for pad in formulieren if code in pad.name and stap.van in ("", pad.parent.name))
        if not gevonden:
            raise ConfiguratieFout([f"demo.toml: er staat geen “{stap.formulier}” klaar in “uit”."])
        return gevonden[-1]

    def _find_todo(self, geval: str, hoeveelste: int) -> str:
        with Register.open(self.doel, alleen_lezen=True) as register:
            dossier = register.get_dossier(self.get_code(geval))
        if dossier is None or len(dossier.afspraken) < hoeveelste:
            raise ConfiguratieFout([f"demo.toml: “{geval}” heeft geen afspraak {hoeveelste}."])
        return dossier.afspraken[hoeveelste - 1].nummer

    def get_code(self, geval: str) -> str:
        """The code that this sample's case got. Raises ConfiguratieFout."""
        if geval not in self.codes:
            raise ConfiguratieFout([f"demo.toml: het geval “{geval}” heeft geen casus."])
        return self.codes[geval]

    def _put_codes(self, antwoorden: Antwoorden) -> Antwoorden:
        return {
            tag: _GEVAL.sub(lambda gevonden: self.get_code(gevonden[1]), waarde) if isinstance(waarde, str) else waarde
            for tag, waarde in antwoorden.items()
        }
