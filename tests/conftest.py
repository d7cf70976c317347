"""For every test: names that stay short, and folders in memory."""

from __future__ import annotations

import os
import shutil
import zlib
from pathlib import Path

_LANG = 80
_GEHEUGEN = Path("/dev/shm")  # noqa: S108
_GENOEG = 2 * 1024**3

# Every delivery waits for the disk to be sure; thousands of tests need not.
if _GEHEUGEN.is_dir() and os.access(_GEHEUGEN, os.W_OK) and shutil.disk_usage(_GEHEUGEN).free > _GENOEG:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_GEHEUGEN))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file or a long text by a sum of it: pytest would spell out all 26 MB."""
    if isinstance(val, str) and len(val) > _LANG:
        val = val.encode("utf-8", "surrogatepass")
    return f"{argname}-{zlib.crc32(val):08x}" if isinstance(val, bytes) else None
