"""The one strict, frozen base of every model, and its variant for what a form contains."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen value: unknown keys refused, nothing coerced, inputs hidden in errors.

    Read it from JSON (`model_validate_json`) when the source is a file or the register: JSON mode turns
    lists into tuples and ISO text into dates while it stays strict about everything else.
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        hide_input_in_errors=True,
        validate_default=True,
        populate_by_name=True,
    )


class Vertrouwelijk(Model):
    """A model that holds content of a form: its text forms never show that content.

    Tracebacks and logs print `repr`, so what `repr` holds is an output too.
    """

    def __repr__(self) -> str:
        """Name the class only."""
        return f"{type(self).__name__}(***)"

    def __str__(self) -> str:
        """Name the class only."""
        return repr(self)
