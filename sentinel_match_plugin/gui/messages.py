"""What is said in QGIS's message bar, which is two lines high."""

from __future__ import annotations

from html import escape
from textwrap import shorten

from qgis.PyQt.QtWidgets import QPushButton, QTextBrowser

# QGIS says “Task complete” or “Task failed” when an algorithm ends, and would cover what was said just before.
AFTER_QGIS_MS = 1000
MOST_CHARACTERS = 160  # two lines beside two buttons, in a window of 1500 pixels with its usual panels


def show(bar, title, text, level, seconds=0, buttons=(), whole=""):
    """Push a message of plain ``text``; returns the item. ``seconds`` 0: until it is closed.

    ``buttons``: pairs of a text and what it does. A text that is too long is cut; under the mouse is ``whole``, by
    default the text.
    """
    item = bar.createMessage(title, escape(shorten(text, MOST_CHARACTERS, placeholder=" …")))
    item.setToolTip(f"<p>{escape(whole or text)}</p>")
    for browser in item.findChildren(QTextBrowser):
        browser.document().setDocumentMargin(1)  # with Qt's 4 pixels QGIS shows half of the second line
    for name, pressed in buttons:
        button = QPushButton(name, item)
        button.clicked.connect(lambda *_, pressed=pressed: pressed())
        item.layout().addWidget(button)
    bar.pushWidget(item, level, seconds)
    return item
