"""What a new user does, step by step, with the eyes and hands of desk.py; first_use.py takes the steps in order."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import desk
from desk import NotSeen, beside, choose, click, fill, place, press, seek, wait, wait_gone

INSTALL_S, RUN_S = 1800, 900  # the most that is waited for
QGIS, PLUGINS, OPTIONS, SOURCES, DIALOG = "QGIS$", "^Plugins", "^Options", "^Data Source Manager", "^Co-register"
GOOD = "#1a9850"  # of the tie points with the smallest residuals


class Walk:
    """The user's folder ``work`` with copies of the two rasters, the ``plugin``'s zip, and the pictures so far.

    ``python``: the one to choose for the engine, else the proposed one; ``width``: of JPEGs, 0 for whole PNGs.
    """

    def __init__(
        self, work: Path, folder: Path, plugin: Path, rasters: tuple[Path, Path], python: str = "", width: int = 0
    ) -> None:
        self.work, self.folder, self.zip, self.python, self.width = work, folder, plugin, python, width
        self.rasters = [Path(shutil.copy(path, work)) for path in rasters]
        self.reference, self.target = (path.stem for path in self.rasters)
        self.index: list[tuple[str, str]] = []

    def shows(self, name: str, text: str) -> None:
        """The next picture, and what is to be seen on it."""
        file = f"{len(self.index) + 1:02d}_{name}.{'jpg' if self.width else 'png'}"
        desk.picture(self.folder / file, self.width)
        self.add(file, text)

    def add(self, file: str, text: str) -> None:
        """A picture that is there."""
        self.index.append((file, text))
        sys.stdout.write(f"{file}: {text}\n")
        sys.stdout.flush()


# -- the steps ---------------------------------------------------------------------------------------------------------


def start(walk: Walk) -> None:
    desk.wait_title("QGIS", 120)
    wait("Plugins", "menu item", QGIS, patience=60)
    desk.maximise(QGIS)
    walk.shows("empty_profile", "QGIS as it starts for the first time")


def install_the_zip(walk: Walk) -> None:
    menu("Plugins", "Manage and Install Plugins…")
    click("Install from ZIP", "list item", PLUGINS)
    fill(beside("ZIP file:", window=PLUGINS), str(walk.zip))
    walk.shows("install_from_zip", "*Plugins > Manage and Install Plugins > Install from ZIP*")
    click("Install Plugin", "push button", PLUGINS)
    click("Yes", "push button", "Security warning")
    wait("Set up the engine…", "push button", QGIS, patience=60)
    click("Close", "push button", PLUGINS)
    desk.wait_closed(PLUGINS)
    time.sleep(1)
    walk.shows("zip_installed", "The plugin is there, and says what is to be done first")


def set_up_the_engine(walk: Walk) -> None:
    click("Set up the engine…", "push button", QGIS)
    box = wait("The best one.*", "combo box", OPTIONS)
    if walk.python:
        choose(box, f".*: {re.escape(walk.python)}")
    walk.shows("engine_page", "*Set up the engine…* opens *Settings > Options > Sentinel Match*")
    click("Install", "push button", OPTIONS)
    wait("Fetching .*", "label", OPTIONS, patience=INSTALL_S)
    walk.shows("engine_fetching", "*Install*: what is fetched, and how much of it is there")
    wait("Unpacking .*", "label", OPTIONS, patience=INSTALL_S)
    walk.shows("engine_unpacking", "The window can be used meanwhile, and the dialog be closed")
    wait_gone("The engine is being installed.*", "label", OPTIONS, patience=INSTALL_S)
    wait("The engine is installed.", "label", OPTIONS, patience=10)
    walk.shows("engine_installed", "Installed, and tested: what it computes on")
    click("OK", "push button", OPTIONS)
    desk.wait_closed(OPTIONS)
    time.sleep(1.5)
    walk.shows("engine_ready", "Back in the window")


def look_at_the_engine_again(walk: Walk) -> None:
    menu("Settings", "Options…")
    click("Sentinel Match", "table cell", OPTIONS)
    wait("Python .*|The best one.*", "combo box", OPTIONS)
    click("Check and test devices", "push button", OPTIONS)
    wait("Stop", "push button", OPTIONS)
    wait_gone("Stop", "push button", OPTIONS, patience=120)
    time.sleep(1)
    walk.shows("engine_checked", "The page opened again: *Check and test devices*")
    click("Cancel", "push button", OPTIONS)
    desk.wait_closed(OPTIONS)


def open_the_rasters(walk: Walk) -> None:
    menu("Layer", "Add Layer", "Add Raster Layer…")
    for path in walk.rasters:
        field = beside(r"Raster dataset\(s\)", "text", SOURCES)
        fill(field, str(path))
        click("Add", "push button", SOURCES)
        wait(path.stem, "table cell", QGIS)
    walk.shows("add_raster_layer", "*Layer > Add Layer > Add Raster Layer…*, for both")
    click("Close", "push button", SOURCES)
    desk.wait_closed(SOURCES)
    time.sleep(3)
    walk.shows("two_layers", f"*{walk.target}* over *{walk.reference}*: they do not lie on each other")


def open_the_dialog(walk: Walk) -> None:
    click("Toolbox", "check box", QGIS)
    toolbox = wait("Processing Toolbox", "frame", QGIS)
    search = next(widget for widget in desk.tree(toolbox) if widget.getRoleName() == "text")
    fill(search, "register")
    time.sleep(1)
    click("Co-register raster", "table cell", QGIS, times=2)
    wait("Run", "push button", DIALOG)
    wait("Both show .*", "label", DIALOG)
    walk.shows("dialog", "*Co-register raster* in the Toolbox: the dialog says what the two have in common")


def fill_in_the_dialog(walk: Walk) -> None:
    choose(beside("Reference raster", "combo box", DIALOG), f"{walk.reference} .*")
    choose(beside("Target raster", "combo box", DIALOG), f"{walk.target} .*")
    fill(beside(r"Largest displacement looked for \(metres\)", "spin button", DIALOG), "1000")
    press("Tab")
    bar = min(desk.every(".*", "scroll bar", DIALOG), key=lambda one: place(one)[0])
    desk.scroll_to("Shift vectors.*", "label", DIALOG, bar)
    click(beside("Shift vectors.*", "push button", DIALOG))
    press("Down", "Down", "Return")  # Create Temporary Layer; menus of their own are not in the tree
    time.sleep(0.5)
    walk.shows("dialog_filled", "Layers chosen, 1000 m looked around, shift vectors wanted")


def run_it(walk: Walk) -> None:
    click("Run", "push button", DIALOG)
    time.sleep(6)
    walk.shows("running", "*Run*: what it does, and why")
    wait("Change Parameters", "push button", DIALOG, patience=RUN_S)
    time.sleep(2)
    walk.shows("log", "The log ends with what came out")
    click("Close", "push button", DIALOG)
    desk.wait_closed(DIALOG)
    wait("Match viewer", "push button", QGIS)
    time.sleep(2)
    walk.shows("result", "Tie points coloured by residual on the warped raster; the message tells the status")
    x, y = middle_of_the_map()
    desk.click_at(x, y, button=4, times=3)
    time.sleep(4)
    walk.shows("result_near", "Nearer: points, and arrows from where things are to where the target shows them")
    click("Zoom Full", "push button", QGIS)


def read_the_report(walk: Walk) -> None:
    click("Report .*", "table cell", QGIS, times=2)
    desk.wait_title("Chromium", 60)
    time.sleep(4)
    walk.shows("report_in_the_browser", "A double click in the *Results Viewer* opens the report in the browser")
    press("ctrl+shift+w")
    time.sleep(2)
    reports = sorted(walk.work.glob("tmp/processing_*/*/REPORT.html"))
    if not reports:
        raise NotSeen(f"There is no REPORT.html below {walk.work / 'tmp'}.")
    for width, height in ((1280, 3000), (540, 3000)):
        file = f"{len(walk.index) + 1:02d}_report_{width}.png"
        command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--user-data-dir={walk.work / 'headless'}", f"--window-size={width},{height}"]
        command += [f"--screenshot={walk.folder / file}", reports[-1].as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        walk.add(file, f"The same report in headless Chromium, {width} pixels wide")


def look_at_the_points(walk: Walk) -> None:
    button = seek("Match viewer", "push button", QGIS)  # of the message, which goes after a while
    click(button if button is not None else "Match viewer", "check box", QGIS)
    wait("[0-9]+ of [0-9]+ points", "label", QGIS)
    time.sleep(5)
    walk.shows("match_viewer", "*Match viewer*: the same points on both rasters")
    left, top, right, bottom = canvas("Reference")
    x, y = (left + right) / 2, (top + bottom) / 2
    desk.click_at(x, y, button=4, times=2)
    time.sleep(4)
    click_colour(GOOD, (round(x) - 120, round(y) - 80, 240, 160))
    time.sleep(2)
    walk.shows("point_clicked", "A click on a point shows its partner, and what is known of the pair")
    click("Show all points", "push button", QGIS)
    field = beside("residual up to", "spin button", QGIS)
    fill(field, "0.1")
    press("Tab")
    time.sleep(2)
    walk.shows("filtered", "Only the points with a residual of at most .1 px")
    fill(field, "0")
    press("Tab")


def swipe(walk: Walk) -> None:
    click("Swipe on the map", "check box", QGIS)
    time.sleep(6)
    walk.shows("swipe", "*Swipe on the map*: before and after")
    x, y = middle_of_the_map()
    desk.drag((x, y), (x + 90, y))
    time.sleep(3)
    walk.shows("swipe_moved", "The line follows the mouse")
    click("Swipe on the map", "check box", QGIS)


STEPS = (
    start,
    install_the_zip,
    set_up_the_engine,
    look_at_the_engine_again,
    open_the_rasters,
    open_the_dialog,
    fill_in_the_dialog,
    run_it,
    read_the_report,
    look_at_the_points,
    swipe,
)


# -- what several steps need -------------------------------------------------------------------------------------------


def menu(*names: str) -> None:
    """Open menus one after another and press the last entry."""
    for attempt in range(3):  # a busy window may lose a click
        try:
            for name in names:
                click(name, "menu item", QGIS if name == names[0] else "", patience=10)
            return
        except NotSeen:
            press("Escape", "Escape")
            if attempt == 2:
                raise


def middle_of_the_map() -> tuple[float, float]:
    """Of the main canvas, which has no name: what the docks leave."""
    frames = {widget.name: place(widget) for widget in desk.every(".+", "frame", QGIS)}
    left = sum(frames["Layers"][::2])
    right = min([frames[name][0] for name in ("Processing Toolbox",) if name in frames] or [1500])
    bottom = frames["Match viewer"][1] if "Match viewer" in frames else sum(frames["Layers"][1::2])
    return (left + right) / 2, (frames["Browser"][1] + bottom) / 2


def canvas(title: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of one of the viewer's canvases: below its box, above the legend."""
    x, _, _, _ = place(wait(title, "label", QGIS))
    box = place(beside(title, "combo box", QGIS))
    legend = place(wait("Residual, .*", "label", QGIS))
    return x, box[1] + box[3], box[0] + box[2], legend[1]


def click_colour(colour: str, region: tuple[int, int, int, int]) -> None:
    """Press on the middle of the first patch of a colour, row by row, in ``x, y, width, height`` of the screen."""
    x, y, width, height = region
    command = ["import", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}", "-depth", "8", "rgb:-"]
    pixels = subprocess.run(command, check=True, capture_output=True).stdout
    wanted = bytes.fromhex(colour[1:])
    at = [index for index in range(width * height) if pixels[3 * index : 3 * index + 3] == wanted]
    if not at:
        raise NotSeen(f"There is nothing of the colour {colour} around {x + width // 2}, {y + height // 2}.")
    first = min(at, key=lambda index: abs(index // width - height // 2) + abs(index % width - width // 2))
    desk.click_at(x + first % width, y + first // width)
