"""Workers that do each thing once: what two runs make of the very same file is made in one of them."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from pydantic import BaseModel

T = TypeVar("T")


class Onthouders(Executor):
    """Works here, and remembers what became of the same work on the same bytes.

    For two worlds of which the Word files must be equal: that a PDF follows from its Word file alone, and a judgement
    from what is judged, other tests show. A Word file that differs makes other work, and so other files.
    """

    def __init__(self) -> None:
        self._gedaan: dict[bytes, object] = {}
        self.gemaakt = self.gevraagd = 0

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Do it now, unless it was done before."""
        sleutel = hash_work((fn, args, kwargs))
        self.gevraagd += 1
        if sleutel not in self._gedaan:
            self.gemaakt += 1
            self._gedaan[sleutel] = fn(*args, **kwargs)
        klaar: Future[Any] = Future()
        klaar.set_result(self._gedaan[sleutel])
        return klaar


class _OpWaarde(pickle.Pickler):
    """Writes what a value is, not how it came about.

    A pickle tells in which order a model's fields were set, and both a pickle and JSON in which order a set was filled.
    """

    def reducer_override(self, obj: object) -> Any:
        if not isinstance(obj, BaseModel):
            return NotImplemented
        return str, (json.dumps([type(obj).__name__, obj.model_dump()], default=_write_plain, sort_keys=True),)


def _write_plain(waarde: object) -> object:
    return sorted(map(str, waarde)) if isinstance(waarde, frozenset) else str(waarde)


def hash_work(werk: object) -> bytes:
    """The same for equal work, also when one of the two holds one string twice and the other two equal ones."""
    stroom = io.BytesIO()
    schrijver = _OpWaarde(stroom)
    schrijver.fast = True
    schrijver.dump(werk)
    return hashlib.sha256(stroom.getvalue()).digest()
