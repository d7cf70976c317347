"""The register of a werkmap: one SQLite file with dossiers, inzendingen, numbers and verstrekkingen.

`Register` is the only way in. Every write appends an event to a chain in the same transaction.
"""

from pipeline.register.database import RegisterFout
from pipeline.register.store import Inzendingregel, Nummerregel, Register, Uitkomst

__all__ = ["Inzendingregel", "Nummerregel", "Register", "RegisterFout", "Uitkomst"]
