"""From pairs to places: groups of scenes that show the same ground, and an order in which a table of all reads well."""

from __future__ import annotations

import re

import numpy as np

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)")


def places(same: np.ndarray) -> list[list[int]]:
    """Groups of scenes linked by pairs that show the same place, ``same`` bool ``(N, N)``; the largest first, scenes
    that are linked to none last, each on its own.
    """
    left, found = set(range(len(same))), []
    while left:
        group, fresh = set(), {min(left)}
        while fresh:
            group |= fresh
            fresh = set(np.flatnonzero(same[sorted(fresh)].any(0)).tolist()) & left - group
        left -= group
        found.append(sorted(group))
    return sorted(found, key=lambda group: (-len(group), group))


def ordered(same: np.ndarray, labels: list[str]) -> list[int]:
    """All scenes, place after place, by date (where the label tells one) and label within each."""
    groups = [sorted(group, key=lambda number: by_date(labels[number])) for group in places(same)]
    alone = sorted((group[0] for group in groups if len(group) == 1), key=lambda number: by_date(labels[number]))
    return [number for group in groups if len(group) > 1 for number in group] + alone


def by_date(label: str) -> tuple[str, str]:
    """What to sort a label by."""
    date = date_of(label)
    return date, label


def date_of(label: str) -> str:
    """``2018-08-05`` of ``T36UXA_20180805T083559_TCI``; empty where there is no date in it."""
    found = _DATE.search(label)
    return "-".join(found.groups()) if found else ""
