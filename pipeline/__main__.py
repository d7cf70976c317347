"""`python -m pipeline`: the command line, where `overleg` itself is not on the path."""

from __future__ import annotations

from pipeline.cli import main

main()
