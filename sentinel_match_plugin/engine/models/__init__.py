"""Where networks come from: what is published, where it lies, and how it is read, checked, fetched and put away.

Nothing here downloads by itself: only the job ``models`` with its action ``download`` does (store.py). This package and
the catalogue import neither torch nor kornia, so that QGIS can list what there is.
"""

from __future__ import annotations

from .catalogue import MODELS, spec_of
from .fitting import fit_state
from .loading import load_model, load_network
from .places import FOLDER_VARIABLE, SHIPPED, locate, model_folder
from .reading import load_state, sha256_of
from .spec import ModelSpec
from .tuned_models import published_or_tuned, tuned_name

__all__ = [
    "FOLDER_VARIABLE",
    "MODELS",
    "SHIPPED",
    "ModelSpec",
    "fit_state",
    "load_model",
    "load_network",
    "load_state",
    "locate",
    "model_folder",
    "published_or_tuned",
    "sha256_of",
    "spec_of",
    "tuned_name",
]
