"""The manual: from its Markdown to blocks, and from blocks to the values that a template prints."""

from pipeline.manual.layout import build_values
from pipeline.manual.parse import read_manual

__all__ = ["build_values", "read_manual"]
