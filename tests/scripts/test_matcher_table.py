"""The help's table of matchers and the engine's catalogue say the same."""

from __future__ import annotations

import matcher_table


def test_the_table_in_the_help_is_that_of_the_catalogue():
    page = matcher_table.HELP.read_text(encoding="utf-8")
    assert page == matcher_table.with_table(page), "run scripts/matcher_table.py"


def test_the_table_names_what_a_matcher_needs_and_what_it_takes():
    row = next(row for row in matcher_table.table().splitlines() if "<b>aliked-lightglue</b>" in row)
    for part in ("aliked-n16.pth", "47.6 MB", "BSD-3-Clause", "threshold", "0.1"):
        assert part in row
