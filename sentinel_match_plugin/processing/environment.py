"""``sentinelmatch:environment``: the engine's environment: is it whole, make it, make it anew."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import (
    QgsProcessingOutputBoolean,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
)

from . import checks
from . import parameters as define
from .algorithm import ParameterError, SentinelMatchAlgorithm
from .engine_call import stop_engine
from .settings import base_python, engine_python, proxy, wheel_folder
from .texts import tr

ACTIONS = ("check", "install", "repair")
TORCHES = ("cpu", "cuda")  # of runtime/packages.py; a test keeps the two equal


@dataclass
class EnvironmentInputs:
    """What is to be done, resolved in the main thread."""

    action: str
    torch: str
    interpreter: str
    wheels: str
    extras: bool
    proxy: str
    setting: str


class Environment(SentinelMatchAlgorithm):
    """Check, install and repair the environment that the engine runs in."""

    ID = "environment"
    TITLE = "Engine: check, install, repair"
    SUMMARY = "Makes the Python environment that the matching runs in, and says whether it works."
    TAGS = "engine,environment,install,repair,setup,set-up,python,torch,cuda,gpu,device,test,tie points"
    ICON = "environment"
    GROUP = "engine"
    NEEDS_ENGINE = False

    ACTION, TORCH, INTERPRETER, WHEELS, EXTRAS = "ACTION", "TORCH", "INTERPRETER", "WHEELS", "EXTRAS"
    READY, REPORT = "READY", "REPORT"

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            define.choice(
                self.ACTION,
                tr("What to do"),
                ACTIONS,
                "check",
                tr(
                    "check: is the engine there, is it whole, and which devices (CPU, CUDA, Apple's GPU) does it "
                    "compute on? Nothing is changed. install: make the environment, or bring it up to date; does "
                    "nothing where it is. repair: make it anew."
                ),
                "environment_actions",
            )
        )
        self.addParameter(
            define.choice(
                self.TORCH,
                tr("Build of torch"),
                TORCHES,
                None,
                tr(
                    "For install and repair. cpu: for every computer (on Apple silicon it uses the GPU too). cuda: for "
                    "an NVIDIA card with a driver of version 580 or newer; some gigabytes to fetch. Left empty: the "
                    "build that is there, else cpu."
                ),
                "torches",
            )
        )
        interpreter = QgsProcessingParameterFile(
            self.INTERPRETER, tr("Python"), optional=True, fileFilter=tr("All files (*)")
        )
        interpreter.setHelp(
            tr(
                "install, repair: the Python (3.11 to 3.14, 64 bit) to make the environment with; left empty, the "
                "best of this computer is taken, and the log says which. check: the Python of the environment to look "
                "at; left empty, the one that is used."
            )
        )
        self.addParameter(interpreter)
        wheels = QgsProcessingParameterFile(
            self.WHEELS,
            tr("Folder of wheels, to install without a connection"),
            QgsProcessingParameterFile.Behavior.Folder,
            optional=True,
        )
        wheels.setHelp(
            tr(
                "A folder of packages (*.whl) from which alone everything is taken. The help says how it is filled on "
                "another computer. Left empty: the one of the plugin's settings, else the network, through the proxy "
                "of QGIS's settings."
            )
        )
        self.addParameter(define.advanced(wheels))
        extras = QgsProcessingParameterBoolean(
            self.EXTRAS,
            tr("Also the library transformers (SuperPoint, SuperGlue, EfficientLoFTR)"),
            False,
            optional=True,
        )
        extras.setHelp(
            tr(
                "For install and repair: adds what these matchers need, to an environment that is there too. An "
                "environment that has it keeps it."
            )
        )
        self.addParameter(define.advanced(extras))
        self.addOutput(QgsProcessingOutputBoolean(self.READY, tr("Whether the engine can run")))
        self.addOutput(QgsProcessingOutputString(self.REPORT, tr("What was found, as text")))

    def check(self, parameters, context):
        action = checks.choice(self, parameters, self.ACTION, context)
        torch = self._torch(parameters, context)
        if action == "check" and torch:
            raise ParameterError(tr("TORCH: the build is chosen for install and repair; check takes none."))

    def collect(self, parameters, context, feedback):
        action = checks.choice(self, parameters, self.ACTION, context)
        return EnvironmentInputs(
            action=action,
            torch=self._torch(parameters, context),
            interpreter=self.parameterAsString(parameters, self.INTERPRETER, context).strip(),
            wheels=self.parameterAsString(parameters, self.WHEELS, context) or wheel_folder(),
            extras=self.parameterAsBoolean(parameters, self.EXTRAS, context),
            proxy=proxy(),
            setting=engine_python(),
        )

    def work(self, collected, parameters, context, feedback, folder):
        from ..runtime import environment
        from ..runtime.errors import EngineError

        python = collected.interpreter if collected.action == "check" else ""
        try:
            if collected.action != "check":
                python = _make(collected, feedback)
            found = environment.status(python or collected.setting, feedback.isCanceled)
            devices = environment.devices(found.python, feedback.isCanceled) if found.ready else []
        except EngineError as error:
            if error.detail:
                feedback.pushDebugInfo(error.detail)
            raise ParameterError(str(error)) from error
        report = [
            tr("The engine is ready: {python}").format(python=found.python) if found.ready else tr("Not ready."),
            *(f"{name} {version}" for name, version in found.versions.items()),
            *devices,
            *found.problems,
        ]
        for line in report:
            (feedback.pushInfo if found.ready else feedback.pushWarning)(line)
        return {self.READY: found.ready, self.REPORT: "\n".join(report)}

    def _torch(self, parameters, context):
        return checks.choice(self, parameters, self.TORCH, context) or ""


def _make(collected, feedback):
    """Install or repair; the Python of the environment. Raises EngineError."""
    from ..runtime import install, state
    from ..runtime.order import Order

    stop_engine()  # it holds files of the environment that may be replaced
    make = install.create if collected.action == "install" else install.repair
    stage = [""]

    def progress(fraction, text):
        feedback.setProgress(100 * fraction)
        if text and text != stage[0]:
            stage[0] = text
            feedback.setProgressText(text)

    order = Order(
        torch=collected.torch,
        base_python=collected.interpreter or base_python(),
        wheels=collected.wheels,
        proxy=collected.proxy,
        extras=("hub",) if collected.extras else (),
    )
    python = make(order=order, log=feedback.pushInfo, progress=progress, is_cancelled=feedback.isCanceled)
    chosen = state.state(collected.setting).chosen
    if chosen:
        feedback.pushWarning(
            tr(
                "The plugin is set to use another environment, {chosen}: what was made is not used until Settings > "
                "Options > Sentinel Match (or the variable SENTINEL_MATCH_PYTHON) is emptied."
            ).format(chosen=chosen)
        )
    return python
