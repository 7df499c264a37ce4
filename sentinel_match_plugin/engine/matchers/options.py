"""Options that one matcher or detector has and others have not: written ``name=value``, refused where they make no
sense.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import InputError


@dataclass(frozen=True)
class Option:
    """``default`` says the type: int, float or str. Numbers lie in ``low``..``high``, texts are one of ``choices``
    where there are any.

    ``what``: what it does, for the user; no full stop.
    """

    name: str
    default: Any
    what: str
    low: float = float("-inf")
    high: float = float("inf")
    choices: tuple[str, ...] = ()

    @property
    def range(self) -> str:
        """What it may be, as part of a sentence."""
        if self.choices:
            return " or ".join(self.choices)
        if isinstance(self.default, str):
            return "a word or the path of a file"
        kind = "a whole number" if isinstance(self.default, int) else "a number"
        return f"{kind} from {self.low:g} to {self.high:g}"

    def value(self, text: str) -> Any:
        """``text`` as a value of this option. Raises InputError saying what it may be."""
        if self.choices:
            if text in self.choices:
                return text
        elif isinstance(self.default, str):
            return text
        else:
            try:
                number = type(self.default)(text)
            except ValueError:
                number = None
            if number is not None and self.low <= number <= self.high:  # nan lies nowhere
                return number
        raise InputError(f"The option {self.name} must be {self.range}, not “{text}”.")


def parse(text: str, options: Sequence[Option], owner: str) -> dict[str, Any]:
    """What ``text``, such as ``weights=indoor threshold=0.4`` (spaces, commas or semicolons between), asks for.

    Raises InputError where ``owner``, a matcher or detector, has no such option, one is given twice, or a value is out
    of range: the sentence names what there is.
    """
    known = {option.name: option for option in options}
    there_is = "; ".join(f"{o.name} ({o.range}, default {o.default})" for o in options) or "it has none"
    found: dict[str, Any] = {}
    for word in words(text):
        name, equals, value = word.partition("=")
        if not (name and equals and value):
            raise InputError(f"“{word}” is no option of {owner}: write name=value. Options of {owner}: {there_is}.")
        if name not in known:
            raise InputError(f"{owner} has no option “{name}”. Options of {owner}: {there_is}.")
        if name in found:
            raise InputError(f"The option {name} of {owner} is given twice.")
        found[name] = known[name].value(value)
    return found


def words(text: str) -> list[str]:
    """The ``name=value`` of ``text``, one by one, as they were written."""
    return [word for word in re.split(r"[\s,;]+", re.sub(r"\s*=\s*", "=", text.strip())) if word]
