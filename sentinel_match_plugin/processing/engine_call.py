"""A job goes to the engine's process, its events go to the feedback, its outcome comes back."""

from __future__ import annotations

import math
import os

from ..engine.jobs import JOBS, from_json, kind_of, to_json
from .algorithm import ParameterError
from .texts import tr


def run_engine(job, python, feedback):
    """Run ``job`` in the engine that ``python`` names (empty: found in the usual places) and wait for its outcome.

    The outcome is of the class that ``jobs.JOBS`` names for the job.

    Raises a SentinelMatchError with the engine's own sentence when the job fails, the engine is missing or dies, or the
    user cancels: an algorithm that returned normally after a cancel would end ``qgis_process`` with exit code 0.
    """
    from ..runtime import environment, worker_process
    from ..runtime.errors import EngineError

    kind = kind_of(job)
    stage = [""]

    def on_progress(fraction, text=""):
        feedback.setProgress(100 * fraction)
        if text and text != stage[0]:
            stage[0] = text
            feedback.setProgressText(text[:1].upper() + text[1:])

    try:
        worker = worker_process.shared_worker(environment.find(python))
        result = worker.run(
            kind,
            to_json(job),
            on_progress=on_progress,
            on_info=feedback.pushInfo,
            on_warning=feedback.pushWarning,
            is_cancelled=feedback.isCanceled,
        )
    except EngineError as error:
        if error.detail:
            feedback.pushDebugInfo(error.detail)
        raise ParameterError(str(error)) from error
    if feedback.isCanceled():
        raise ParameterError(tr("The job was cancelled."))
    return from_json(JOBS[kind].outcome, result)


def stop_engine() -> None:
    """Let the engine's process end, if one runs."""
    from ..runtime import worker_process

    worker_process.close_shared_worker()


def files_written(paths):
    """``paths``, output -> path, with None for those that were not asked for or not written."""
    return {name: path if path and os.path.exists(path) else None for name, path in paths.items()}


def number(value):
    """``value``, or None where there is nothing to say: a NaN is no valid JSON."""
    return value if value is not None and math.isfinite(value) else None
