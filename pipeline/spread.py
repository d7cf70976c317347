"""Work over two processes when there is enough of it: Python code and rdocx hold one lock, so threads do not help."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

#: From this many ordinary letters on, starting processes costs less than it saves.
SIDE_BY_SIDE = 40
_WORKERS = 2

Bron = TypeVar("Bron")
Uit = TypeVar("Uit")


@contextmanager
def open_workers(omvang: int, eigen: Executor | None = None) -> Iterator[Executor | None]:
    """Who does the work of one batch: `eigen` when the caller brings one, else two processes that end with the batch.

    `omvang` says how many ordinary letters the work compares to. None when that is too little for more than one
    process, or when there is one core.
    """
    if eigen is not None:
        yield eigen
    elif omvang < SIDE_BY_SIDE or count_cores() < _WORKERS:
        yield None
    else:
        # Spawned, not forked: a fork copies locks that a thread of ours may hold just then.
        with ProcessPoolExecutor(_WORKERS, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool


def spread(werk: Callable[[Bron], Uit], bronnen: Iterable[Bron], werkers: Executor | None) -> Iterator[Uit]:
    """Do the same work for each source and give the results in order, as they come; here when there are no workers.

    `werk` is a function at the top of a module; its argument and result can be pickled.
    """
    yield from map(werk, bronnen) if werkers is None else werkers.map(werk, bronnen)


def count_cores() -> int:
    """How many processes may work at once: what `PYTHON_CPU_COUNT` says, as Python itself reads it from 3.13 on."""
    gezegd = os.environ.get("PYTHON_CPU_COUNT", "")
    return int(gezegd) if gezegd.isdecimal() and int(gezegd) else os.cpu_count() or 1
