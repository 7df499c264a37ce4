"""``sentinelmatch:models``: the weights of the matchers that are networks: list, download, import, remove."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
)

from ..engine.jobs import ACTIONS, MODEL_CHOICES, ModelsJob
from . import checks, sinks
from . import parameters as define
from .algorithm import ParameterError, SentinelMatchAlgorithm
from .engine_call import run_engine
from .settings import engine_python, model_folder, proxy
from .texts import tr

# name -> type of the field in the table; the engine's ModelRow has the same names
FIELDS = {
    "name": "String",
    "title": "String",
    "matchers": "String",
    "licence": "String",
    "non_commercial": "Bool",
    "size_mb": "Double",
    "state": "String",
    "path": "String",
    "source": "String",
    "url": "String",
    "note": "String",
}


@dataclass
class ModelsInputs:
    """What is to be done, resolved in the main thread."""

    job: ModelsJob
    python: str


class Models(SentinelMatchAlgorithm):
    """List, download, import and remove the weights of networks."""

    ID = "models"
    TITLE = "Weights of matchers"
    SUMMARY = "Lists, downloads, imports and removes the weights of the matchers that are networks."
    TAGS = "models,weights,download,network,loftr,aliked,disk,xfeat,dedode,lightglue,superglue,superpoint,tie points"
    ICON = "models"
    GROUP = "matchers"

    ACTION, MODEL, FILE, ACCEPT_LICENCE = "ACTION", "MODEL", "FILE", "ACCEPT_LICENCE"
    MODEL_FOLDER, TABLE, COUNT, MESSAGES = "MODEL_FOLDER", "TABLE", "COUNT", "MESSAGES"

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            define.choice(
                self.ACTION,
                tr("What to do"),
                ACTIONS,
                "list",
                tr(
                    "list: which models there are, and which are on this computer. download: fetch one from where its "
                    "authors publish it. import: take one from FILE. remove: delete one from the folder of weights."
                ),
                "actions",
            )
        )
        self.addParameter(
            define.choice(
                self.MODEL,
                tr("Model"),
                MODEL_CHOICES,
                "all",
                tr("The model to download, import or remove. all is for list, and for a FILE whose name tells."),
                "models",
            )
        )
        file = QgsProcessingParameterFile(
            self.FILE,
            tr("File to import"),
            optional=True,
            fileFilter=tr("Weights (*.safetensors *.pth *.pt *.ckpt *.bin *.tar);;All files (*)"),
        )
        file.setHelp(
            tr(
                "Weights as their authors publish them, or trained further. The file is read without running anything "
                "in it, compared with the network, and copied as .safetensors."
            )
        )
        self.addParameter(file)
        accept = QgsProcessingParameterBoolean(
            self.ACCEPT_LICENCE, tr("I may use weights that are not for commercial use"), False, optional=True
        )
        accept.setHelp(
            tr(
                "SuperPoint and SuperGlue were published by Magic Leap for academic and non-profit research only. "
                "Without this tick such weights are neither downloaded nor imported."
            )
        )
        self.addParameter(accept)
        folder = QgsProcessingParameterFile(
            self.MODEL_FOLDER,
            tr("Folder of weights"),
            QgsProcessingParameterFile.Behavior.Folder,
            optional=True,
        )
        folder.setHelp(
            tr(
                "Left empty: the folder in which the matchers look, which is the one of the plugin's settings, else "
                "the one that SENTINEL_MATCH_MODELS names, else one in your user's data."
            )
        )
        self.addParameter(define.advanced(folder))
        self.addParameter(
            define.vector_output(
                self.TABLE,
                tr("Models"),
                QgsProcessing.SourceType.TypeVector,
                tr("One row a model: licence, size, whether it is on this computer and where, who publishes it."),
                by_default=True,
            )
        )
        self.addOutput(QgsProcessingOutputNumber(self.COUNT, tr("Number of models of the table that are ready to use")))
        self.addOutput(QgsProcessingOutputString(self.MESSAGES, tr("Messages")))

    def check(self, parameters, context):
        action = checks.choice(self, parameters, self.ACTION, context)
        model = checks.choice(self, parameters, self.MODEL, context)
        file = self.parameterAsString(parameters, self.FILE, context)
        if action in ("download", "remove") and model == "all":
            raise ParameterError(tr("MODEL: which model? {action} needs the name of one.").format(action=action))
        if action == "import" and not file:
            raise ParameterError(tr("FILE: which file? import needs the path of a file of weights."))
        if action != "import" and file:
            raise ParameterError(tr("FILE: a file is for import; {action} takes none.").format(action=action))
        checks.destinations(self, parameters, context, [file])

    def collect(self, parameters, context, feedback):
        return ModelsInputs(
            ModelsJob(
                action=checks.choice(self, parameters, self.ACTION, context),
                model=checks.choice(self, parameters, self.MODEL, context),
                file=self.parameterAsString(parameters, self.FILE, context),
                accept_licence=self.parameterAsBoolean(parameters, self.ACCEPT_LICENCE, context),
                model_folder=self.parameterAsString(parameters, self.MODEL_FOLDER, context) or model_folder(),
                proxy=proxy(),
            ),
            engine_python(),
        )

    def work(self, collected, parameters, context, feedback, folder):
        outcome = run_engine(collected.job, collected.python, feedback)
        rows = [{name: getattr(model, name) for name in FIELDS} for model in outcome.models]
        return {
            self.TABLE: sinks.write(self, self.TABLE, FIELDS, rows, parameters, context, feedback),
            self.COUNT: sum(model.state in ("ready", "shipped") for model in outcome.models),
            self.MESSAGES: "\n".join(outcome.messages),
        }
