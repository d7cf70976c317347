"""For every test: names that stay short, and folders in memory."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

_LANG = 80
_GEHEUGEN = Path("/dev/shm")  # noqa: S108
_GENOEG = 2 * 1024**3

# Every delivery waits for the disk to be sure; thousands of tests need not.
if _GEHEUGEN.is_dir() and os.access(_GEHEUGEN, os.W_OK) and shutil.disk_usage(_GEHEUGEN).free > _GENOEG:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_GEHEUGEN))

# Tests run side by side, each on a core of its own: processes beside it would only cost what it takes to start them.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("PYTHON_CPU_COUNT", "1")

# Frozen models make no cycles, and there are millions of them: looking for cycles often only costs time.
gc.set_threshold(50_000, 20, 20)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file or a long text by its argument: pytest numbers them, and would otherwise spell out all 26 MB.

    Never by what is in it: a mail has a boundary and a package a time of its own in each process, and the processes
    must agree on the names.
    """
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > _LANG) else None
