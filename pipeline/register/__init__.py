"""The register of a werkmap: one SQLite file with dossiers, inzendingen, numbers and verstrekkingen.

`Register` is the only way in. Every write appends an event to a chain in the same transaction.
"""

from pipeline.register.bouw import Bouwregister
from pipeline.register.database import NAAM, RegisterFout, list_copies
from pipeline.register.kenmerken import KENMERKEN, Kenmerken, Kenmerkregel, list_bladen, read_kenmerken
from pipeline.register.store import Herbouwing, Inzendingregel, Nummerregel, Register, Uitkomst, open_reserve

__all__ = [
    "KENMERKEN",
    "NAAM",
    "Bouwregister",
    "Herbouwing",
    "Inzendingregel",
    "Kenmerken",
    "Kenmerkregel",
    "Nummerregel",
    "Register",
    "RegisterFout",
    "Uitkomst",
    "list_bladen",
    "list_copies",
    "open_reserve",
    "read_kenmerken",
]
