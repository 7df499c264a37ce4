"""The model store: list what there is, download, import, remove."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..models.catalogue import MODELS

ACTIONS = ("list", "download", "import", "remove")
ALL_MODELS = "all"
MODEL_CHOICES = (ALL_MODELS, *MODELS)


@dataclass(frozen=True)
class ModelsJob:
    """``action`` of ACTIONS on ``model`` of MODEL_CHOICES; ``all`` is for ``list`` alone, and for an import whose file
    has the name of a model's.

    ``file``: the weights to import. ``accept_licence``: the user read why a model is not for commercial use.
    ``model_folder``: where the store is, empty for the default. ``proxy``: ``http://host:port``, ``direct``, or empty
    for the one of the system.
    """

    action: str = "list"
    model: str = ALL_MODELS
    file: str = ""
    accept_licence: bool = False
    model_folder: str = ""
    proxy: str = ""


@dataclass(frozen=True)
class ModelRow:
    """One model of the table. ``state``: ``ready``, ``shipped`` with the plugin, ``partial`` (a download was begun),
    ``damaged`` or ``missing``. ``matchers``: which of them use it by default. ``note``: what to know before using it.
    """

    name: str
    title: str
    matchers: str
    licence: str
    non_commercial: bool
    size_mb: float
    state: str
    path: str
    source: str
    url: str
    note: str


@dataclass(frozen=True)
class ModelsOutcome:
    """The models that were asked about, as they are now, and what was done, in sentences."""

    models: tuple[ModelRow, ...] = ()
    messages: list[str] = field(default_factory=list)
