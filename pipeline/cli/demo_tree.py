"""What a demo leaves behind, short enough to read: the documents in `uit/`, and where each case stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from schemas.code import TEKENS
from schemas.dossier import Dossier
from schemas.tafel import Tafel
from schemas.woorden import join_words

_GEEN_DOCUMENT = (".json", ".txt")  #: manifests, and the reasons beside what is in quarantine
#: What tells one copy from another: version, date, and the codes of a case, a client or a form.
_BIJVOEGSEL = re.compile(rf"\b(?:versie \d+|\d{{4}}-\d{{2}}-\d{{2}}|[{TEKENS}]{{6}})\b")
_KOPPEN = ("Voorbeeld", "Casus", "Waar de casus nu staat", "Documenten")


def build_tree(map_: Path) -> Tree:
    """The documents below `uit/`, one line for all recipients of a folder who got the same kinds of them."""
    boom = Tree("uit")
    for overleg in sorted(pad for pad in (map_ / "uit").iterdir() if pad.is_dir() and not pad.name.startswith(".")):
        tak = boom.add(Text(overleg.name, style="bold"))
        groepen: dict[str, list[str]] = {}
        for ontvanger in sorted(pad for pad in overleg.iterdir() if pad.is_dir()):
            groepen.setdefault(_describe(ontvanger), []).append(ontvanger.name)
        for inhoud, namen in groepen.items():
            tak.add(Text(f"{join_words(namen)}: {inhoud}"))
    return boom


def list_quarantine(map_: Path) -> tuple[str, ...]:
    """Names of the forms in quarantine."""
    return tuple(p.name for p in sorted((map_ / "quarantaine").rglob("*")) if p.is_file() and _is_document(p))


def build_cases(dossiers: Iterable[Dossier], gevallen: Mapping[str, str], map_: Path, tafel: Tafel) -> Table:
    """Per case: the sample that brought it, its code, its phase, and how many documents speak of it by name."""
    namen: dict[str, str] = {}
    for geval, code in gevallen.items():
        namen.setdefault(code, geval)  # a corrected form is another sample about the same case
    bestanden = [pad.stem for pad in (map_ / "uit").rglob("*.docx")]
    tabel = Table(*_KOPPEN)
    for dossier in dossiers:
        fase = tafel.get_fase(dossier.fase)
        aantal = sum(dossier.code in stam for stam in bestanden)
        label = fase.label if fase else dossier.fase
        tabel.add_row(*(Text(t) for t in (namen.get(dossier.code, ""), dossier.code, label, str(aantal))))
    return tabel


def count_documents(map_: Path) -> tuple[int, int]:
    """How many Word documents and how many PDFs lie in `uit/`."""
    soorten = Counter(pad.suffix for pad in (map_ / "uit").rglob("*"))
    return soorten[".docx"], soorten[".pdf"]


def _describe(ontvanger: Path) -> str:
    stammen = {pad.stem for pad in ontvanger.iterdir() if _is_document(pad)}
    soorten = Counter(map(_get_kind, stammen))
    return ", ".join(f"{aantal} × {soort}" if aantal > 1 else soort for soort, aantal in sorted(soorten.items()))


def _get_kind(stam: str) -> str:
    return " ".join(_BIJVOEGSEL.sub("", stam).split())


def _is_document(pad: Path) -> bool:
    return pad.suffix not in _GEEN_DOCUMENT
