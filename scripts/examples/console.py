"""For QGIS's Python console (Plugins > Python Console > Show Editor, open this file, Run).

Co-registers every raster layer of the project onto the one that is selected in the Layers panel, one after another in
the background, and adds the results to the project. Nothing is blocked: QGIS stays usable, the task bar shows progress,
and the plugin tells the status of each in the message bar. An example to copy and change.
"""

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)
from qgis.utils import iface


class Series:
    """The targets, one task after another: the engine works on one job at a time anyway."""

    def __init__(self, reference, targets):
        self.reference, self.targets = reference, list(targets)
        self.algorithm = QgsApplication.processingRegistry().createAlgorithmById("sentinelmatch:coregister")
        if self.algorithm is None:
            raise RuntimeError("Enable the plugin Sentinel Match first (Plugins > Manage and Install Plugins).")

    def start_next(self):
        if not self.targets:
            return
        self.target = self.targets.pop(0)
        # As long as the task runs: what the task refers to must live.
        self.context, self.feedback = QgsProcessingContext(), QgsProcessingFeedback()
        self.context.setProject(QgsProject.instance())
        parameters = {
            "REFERENCE": self.reference,
            "TARGET": self.target,
            "MAX_SHIFT": 500,  # metres; the help of the algorithm explains every parameter
            "OUTPUT": "TEMPORARY_OUTPUT",  # or a path
        }
        task = QgsProcessingAlgRunnerTask(self.algorithm, parameters, self.context, self.feedback)
        task.executed.connect(self.done)
        QgsApplication.taskManager().addTask(task)

    def done(self, successful, results):
        name = self.target.name()
        if not successful:
            iface.messageBar().pushWarning("Sentinel Match", f"{name}: failed; see the log")
        elif results["STATUS"] != "no_match":
            layer = QgsRasterLayer(results["OUTPUT"], f"{name} on {self.reference.name()}")
            QgsProject.instance().addMapLayer(layer)
        self.start_next()


reference = iface.activeLayer()
if not isinstance(reference, QgsRasterLayer):
    raise RuntimeError("Select the reference, a raster layer, in the Layers panel first.")
rasters = [layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsRasterLayer)]
series = Series(reference, [layer for layer in rasters if layer.id() != reference.id()])  # kept: it must outlive this
series.start_next()
