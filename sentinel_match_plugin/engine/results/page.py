"""A page that needs nothing else: one HTML file with its pictures and its style inside, which prints well.

Every report of the program is one: sections of words, tables and pictures between a title and the end.
"""

from __future__ import annotations

import base64
import datetime
import html
import os
import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template

from .. import __version__
from .outputs import replacing

_PAGE = Path(__file__).with_name("page.html")


def write_page(path: str | Path, title: str, body: Iterable[str]) -> None:
    """Write the page; ``title`` is plain text, ``body`` pieces of HTML in order. Raises OutputError."""
    page = Template(_PAGE.read_text(encoding="utf-8")).substitute(
        title=html.escape(title),
        made=f"{datetime.datetime.now().astimezone():%Y-%m-%d %H:%M %Z}, Sentinel Match {__version__}",
        body="\n".join(piece for piece in body if piece),
    )
    with replacing(path) as file:
        file.write(page)


def section(title: str, *pieces: str) -> str:
    """A box with a heading. ``title`` is plain text, ``pieces`` are HTML."""
    return f"<section><h2>{html.escape(title)}</h2>{''.join(pieces)}</section>"


def paragraph(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{html.escape(text)}</p>"


def note(text: str) -> str:
    """A paragraph of plain text in small print: what the figures above it mean."""
    return f'<p class="note">{html.escape(text)}</p>'


def bullets(title: str, texts: Sequence[str]) -> str:
    """A box with a list of plain texts; nothing where there are none."""
    return section(title, f"<ul>{''.join(f'<li>{html.escape(text)}</li>' for text in texts)}</ul>") if texts else ""


def repeat(algorithm: str, given: Sequence[tuple[str, object]], *before: str) -> str:
    """A box with what to type to do it again: ``algorithm``, named without its provider, with the parameters ``given``
    (name, value; a name may come several times). ``before``: pieces of HTML above that.
    """
    return section(
        "To repeat it",
        *before,
        "<h3>On the command line</h3>",
        f"<pre>{html.escape(qgis_process(algorithm, given))}</pre>",
        "<h3>In the Python console of QGIS, or in a script</h3>",
        f"<pre>{html.escape(python_snippet(algorithm, given))}</pre>",
    )


def qgis_process(algorithm: str, given: Iterable[tuple[str, object]], windows: bool = os.name == "nt") -> str:
    """The command that runs ``algorithm`` with the parameters ``given``, as the shell of this system reads it."""
    words = [f"{name}={value}" for name, value in given]
    if windows:  # where no name of a file has a quote in it
        quoted = [word if re.fullmatch(r"[\w=.:\\/-]+", word) else f'"{word}"' for word in words]
    else:
        quoted = [shlex.quote(word) for word in words]
    return f" {'^' if windows else chr(92)}\n    ".join([f"qgis_process run sentinelmatch:{algorithm} --", *quoted])


def python_snippet(algorithm: str, given: Iterable[tuple[str, object]]) -> str:
    """The same in Python: a name that comes several times has a list of values."""
    values: dict[str, list[object]] = {}
    for name, value in given:
        values.setdefault(name, []).append(value)
    lines = [f'    "{name}": {(all_of[0] if len(all_of) == 1 else all_of)!r},' for name, all_of in values.items()]
    return "\n".join(
        [
            "import processing",
            "",
            f'results = processing.run("sentinelmatch:{algorithm}", {{',
            *lines,
            "})",
        ]
    )


def key_figures(figures: Iterable[tuple[str, str, str]]) -> str:
    """What matters most, large: of each figure its name, itself, and a word on it. Plain texts."""
    boxes = (
        f"<div><span>{html.escape(name)}</span><b>{html.escape(figure)}</b><span>{html.escape(word)}</span></div>"
        for name, figure, word in figures
    )
    return f'<div class="key">{"".join(boxes)}</div>'


def table(rows: Sequence[Sequence[str]], header: bool = False, figures: bool = False, short: bool = False) -> str:
    """A table of plain texts; the first cell of each row names it, the first row names the columns if ``header``.

    ``figures``: many columns of numbers, which are set close and scroll where they do not fit. ``short``: the last
    column holds single words, which are not broken.
    """
    lines = []
    for number, (name, *cells) in enumerate(rows):
        cell = "th" if header and number == 0 else "td"
        inner = "".join(f"<{cell}>{html.escape(text)}</{cell}>" for text in cells)
        lines.append(f'<tr><th scope="row">{html.escape(name)}</th>{inner}</tr>')
    if figures:
        return f'<div class="scroll"><table class="figures">{"".join(lines)}</table></div>'
    css = ' class="short"' if short else ""
    return f"<table{css}>{''.join(lines)}</table>"


def image(alternative: str, picture: bytes, kind: str = "jpeg", wide: bool = True) -> str:
    """A picture within the page; ``alternative`` is plain text for who cannot see it, ``kind`` jpeg or png.

    ``wide``: of several parts side by side, which on a narrow screen is scrolled instead of made too small to read.
    """
    css = ' class="wide"' if wide else ""
    return f'<div class="scroll"><img alt="{html.escape(alternative)}" src="{embedded(picture, kind)}"{css}></div>'


def embedded(picture: bytes, kind: str = "jpeg") -> str:
    """A picture as the address of itself."""
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode('ascii')}"
