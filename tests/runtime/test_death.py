from __future__ import annotations

import signal

import pytest

from sentinel_match_plugin.runtime.death import describe_death


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (-signal.SIGKILL, ["SIGKILL", "memory ran out", "smaller EXTENT"]),
        (-signal.SIGSEGV, ["SIGSEGV", "crash", "Run it again"]),
        (-signal.SIGTERM, ["SIGTERM", "from outside"]),
        (-99, ["signal 99"]),
        (3, ["exit code 3", "report"]),
        (0, ["before the job was done"]),
        (0xC0000005, ["0xC0000005", "crash"]),
        (-1073741819, ["0xC0000005"]),  # the same NTSTATUS, as a signed number
        (0xC0000135, ["missing", "make setup"]),
    ],
)
def test_how_the_engine_died_is_a_sentence_with_what_to_do(code, words):
    text = describe_death(code, "last line")
    assert text.startswith("The engine stopped in the middle of the job")
    assert text.endswith("Its last words: last line")
    for word in words:
        assert word in text
