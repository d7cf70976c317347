"""What the gate says: which place of which file, and what is wrong there; never the word that stands there."""

from __future__ import annotations

from schemas.bevinding import Bevinding, Ernst

#: More of the same says nothing new.
MOST = 20
_REMEDIE = (
    "Bezorg dit document niet. Kijk het sjabloon na en probeer opnieuw; blijft het zo, dan zit de fout in het"
    " programma: meld deze zin, zonder het document."
)


def make_finding(code: str, plaats: str, melding: str, remedie: str = _REMEDIE) -> Bevinding:
    """One reason not to deliver a document; `plaats` tells where in which file."""
    return Bevinding(code=f"poort-{code}", plaats=plaats, melding=melding, remedie=remedie, ernst=Ernst.FOUT)
