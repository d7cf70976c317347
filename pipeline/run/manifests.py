"""The manifests below uit/ against the register: a tail cut off the chain shows, because they knew its head."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.deliver import UIT
from pipeline.disk import translate_faults
from pipeline.register import Register
from schemas.bevinding import Bevinding, Ernst

_REMEDIE = (
    "Hebt u een oudere kopie van het register teruggezet of het register opnieuw opgebouwd, dan klopt dit: noteer zelf "
    "wat er intussen verstuurd werd. "
    "Zo niet, verwerk niets meer, zet de nieuwste kopie uit “reserve” terug en vraag hulp."
)


def verify_manifests(werkmap: Path, register: Register) -> tuple[Bevinding, ...]:
    """A finding for each package that the register no longer knows, by its head hash or by its files.

    A manifest without a head comes from before heads were printed, and is held to its files only. Raises RegisterFout,
    SchijfFout.
    """
    bekend = {b.sha256 for v in register.list_verstrekkingen() for b in v.bestanden}
    bekend |= {som for vernietiging in register.list_vernietigingen() for som in vernietiging.bestanden}
    hoofden = register.list_heads()
    return tuple(b for pad in _list_manifests(werkmap) for b in _check(werkmap, pad, hoofden, bekend))


def list_heads(werkmap: Path) -> tuple[str, ...]:
    """The heads of the register that the packages below uit/ carry along, that of the newest file last."""
    with translate_faults(werkmap / UIT):
        paden = sorted(_list_manifests(werkmap), key=lambda pad: pad.stat().st_mtime_ns)
    gelezen = [_read(pad) for pad in paden]
    return tuple(dict.fromkeys(hoofd for hoofd, _ in filter(None, gelezen) if hoofd))


def _list_manifests(werkmap: Path) -> list[Path]:
    with translate_faults(werkmap / UIT):
        alle = (werkmap / UIT).rglob("manifest*.json")
        # What is not out yet lies in a folder that begins with a dot.
        return sorted(pad for pad in alle if not any(deel.startswith(".") for deel in pad.relative_to(werkmap).parts))


def _check(werkmap: Path, pad: Path, hoofden: frozenset[str], bekend: set[str]) -> Iterator[Bevinding]:
    plaats = pad.relative_to(werkmap).as_posix()
    gelezen = _read(pad)
    if gelezen is None:
        yield _report("manifest-beschadigd", plaats, "Dit manifest is beschadigd of met de hand gewijzigd.")
        return
    hoofd, sommen = gelezen
    if hoofd and hoofd not in hoofden:
        yield _report("register-ingekort", plaats, "Het register mist gebeurtenissen van voor dit pakket.")
    elif not sommen <= bekend:
        yield _report("pakket-onbekend", plaats, "Het register weet niet (meer) dat dit pakket gemaakt werd.")


def _read(pad: Path) -> tuple[str, frozenset[str]] | None:
    """Head and SHA-256's of the files; None when it is no manifest of ours."""
    try:
        with translate_faults(pad):
            inhoud = json.loads(pad.read_bytes())
        sommen = frozenset(str(regel["sha256"]) for regel in inhoud["bestanden"])
        return str(inhoud.get("register", "")), sommen
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _report(code: str, plaats: str, melding: str) -> Bevinding:
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=_REMEDIE, ernst=Ernst.FOUT)
