"""Workers that do each thing once: what two runs make of the very same file is made in one of them."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

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
        sleutel = hashlib.sha256(pickle.dumps((fn, args, kwargs))).digest()
        self.gevraagd += 1
        if sleutel not in self._gedaan:
            self.gemaakt += 1
            self._gedaan[sleutel] = fn(*args, **kwargs)
        klaar: Future[Any] = Future()
        klaar.set_result(self._gedaan[sleutel])
        return klaar
