"""The last gate: a finished document holds its template's words and its Deelbeeld's words, and nothing else.

It knows no secret and asks no case: what is not explained is refused.
"""

from __future__ import annotations
