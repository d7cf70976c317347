"""What every letter about one case begins with: its reader, its number, its name and its key."""

from __future__ import annotations

from schemas.deelbeeld import Deelbeeld, Ontvanger
from schemas.documentsoort import Documentsoort

from .basis import ROL_VAN_AANMELDER, Naam, get_stam
from .kring import Kringen
from .recipients import AANMELDER


class Briefmaker(Kringen):
    """Begins a letter."""

    def _start_brief(
        self, soort: Documentsoort, ontvanger: Ontvanger, code: str, *merk: str, kenmerk: str = ""
    ) -> Deelbeeld:
        """A letter without contents. `merk` tells it from other letters of this kind about this case.

        `kenmerk` does so in its number and file name as well, for letters that may lie in one folder.
        """
        is_aanmelder = ontvanger.id.startswith(f"{AANMELDER} ")
        # A case has one aanmelder; of the others each letter names its own.
        lezer = () if is_aanmelder else (get_stam(ontvanger),)
        eigen = (kenmerk,) if kenmerk else ()
        nummer = () if is_aanmelder else (self._get_kenmerk(ontvanger),)
        naam = Naam((soort.id, code, *merk, *lezer), (*nummer, code, *eigen), (code, *eigen))
        verdeellijst = (ROL_VAN_AANMELDER if is_aanmelder else ontvanger.naam,)
        return self._begin(soort, ontvanger, naam, verdeellijst, code)
