"""Work over two processes when there is enough of it: Python code and rdocx hold one lock, so threads do not help."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

#: From this many documents on, starting processes costs less than it saves.
SIDE_BY_SIDE = 40
_WORKERS = 2

Bron = TypeVar("Bron")
Uit = TypeVar("Uit")


def spread(werk: Callable[[Bron], Uit], bronnen: Sequence[Bron]) -> Iterator[Uit]:
    """Do the same work for each source and give the results in order, as they come.

    `werk` is a function at the top of a module, its argument and result can be pickled.
    """
    if len(bronnen) < SIDE_BY_SIDE or (os.cpu_count() or 1) < _WORKERS:
        yield from map(werk, bronnen)
        return
    # Spawned, not forked: a fork copies locks that a thread of ours may hold just then.
    with ProcessPoolExecutor(_WORKERS, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(werk, bronnen, chunksize=4)
