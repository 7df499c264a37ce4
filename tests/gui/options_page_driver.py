# ruff: noqa: E402 - QGIS is started before what needs it is imported
"""Run by QGIS's Python in a process of its own: the options page, worked by its buttons. Prints what was seen."""

from __future__ import annotations

import json
import sys
import time

from qgis.core import QgsApplication
from qgis.PyQt import sip
from qgis.PyQt.QtTest import QTest

_application = QgsApplication([], True)
_application.initQgis()

from sentinel_match_plugin.gui.engine_setup import EngineSetup
from sentinel_match_plugin.gui.options_page import OptionsPage
from sentinel_match_plugin.processing import settings
from sentinel_match_plugin.runtime import state

wheels, own = sys.argv[1:]
seen = {}
setup = EngineSetup()
page = OptionsPage(setup)
page.resize(900, 800)
page.show()


def wait_until(condition, seconds=120):
    """Let QGIS work until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"waited in vain; the log says {setup.lines}")
        QTest.qWait(50)


def look(name):
    """Keep what the page shows."""
    panel = page.panel
    buttons = (panel.install, panel.repair, panel.check, panel.cancel)
    seen[name] = {
        "sentence": panel.sentence.text(),
        "details": panel.details.text(),
        "buttons": [button.text() for button in buttons if button.isVisible() and button.isEnabled()],
        "log": panel.log.toPlainText(),
    }


wait_until(lambda: page.choice.python.count() > 1)
seen["pythons"] = [page.choice.python.itemText(number) for number in range(page.choice.python.count())]
seen["builds"] = [page.choice.cpu.text(), page.choice.cuda.text()]
look("missing")

page.choice.wheels.setFilePath(wheels)
page.panel.install.click()
wait_until(lambda: any("Installing" in line for line in setup.lines))
look("busy")
seen["found while busy"] = state.state().problem
page.panel.cancel.click()
wait_until(lambda: not setup.busy)
look("cancelled")

sip.delete(page)  # the dialog is closed; what it leaves connected would stop the next page
page = OptionsPage(setup)
page.resize(900, 800)
page.show()
wait_until(lambda: page.choice.python.count() > 1)
look("opened again")
page.choice.wheels.setFilePath(wheels)

page.panel.install.click()
second = OptionsPage(setup)  # opened while the first works
wait_until(lambda: not setup.busy)
look("installed")
seen["second page"] = second.panel.sentence.text()

page.choice.cuda.setChecked(True)
look("other build chosen")
page.choice.own.click()
page.choice.own_path.setFilePath(own)
look("own")
page.models.setFilePath("/my/models")
page.apply()
seen["settings"] = [settings.engine_python(), settings.wheel_folder(), settings.model_folder()]
page.choice.made.click()
page.apply()
seen["settings of the plugin's"] = settings.engine_python()
sys.stdout.write("SEEN" + json.dumps(seen))
sys.stdout.flush()
