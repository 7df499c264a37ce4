"""A desk without a person: a screen of its own, a window manager, and hands that click and type in what stands on it.

Widgets are found as a screen reader finds them, by role and name (AT-SPI), and pressed with the mouse and the keyboard
(xdotool): nothing is called in the program. Patterns of names are regular expressions that match a name whole (of a
window: a part of it). Run with /usr/bin/python3; from apt: xvfb, openbox, xdotool, imagemagick, dbus-x11, at-spi2-core,
python3-pyatspi.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from virtual_screen import end, virtual_screen

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import", "dbus-launch")
MOST_CHILDREN = 80  # of one widget; the tree of the Toolbox has hundreds, and each is asked
POLL_S = 0.5
ROW_PX = 45  # a field stands at most so far below its label
FIELDS = "text|spin button|combo box"

Widget = Any  # pyatspi.Accessible


class NotSeen(RuntimeError):
    """What should be on the screen is not there."""


def missing() -> list[str]:
    """What has to be installed first."""
    from importlib.util import find_spec

    gone = [program for program in PROGRAMS if shutil.which(program) is None]
    return gone if find_spec("pyatspi") else [*gone, "pyatspi"]


@contextmanager
def desk(command: list[str], environment: dict[str, str], log: Path, size: str = "1500x1000") -> Iterator[None]:
    """A screen with one program on it. ``environment``: what the program sees beside the screen."""
    started: list[subprocess.Popen] = []

    def start(command: list[str]) -> None:
        with open(log, "a", encoding="utf-8") as file:
            started.append(subprocess.Popen(command, env=environment, stdout=file, stderr=file))

    with virtual_screen(size) as display:
        # The hands are in this process, and have to reach the same screen and the same bus.
        _share(environment, "DISPLAY", display)
        said = subprocess.run(["dbus-launch"], env=environment, check=True, capture_output=True, text=True).stdout
        bus = dict(line.split("=", 1) for line in said.splitlines())
        _share(environment, "DBUS_SESSION_BUS_ADDRESS", bus["DBUS_SESSION_BUS_ADDRESS"])
        environment.update(QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_ACCESSIBILITY="1")
        try:
            start(["openbox"])
            _wait_for_window_manager()
            start(command)
            yield
        finally:
            for process in reversed(started):
                end(process)
            os.kill(int(bus["DBUS_SESSION_BUS_PID"]), 15)


def _share(environment: dict[str, str], name: str, value: str) -> None:
    environment[name] = os.environ[name] = value


def _wait_for_window_manager() -> None:
    end = time.monotonic() + 30
    while subprocess.run(["xdotool", "get_num_desktops"], capture_output=True).returncode:
        if time.monotonic() > end:
            raise NotSeen("openbox does not run.")
        time.sleep(POLL_S)


# -- eyes --------------------------------------------------------------------------------------------------------------


def windows() -> list[Widget]:
    """The open windows of all programs."""
    import pyatspi

    return [window for program in pyatspi.Registry.getDesktop(0) for window in program or () if window is not None]


def tree(top: Widget, depth: int = 0) -> Iterator[Widget]:
    """``top`` and every widget below it that is shown."""
    import pyatspi

    try:
        if depth and not top.getState().contains(pyatspi.STATE_SHOWING):
            return
        most = 0 if top.getRoleName() == "combo box" else MOST_CHILDREN
        children = [top.getChildAtIndex(index) for index in range(min(top.childCount, most))]
    except Exception:  # a widget may go while it is looked at
        return
    yield top
    for child in children:
        if child is not None:
            yield from tree(child, depth + 1)


def every(name: str, role: str = "", window: str = "") -> list[Widget]:
    """The widgets with such a name, the newest window first. ``role``: roles, "" for any."""
    found = []
    for top in reversed(windows()):
        if re.search(window, top.name or ""):
            for widget in tree(top):
                if (not role or widget.getRoleName() in role.split("|")) and re.fullmatch(name, called(widget)):
                    found.append(widget)
    return found


def seek(name: str, role: str = "", window: str = "") -> Widget | None:
    """The first of ``every``."""
    return next(iter(every(name, role, window)), None)


def wait(name: str, role: str = "", window: str = "", patience: float = 30) -> Widget:
    """``seek`` until it is there. Raises NotSeen."""
    end = time.monotonic() + patience
    while True:
        widget = seek(name, role, window)
        if widget is not None:
            return widget
        if time.monotonic() > end:
            where = f"a window “{window}”" if window else "any window"
            open_now = ", ".join(f"“{top.name}”" for top in windows()) or "none"
            raise NotSeen(f"No {role or 'widget'} “{name}” in {where} within {patience:g} s; open were: {open_now}.")
        time.sleep(POLL_S)


def wait_gone(name: str, role: str = "", window: str = "", patience: float = 30) -> None:
    """Until it is there no more. Raises NotSeen."""
    end = time.monotonic() + patience
    while seek(name, role, window) is not None:
        if time.monotonic() > end:
            raise NotSeen(f"The {role or 'widget'} “{name}” did not go within {patience:g} s.")
        time.sleep(POLL_S)


def wait_closed(window: str, patience: float = 30) -> None:
    """Until no such window is shown; a dialog that was closed may stay in the tree. Raises NotSeen."""
    import pyatspi

    end = time.monotonic() + patience
    while any(
        re.search(window, top.name or "") and top.getState().contains(pyatspi.STATE_SHOWING) for top in windows()
    ):
        if time.monotonic() > end:
            raise NotSeen(f"The window “{window}” did not close within {patience:g} s.")
        time.sleep(POLL_S)


def wait_title(part: str, patience: float = 30) -> None:
    """Until there is a window with this in its title; one, too, that tells a screen reader nothing. Raises NotSeen."""
    end = time.monotonic() + patience
    while not subprocess.run(["xdotool", "search", "--onlyvisible", "--name", part], capture_output=True).stdout:
        if time.monotonic() > end:
            raise NotSeen(f"No window “{part}” opened within {patience:g} s.")
        time.sleep(POLL_S)


def beside(label: str, role: str = FIELDS, window: str = "", patience: float = 30) -> Widget:
    """What belongs to a label: the first widget of the role to its right, else the next one below it."""
    text = wait(label, "label", window, patience)
    x, y, width, height = place(text)
    near = []
    for widget in every(".*", role, window):
        left, top, _, tall = place(widget)
        if abs(top + tall / 2 - y - height / 2) < height and left >= x + width - 2:
            near.append(((0, left), widget))
        elif y <= top <= y + ROW_PX and left + 2 >= x:
            near.append(((1, left + top), widget))
    if not near:
        raise NotSeen(f"Nothing to fill in beside or below “{label}”.")
    return min(near, key=lambda one: one[0])[1]


def called(widget: Widget) -> str:
    """Its name, without marks of shortcuts."""
    return (widget.name or "").replace("&", "").strip()


def place(widget: Widget) -> tuple[int, int, int, int]:
    """x, y, width, height on the screen."""
    import pyatspi

    box = widget.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return box.x, box.y, box.width, box.height


def enabled(widget: Widget) -> bool:
    """Whether it can be pressed."""
    import pyatspi

    return bool(widget.getState().contains(pyatspi.STATE_ENABLED))


def picture(path: Path, width: int = 0) -> None:
    """What is on the screen now. ``width``: made as narrow as this."""
    smaller = ["-resize", f"{width}x", "-quality", "82"] if width else []
    subprocess.run(["import", "-window", "root", *smaller, str(path)], check=True)


# -- hands -------------------------------------------------------------------------------------------------------------


def click(name: str | Widget, role: str = "", window: str = "", patience: float = 30, **how: Any) -> Widget:
    """Press the mouse on a widget (itself, or one that is waited for): ``times``, ``button``, ``at`` (shares of it)."""
    widget = wait(name, role, window, patience) if isinstance(name, str) else name
    x, y, width, height = place(widget)
    across, down = how.pop("at", (0.5, 0.5))
    click_at(x + width * across, y + height * down, **how)
    return widget


def click_at(x: float, y: float, button: int = 1, times: int = 1) -> None:
    """The mouse moves there and is pressed. Buttons 4 and 5 are the wheel."""
    _hand("mousemove", str(round(x)), str(round(y)))
    time.sleep(0.15)
    _hand("click", "--repeat", str(times), "--delay", "80", str(button))
    time.sleep(0.6)


def drag(start: tuple[float, float], end: tuple[float, float]) -> None:
    """The left button held from one place to another."""
    _hand("mousemove", *(str(round(value)) for value in start))
    _hand("mousedown", "1")
    for step in range(1, 11):
        _hand("mousemove", *(str(round(a + (b - a) * step / 10)) for a, b in zip(start, end)))
        time.sleep(0.05)
    _hand("mouseup", "1")
    time.sleep(0.5)


def write(text: str) -> None:
    """Type it."""
    _hand("type", "--delay", "15", text)
    time.sleep(0.5)


def press(*keys: str) -> None:
    """Press keys one after another: ``Return``, ``ctrl+a``."""
    for key in keys:
        _hand("key", "--clearmodifiers", key)
        time.sleep(0.25)


def fill(field: Widget, text: str) -> None:
    """Write into a field in place of what is there."""
    click(field, at=(0.3, 0.5))
    press("ctrl+a")
    write(text)


def choose(box: Widget, item: str) -> None:
    """Open a box of choices and click one. Raises NotSeen."""
    click(box, at=(0.3, 0.5))
    time.sleep(0.5)
    choices = [row for child in _children(box) for row in _children(child)]
    for row in choices:
        if re.fullmatch(item, called(row)):
            click(row, at=(0.3, 0.5))
            return
    press("Escape")
    raise NotSeen(f"“{item}” is not among the choices: {', '.join(map(called, choices))}.")


def scroll_to(name: str, role: str, window: str, bar: Widget) -> Widget:
    """Turn the wheel over a scroll bar until the widget is in sight. Raises NotSeen."""
    widget = wait(name, role, window)
    for _ in range(60):
        _, top, _, height = place(bar)
        _, y, _, tall = place(widget)
        if top < y and y + tall + ROW_PX < top + height:
            return widget
        click(bar, button=4 if y <= top else 5)
    raise NotSeen(f"“{name}” does not come in sight.")


def maximise(window: str) -> None:
    """As a double click on its title does."""
    x, y, width, _ = place(next(top for top in windows() if re.search(window, top.name or "")))
    click_at(x + width / 3, y - 10, times=2)
    time.sleep(1.5)


def _children(widget: Widget) -> list[Widget]:
    return [child for child in (widget.getChildAtIndex(index) for index in range(widget.childCount)) if child]


def _hand(*arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], check=True)
