"""Whether the text shown in a date picker is the date that the picker keeps."""

from __future__ import annotations

import re

_MONTHS = (
    ("jan",), ("feb", "fév"), ("maa", "mrt", "mar"), ("apr", "avr"), ("mei", "may", "mai"), ("jun", "juin"),
    ("jul", "juil"), ("aug", "aoû"), ("sep",), ("okt", "oct"), ("nov",), ("dec", "déc"),
)  # fmt: skip
_FULL_DATE = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})")
_WORD = re.compile(r"[^\W\d_]{3,}")


def is_full_date(text: str) -> bool:
    """Return whether a text starts as the picker keeps a date (2024-02-01)."""
    return _FULL_DATE.match(text) is not None


def agrees_with(text: str, full_date: str, date_format: str) -> bool:
    """Return whether the shown text can be the kept date; true when no (readable) date is kept.

    Day-month order is taken unless the picker's own format starts with the month.
    """
    match = _FULL_DATE.match(full_date)
    if match is None:
        return True
    year, month, day = (int(part) for part in match.groups())
    numbers = [int(number) for number in re.findall(r"\d{1,4}", text)]
    if _names_month(text, month):
        return bool({year, year % 100} & set(numbers)) and (day in numbers or "d" not in date_format)
    return _numeric_agrees(numbers, (year, month, day), date_format)


def _names_month(text: str, month: int) -> bool:
    starts = _MONTHS[month - 1] if 1 <= month <= len(_MONTHS) else ()
    return any(word.casefold().startswith(starts) for word in _WORD.findall(text))


def _numeric_agrees(numbers: list[int], date: tuple[int, int, int], date_format: str) -> bool:
    year, month, day = date
    orders: list[list[int]] = [[day, month, year], [day, month, year % 100], [year, month, day]]
    if date_format.startswith("M"):
        orders.append([month, day, year])
    if "d" not in date_format:
        orders += [[month, year], [year]]
    return numbers[:3] in orders
