"""The register of a werkmap: one SQLite file with dossiers, inzendingen, numbers and verstrekkingen.

`Register` is the only way in. Every write appends an event to a chain in the same transaction.
"""

from pipeline.register.database import NAAM, RegisterFout, list_copies
from pipeline.register.store import Inzendingregel, Nummerregel, Register, Uitkomst, open_reserve

__all__ = [
    "NAAM",
    "Inzendingregel",
    "Nummerregel",
    "Register",
    "RegisterFout",
    "Uitkomst",
    "list_copies",
    "open_reserve",
]
