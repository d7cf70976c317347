"""The forms that go out: blank, with open questions only, or with a decision to take per case."""

from pipeline.forms.build import build_formulier
from pipeline.forms.fill import InvulFout, fill_controls
from pipeline.forms.vooraf import OpenRij, Vooraf

__all__ = ["InvulFout", "OpenRij", "Vooraf", "build_formulier", "fill_controls"]
