"""What a user can ask of the store: ``run`` does the job ``models``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..errors import InputError, OutputError, WeightsError
from ..events import Events
from ..jobs.models import ALL_MODELS, ModelRow, ModelsJob, ModelsOutcome
from ..matchers.catalogue import MATCHERS
from . import download
from .catalogue import MODELS, spec_of
from .extras import how_to_install, is_installed, require
from .places import SHIPPED, find, model_folder
from .reading import MODEL, SOURCE, is_whole, metadata_of
from .spec import ModelSpec
from .storing import keep, largest_mb, make_folder

_READY = ("ready", "shipped")


def run(job: ModelsJob, events: Events) -> ModelsOutcome:
    """Do the job. Raises InputError, WeightsError, OutputError, ExtraMissing, Cancelled."""
    folder = model_folder(job.model_folder)
    if job.action not in _ACTIONS:
        raise InputError(f"There is no action “{job.action}”: choose one of {', '.join(_ACTIONS)}.")
    if job.action != "import" and job.file:
        raise InputError(f"A FILE is for ACTION=import; {job.action} takes none.")
    messages = _ACTIONS[job.action](job, folder, events)
    for message in messages:
        events.info(message)
    chosen = list(MODELS.values()) if job.model == ALL_MODELS else [spec_of(job.model)]
    return ModelsOutcome(tuple(row(spec, folder) for spec in chosen), messages)


def row(spec: ModelSpec, folder: Path) -> ModelRow:
    """How the model is doing."""
    path, state = find(spec, folder), "missing"
    notes = []
    if path is not None:
        state = "shipped" if path.parent == SHIPPED else "ready"
        if not is_whole(path):
            state = "damaged"
            notes.append("The file is damaged: remove it and fetch it again.")
        elif origin := metadata_of(path).get(SOURCE):
            notes.append(f"From {origin}.")
    elif (begun := part_of(spec, folder)).is_file() and begun.stat().st_size:
        path, state = begun, "partial"
        notes.append(f"{begun.stat().st_size / 1e6:.1f} MB are here; a download goes on from there.")
    if spec.non_commercial:
        notes.append(spec.non_commercial)
    if not is_installed(spec.extra):
        notes.append(f"Needs {spec.extra}: {how_to_install(spec.extra)}")
    return ModelRow(
        name=spec.name,
        title=spec.title,
        matchers=", ".join(name for name, matcher in MATCHERS.items() if spec.name in matcher.weights),
        licence=spec.licence,
        non_commercial=bool(spec.non_commercial),
        size_mb=spec.size_mb,
        state=state,
        path="" if path is None else str(path),
        source=spec.source,
        url=spec.urls[0] if spec.urls else "",
        note=" ".join(notes),
    )


def part_of(spec: ModelSpec, folder: Path) -> Path:
    """What the published file is called while it arrives."""
    return folder / f"{spec.files[-1]}.part"


def _list(job: ModelsJob, folder: Path, events: Events) -> list[str]:
    chosen = list(MODELS.values()) if job.model == ALL_MODELS else [spec_of(job.model)]
    ready = [spec.name for spec in chosen if row(spec, folder).state in _READY]
    return [f"Models on this computer: {', '.join(ready) or 'none'}. The folder is {folder}."]


def _download(job: ModelsJob, folder: Path, events: Events) -> list[str]:
    spec = _named(job)
    there = find(spec, folder)
    if there is not None and is_whole(there):
        return [f"{spec.title} is there already: {there}. To fetch it anew, remove it first."]
    _check_licence(spec, job)
    require(spec.extra, spec.title)
    if not spec.urls:
        raise WeightsError(f"{spec.title} cannot be downloaded: get {spec.source}, and import it with FILE.")
    make_folder(folder)
    events.info(f"Downloading {spec.title}: {spec.size_mb:g} MB from {spec.urls[0]} (licence {spec.licence}).")
    wanted = download.Wanted(spec.title, part_of(spec, folder), largest_mb(spec) * 1e6, spec.sha256, job.proxy)
    with events.part(0.0, 0.85) as arriving, events.part(0.85, 1.0) as checking:
        try:
            stored = download.fetch(
                wanted, spec.urls, lambda part, url: keep(spec, part, url, folder, checking), arriving
            )
        except WeightsError as error:
            raise WeightsError(f"{error} {_by_hand(spec, folder)}") from error
    return [f"{spec.title} was downloaded, checked and stored as {stored}."]


def _import(job: ModelsJob, folder: Path, events: Events) -> list[str]:
    if not job.file:
        raise InputError("Which file? ACTION=import needs FILE, the path of a file of weights.")
    path = Path(job.file).expanduser()
    spec = _by_name_of_file(path) if job.model == ALL_MODELS else spec_of(job.model)
    _check_licence(spec, job)
    if job.model == ALL_MODELS:
        events.info(f"By its name or notes, {path.name} holds the weights of {spec.title} (MODEL={spec.name}).")
    target = folder / spec.files[0]
    if target.is_dir():
        raise OutputError(f"{target} is a folder, where the weights are to be stored: remove it, or rename it.")
    replaced = target.is_file()
    stored = keep(spec, path.absolute(), str(path.absolute()), folder, events)
    done = [f"{spec.title} was imported from {path}, checked against the network, and stored as {stored}."]
    if replaced:
        done.append("It replaces the file that was there.")
    return done


def _remove(job: ModelsJob, folder: Path, events: Events) -> list[str]:
    spec = _named(job)
    if folder.exists() and SHIPPED.exists() and folder.samefile(SHIPPED):
        raise InputError(f"{folder} is part of the plugin: what ships with it is never removed.")
    part = part_of(spec, folder)
    removed = []
    for path in [folder / file for file in spec.files] + [part, download.note_of(part)]:
        if not path.is_file() and not path.is_symlink():
            continue
        try:
            path.unlink()
        except OSError as error:
            raise OutputError(
                f"{path} cannot be removed ({error.strerror or error}): a program may be using it."
            ) from error
        removed.append(str(path))
    left = find(spec, folder)
    done = [f"Removed: {', '.join(removed)}." if removed else f"{spec.title} was not in {folder}: nothing was removed."]
    if left is not None:
        done.append(f"{left} ships with the plugin and stays.")
    return done


_ACTIONS: dict[str, Callable[[ModelsJob, Path, Events], list[str]]] = {
    "list": _list,
    "download": _download,
    "import": _import,
    "remove": _remove,
}


def _named(job: ModelsJob) -> ModelSpec:
    if job.model == ALL_MODELS:
        raise InputError(f"Which model? ACTION={job.action} needs MODEL, one of {', '.join(MODELS)}.")
    return spec_of(job.model)


def _by_name_of_file(path: Path) -> ModelSpec:
    says = metadata_of(path).get(MODEL, "")
    fitting = [spec for spec in MODELS.values() if (spec.name == says if says else path.name in spec.files)]
    if len(fitting) != 1:
        raise InputError(f"Which model is {path.name}? Its name does not tell: give MODEL, one of {', '.join(MODELS)}.")
    return fitting[0]


def _check_licence(spec: ModelSpec, job: ModelsJob) -> None:
    if spec.non_commercial and not job.accept_licence:
        raise InputError(
            f"{spec.title} is not for commercial use: {spec.non_commercial} If your use is allowed, tick "
            "ACCEPT_LICENCE (true) and run it again."
        )


def _by_hand(spec: ModelSpec, folder: Path) -> str:
    """What to do without a connection."""
    return (
        f"By hand: fetch {' or '.join(spec.urls)} with a browser, here or on another computer; then run "
        f"sentinelmatch:models with ACTION=import MODEL={spec.name} FILE=<that file>, or put it into the folder "
        f"{folder} as {spec.files[-1]}. If there is a proxy, set it in QGIS (Settings > Options > Network) or in "
        "HTTPS_PROXY."
    )
