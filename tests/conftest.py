"""For every test: names that stay short."""

from __future__ import annotations

import zlib

_LANG = 80


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file or a long text by a sum of it: pytest would spell out all 26 MB."""
    if isinstance(val, str) and len(val) > _LANG:
        val = val.encode("utf-8", "surrogatepass")
    return f"{argname}-{zlib.crc32(val):08x}" if isinstance(val, bytes) else None
