"""Work over two processes when there is enough of it: Python code and rdocx hold one lock, so threads do not help."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

#: From this many ordinary letters on, starting processes costs less than it saves.
SIDE_BY_SIDE = 40
_WORKERS = 2

Bron = TypeVar("Bron")
Uit = TypeVar("Uit")


def spread(werk: Callable[[Bron], Uit], bronnen: Sequence[Bron], omvang: int | None = None) -> Iterator[Uit]:
    """Do the same work for each source and give the results in order, as they come.

    `werk` is a function at the top of a module, its argument and result can be pickled; `omvang` says how many ordinary
    letters the work compares to, when the sources are not all alike.
    """
    te_weinig = (len(bronnen) if omvang is None else omvang) < SIDE_BY_SIDE or len(bronnen) < _WORKERS
    if te_weinig or (os.cpu_count() or 1) < _WORKERS:
        yield from map(werk, bronnen)
        return
    # Spawned, not forked: a fork copies locks that a thread of ours may hold just then.
    with ProcessPoolExecutor(_WORKERS, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(werk, bronnen)
