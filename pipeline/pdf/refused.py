"""Why one document has no PDF. `make_pdfs` gathers these and raises one PoortFout that names them all."""

from __future__ import annotations


class Afgekeurd(Exception):
    """A document that was refused; `reden` is a Dutch clause without any word of the document."""

    def __init__(self, reden: str) -> None:
        """Carry the reason."""
        super().__init__(reden)
        self.reden = reden
