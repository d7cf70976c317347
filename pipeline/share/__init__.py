"""The wall: from dossiers, a recipient and a kind of document to a Deelbeeld that holds nothing else."""

from __future__ import annotations

from .afscherming import describe_afscherming, describe_einde, find_afgeschermd, is_kept_out
from .brieven import Brieven
from .cijfers import Cijferwerk
from .personen import find_zonder_leeftijd
from .recipients import find_lost_names, find_unsigned, find_without_bestuur
from .verslagen import Verslagen
from .voorbereiding import Voorbereiding

__all__ = [
    "Deling",
    "describe_afscherming",
    "describe_einde",
    "find_afgeschermd",
    "find_lost_names",
    "find_unsigned",
    "find_without_bestuur",
    "find_zonder_leeftijd",
    "is_kept_out",
]


class Deling(Brieven, Voorbereiding, Verslagen, Cijferwerk):
    """Makes Deelbeelden for one table on one day: letters, a meeting's package, what follows it, and figures."""
