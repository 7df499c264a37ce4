"""Why a result is doubted: a sentence, and the kind of trouble it tells of."""

from __future__ import annotations


class Reason(str):
    """A sentence for the user; ``kind`` is how a report finds the advice that goes with it (results/advice.py)."""

    kind: str

    def __new__(cls, text: str, kind: str = "") -> Reason:
        reason = super().__new__(cls, text)
        reason.kind = kind
        return reason
