"""The metadata of a product, read as if a stranger had written it: no document types, no entities, no depth.

Imported by QGIS too: no numpy here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# expat itself neither loads nor expands anything once document types are refused, which is done below: every attack
# through XML (entity bombs, external entities, remote DTDs) needs one.
from xml.parsers import expat  # nosec B407

from ..errors import InputError

MAX_DEPTH = 60  # Sentinel-2's own metadata have some ten levels


@dataclass
class Element:
    """An element: its name in lower case without the namespace, its attributes (names in lower case) and its text."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Element]:
        """Every element below this one that has one of the names, in the order of the document."""
        wanted = {name.lower() for name in names}
        pending = list(reversed(self.children))
        while pending:
            element = pending.pop()
            if element.name in wanted:
                yield element
            pending += reversed(element.children)

    def first(self, *names: str) -> Element | None:
        """The first such element, None where there is none."""
        return next(self.all(*names), None)

    def value(self, *names: str) -> str:
        """The text of the first such element, "" where there is none."""
        element = self.first(*names)
        return element.text if element is not None else ""


def parse(data: bytes, label: str) -> Element:
    """The root element. Raises InputError where it is not well-formed, nested beyond reason, or has a document type."""
    top = Element("", {})
    stack = [top]
    texts: list[list[str]] = [[]]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > MAX_DEPTH:
            raise InputError(f"{label} is nested deeper than the metadata of any product: it is not read.")
        plain = {_plain(key): value for key, value in attributes.items()}
        element = Element(_plain(name), plain)
        stack[-1].children.append(element)
        stack.append(element)
        texts.append([])

    def end(_: str) -> None:
        stack.pop().text = "".join(texts.pop()).strip()

    def refuse(*_: object) -> None:
        raise InputError(
            f"{label} declares a document type, which the metadata of Sentinel-2 never do and by which files can do "
            "harm: it is not read."
        )

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: texts[-1].append(text)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two: an encoding that is none
        raise InputError(f"{label} is not proper XML ({error}): it may be cut off. Download it again.") from error
    return top.children[0]


def _plain(name: str) -> str:
    return name.rpartition(":")[2].lower()
