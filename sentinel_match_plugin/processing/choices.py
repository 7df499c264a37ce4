"""What each choice of an enum parameter means, for the dialog and the reference.

The values of the parameters stay the bare names, which the command line, models and scripts use; these texts are shown
beside them and nowhere else.
"""

from __future__ import annotations

import re

from qgis.core import QgsProcessingParameterEnum

from ..engine.jobs import ACTIONS, DETECTORS, MODEL_CHOICES, START_FROM
from ..engine.matchers import catalogue
from ..engine.models.catalogue import MODELS
from ..engine.models.places import find
from ..engine.models.places import model_folder as folder_of
from .settings import model_folder
from .texts import tr

KIND = "sentinelmatch_choices"  # of a parameter's metadata: which of the tables below explains it


def explained(parameter, live=True):
    """name -> what it means, for every option of an enum parameter; {} for any other parameter.

    ``live``: weights that are on this computer are called so, instead of a download.
    """
    kind = parameter.metadata().get(KIND) if isinstance(parameter, QgsProcessingParameterEnum) else None
    if not kind:
        return {}
    texts = _TABLES[kind](live)
    return {name: texts[name] for name in parameter.options()}


def unset(parameter):
    """What it means to choose none of them; "" where that is not told."""
    kind = parameter.metadata().get(KIND) if isinstance(parameter, QgsProcessingParameterEnum) else None
    return _TABLES[kind](True).get(None, "") if kind else ""


def shown(name, text):
    """An option as the dialog shows it."""
    return f"{name}: {text}" if text else name


def _matchers(live):
    texts = {"auto": tr("the one that fits: structure, else any place, rotation and scale (built in, offline)")}
    return {**texts, **{name: _network(entry, live) for name, entry in catalogue.MATCHERS.items()}}


def _scene_matchers(live):
    return {**_matchers(live), "auto": tr("structure (built in, offline)")}


def _detectors(live):
    return {name: _network(catalogue.DETECTORS[name], live) for name in DETECTORS}


def _starts(live):
    own = {
        "seasonal": tr("this plugin's own network, untrained (built in, offline)"),
        "seasonal-shipped": tr("the same with the weights that come with the plugin (built in, offline)"),
    }
    return {name: own.get(name) or _network(catalogue.MATCHERS[name], live) for name in START_FROM}


def _models(live):
    texts = {}
    for name in MODEL_CHOICES:
        spec = MODELS.get(name)
        texts[name] = tr("every model of the list") if spec is None else _sized(spec.title, [spec], spec.licence, live)
    return texts


def _network(entry, live):
    """A matcher or a detector: its title, what has to be downloaded for it, and its licence."""
    specs = [MODELS[name] for name in entry.weights]
    return _sized(entry.title, specs, entry.licence, live)


def _sized(title, specs, licence, live):
    title = re.sub(r" \((built in|OpenCV|kornia|transformers)\)$", "", title)
    if not specs:
        return tr("{title} (built in, offline)").format(title=title)
    licence = tr("not for commercial use") if any(spec.non_commercial for spec in specs) else licence
    folder = folder_of(model_folder())
    missing = [spec for spec in specs if not (live and find(spec, folder))]
    if not missing:
        text = tr("{title} (on this computer, {licence})")
    elif not all(spec.urls for spec in missing):
        text = tr("{title} (only what you trained yourself, {licence})")
    elif any(spec.extra for spec in missing):
        text = tr("{title} ({size:.0f} MB download, needs the library transformers, {licence})")
    else:
        text = tr("{title} ({size:.0f} MB download, {licence})")
    return text.format(title=title, licence=licence, size=max(1, sum(spec.size_mb for spec in missing)))


def _transforms(_live):
    return {
        "auto": tr("the simplest that is as good as the best"),
        "shift": tr("the same shift everywhere"),
        "similarity": tr("shift, rotation and one scale"),
        "affine": tr("shift, rotation, two scales and shear"),
        "homography": tr("a plane seen at another angle"),
        "polynomial2": tr("bends once over the image (2nd order)"),
        "polynomial3": tr("bends twice over the image (3rd order)"),
        "thin_plate_spline": tr("bends from point to point; for some hundred points"),
        "local": tr("a smooth field that follows what moves differently from place to place"),
    }


def _devices(_live):
    return {
        "auto": tr("the graphics card where there is one that works, else the processor"),
        "cpu": tr("the processor"),
        "cuda": tr("an NVIDIA graphics card"),
        "mps": tr("the graphics of an Apple computer"),
    }


def _area_modes(_live):
    return {"inside": tr("only within the polygons"), "outside": tr("everywhere but within the polygons")}


def _resamplings(_live):
    return {
        "nearest": tr("values stay as they are: classes, masks"),
        "bilinear": tr("smooth"),
        "cubic": tr("sharp, for images"),
        "lanczos": tr("sharpest, with rings at hard edges"),
    }


def _georeferencing(_live):
    return {
        "use": tr("as the rasters have it"),
        "ignore": tr("hidden from the matchers, as if it were not known"),
    }


def _normalisations(_live):
    return {
        "none": tr("reflectance times 10000, whole numbers"),
        "reflectance": tr("0 to 1"),
        "threshold": tr("0 to the threshold as 1 to 255"),
        "percentile": tr("2nd to 98th percentile of each band as 1 to 255"),
    }


def _radiometries(_live):
    return {
        "auto": tr("by what the images are"),
        "as_is": tr("8 bits as they are"),
        "threshold": tr("reflectance up to a threshold, another one with snow"),
        "percentile": tr("1st to 99th percentile of each band"),
    }


def _precisions(_live):
    return {
        "auto": tr("the fastest that this computer does well"),
        "bf16": tr("16 bits, wide range"),
        "fp16": tr("16 bits, for graphics cards"),
        "fp32": tr("32 bits, slowest and surest"),
    }


def _actions(_live):
    texts = {
        "list": tr("which models there are, and which are on this computer"),
        "download": tr("fetch one from where its authors publish it"),
        "import": tr("take one from a file"),
        "remove": tr("delete one from the folder of weights"),
    }
    return {name: texts[name] for name in ACTIONS}


def _environment_actions(_live):
    return {
        "check": tr("is the engine there, is it whole, what does it compute on?"),
        "install": tr("make it, or bring it up to date"),
        "repair": tr("make it anew"),
    }


def _torches(_live):
    return {
        None: tr("the build that is there, else cpu"),
        "cpu": tr("for every computer"),
        "cuda": tr("for an NVIDIA graphics card; some gigabytes to download"),
    }


_TABLES = {
    "matchers": _matchers,
    "scene_matchers": _scene_matchers,
    "detectors": _detectors,
    "starts": _starts,
    "models": _models,
    "transforms": _transforms,
    "devices": _devices,
    "area_modes": _area_modes,
    "resamplings": _resamplings,
    "georeferencing": _georeferencing,
    "normalisations": _normalisations,
    "radiometries": _radiometries,
    "precisions": _precisions,
    "actions": _actions,
    "environment_actions": _environment_actions,
    "torches": _torches,
}
