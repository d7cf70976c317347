"""Repeated rows whose wrapper is lost, and copies of one field.

LibreOffice drops Word's repeating sections: the same tags simply recur in the table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.read.draft import Draft
from pipeline.read.findings import Findings
from schemas.inzending import RuweSoort


def infer_rows(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the answers with `rij` filled in where tags (or, without tags, labels) recur within one table.

    The first recurring tag of a group (the part before the first dot) starts a row; the others belong to the row
    last started. Answers of a real repeating section keep the row they have.
    """
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        if draft.table is not None and draft.antwoord.rij is None and not draft.loose:
            groups[draft.table, _find_group(draft)].append(index)
    result = list(drafts)
    for indexes in groups.values():
        for index, rij in _number([drafts[index] for index in indexes]).items():
            result[indexes[index]] = drafts[indexes[index]].with_rij(rij)
    return result


def merge_copies(drafts: Sequence[Draft], findings: Findings) -> list[Draft]:
    """Return the answers with equal copies of one tag as one; different ones are kept and reported."""
    kept: list[Draft] = []
    seen: dict[tuple[str, int | None], Draft] = {}
    for draft in drafts:
        answer = draft.antwoord
        if answer.tag is None:
            kept.append(draft)
            continue
        first = seen.setdefault((answer.tag, answer.rij), draft)
        if first is draft:
            kept.append(draft)
        elif first.antwoord.waarde != answer.waarde:
            findings.add("antwoord-dubbel", answer.plaats, label=answer.label)
            kept.append(draft)
    return kept


def _find_group(draft: Draft) -> str:
    tag = draft.antwoord.tag
    return "\x00" if tag is None else tag.partition(".")[0] if "." in tag else ""


def _key(draft: Draft) -> str:
    return draft.antwoord.tag or draft.antwoord.label


def _number(drafts: Sequence[Draft]) -> dict[int, int]:
    """Return the row of each answer, by its index; nothing when no row repeats."""
    keys = [_key(draft) for draft in drafts if draft.antwoord.soort is not RuweSoort.LABEL]
    counts = Counter(keys)
    start = next((key for key in keys if counts[key] > 1), None)
    untagged = drafts[0].antwoord.tag is None
    if start is None or (untagged and start != keys[0]):
        return {}
    if _are_copies([draft for draft in drafts if _key(draft) == start], counts):
        return {}
    rows: dict[int, int] = {}
    rij = -1
    for index, draft in enumerate(drafts):
        rij += draft.antwoord.soort is not RuweSoort.LABEL and _key(draft) == start
        if rij >= 0:
            rows[index] = rij
    return rows


def _are_copies(same: Sequence[Draft], counts: Counter[str]) -> bool:
    """Only one tag recurs, always with the same answer: copies of one field (a casuscode in two places)."""
    recurring = sum(count > 1 for count in counts.values())
    return recurring == 1 and len({draft.antwoord.waarde for draft in same}) == 1 and not same[0].antwoord.leeg
