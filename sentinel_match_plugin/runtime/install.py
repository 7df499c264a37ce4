"""Makes the engine's environment: a virtual environment of a Python >= 3.11 with the locked packages.

Each is made in a subfolder of its own and counts once it is whole and was seen to work (marker.py): a cancelled or
failed installation, update or repair leaves what was there before as usable as it was, and nothing of its own.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from . import environment, locate, marker, packages, pip_calls
from .base_python import BasePython
from .building import BUILT, build, chosen_base
from .errors import HOW_TO_INSTALL, EngineCancelled, EnvironmentMissing
from .locking import try_lock
from .order import DEFAULTS, Order, Telling
from .packages import ENGINE, Packages
from .pip_output import Progress
from .running import IsCancelled, Log, run


def create(
    folder: Path | None = None,
    order: Order = DEFAULTS,
    wanted: Packages = ENGINE,
    log: Log = lambda text: None,
    progress: Progress = lambda fraction, stage: None,
    is_cancelled: IsCancelled = lambda: False,
) -> str:
    """Make the environment in ``folder`` (the default one), unless it is there already; returns its Python.

    An environment of other versions is replaced. Raises EnvironmentMissing with what to do, EngineCancelled.
    """
    place = locate.default_folder() if folder is None else Path(folder)
    tell = Telling(log, progress, is_cancelled)
    if order.torch and order.torch not in packages.TORCHES:
        raise EnvironmentMissing(f"There is no build of torch called {order.torch}: choose cpu or cuda.")
    if not order.anew and marker.is_current(place, wanted.requirements, order.torch):
        return _with_extras(place, order, wanted, tell)
    if place.exists() and not locate.is_ours(place) and any(place.iterdir()):
        raise EnvironmentMissing(
            f"{place} is not empty and holds nothing that Sentinel Match made; it is left alone. Name another folder."
        )
    packages.offline(order.wheels)  # wrong ones are told before anything is begun
    with _alone(place, tell):
        if order.anew or not marker.is_current(place, wanted.requirements, order.torch):
            _replace(place, order, wanted, tell)  # else another process made it while this one waited
    python = _with_extras(place, order, wanted, tell)
    progress(1.0, "Ready")
    log(f"The engine's environment is ready: {python}")
    if place == locate.default_folder():
        for older in locate.older_folders():
            log(f"Another version of the plugin left its environment in {older}; if you no longer use it, remove it.")
    return python


def repair(folder: Path | None = None, order: Order = DEFAULTS, **options: object) -> str:
    """Make the environment in ``folder`` anew, whatever is there; arguments, result and errors as for ``create``."""
    return create(folder, replace(order, anew=True), **options)  # type: ignore[arg-type]


def add_extra(
    extra: str,
    folder: Path | None = None,
    order: Order = DEFAULTS,
    wanted: Packages = ENGINE,
    log: Log = lambda text: None,
    is_cancelled: IsCancelled = lambda: False,
) -> None:
    """Add the optional packages ``extra`` (packages.EXTRAS) to the environment in ``folder`` (the default one).

    The engine's own packages keep their versions; whatever happens, the environment stays as usable as it was. It
    keeps its extras when it is brought up to date. Raises EnvironmentMissing with what to do, EngineCancelled.
    """
    place = locate.default_folder() if folder is None else Path(folder)
    if not marker.is_current(place, wanted.requirements):
        raise EnvironmentMissing(f"There is no whole environment in {place} to add {extra} to. {HOW_TO_INSTALL}")
    tell = Telling(log, lambda fraction, stage: None, is_cancelled)
    with _alone(place, tell):
        python, modules = marker.environment_python(place), packages.EXTRAS[extra]
        log(f"Adding {', '.join(modules.values())} to the engine's environment in {place}")
        source = packages.offline(order.wheels)
        arguments = [*source, *wanted.steps("cpu", packages.System("", ""), (extra,))[-1].arguments]
        command = [*pip_calls.command(python), *arguments]
        run(
            command,
            f"The optional packages {extra} could not be installed",
            log,
            is_cancelled,
            pip_calls.variables(order),
        )
        found = environment.check(str(python), dict(modules), is_cancelled)
        if not found.ready:
            raise EnvironmentMissing(f"{extra} was installed, but does not work. " + " ".join(found.problems))
        made = marker.read(place)
        if made is not None:
            versions = {**made.versions, **found.versions}
            marker.write(place, replace(made, versions=versions, extras=(*made.extras, extra)))


def sweep(place: Path) -> None:
    """Remove what an environment's folder holds beside the environment that counts: older ones, and a killed build.

    What cannot be removed, because another QGIS uses it (Windows), stays for the next time.
    """
    made = marker.read(place)
    if made is not None and not made.folder:  # of an early version, in the folder itself: all else would be its own
        return
    keep = {marker.NAME, made.folder if made else ""}
    for entry in list(place.iterdir()) if place.is_dir() else []:
        if entry.name not in keep:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                with suppress(OSError):
                    entry.unlink()


def _replace(place: Path, order: Order, wanted: Packages, tell: Telling) -> None:
    """Build an environment in a subfolder of its own; once it works it counts instead of the one before, which goes."""
    before = marker.read(place)
    extras = tuple(sorted({*order.extras, *(before.extras if before else ())}))
    torch = order.torch or (before.torch if before else "cpu")
    base = chosen_base(order, before, tell)
    _check_room(place, wanted, torch, base)
    _claim(place)
    sweep(place)
    subfolder = _free_subfolder(place)
    try:
        build(place / subfolder, base, replace(order, torch=torch, extras=extras), wanted, tell)
        versions = _looked_at(place / subfolder, wanted, tell)
        tell.check()
        hashed = marker.requirements_hash(wanted.requirements)
        marker.write(place, marker.Made(subfolder, torch, base.path, hashed, versions, extras))
    except BaseException:
        _remove_half_made(place, subfolder)
        raise
    sweep(place)


def _with_extras(place: Path, order: Order, wanted: Packages, tell: Telling) -> str:
    """The Python of an environment that is current, once it has the extras that are wanted."""
    made = marker.read(place)
    for extra in order.extras:
        if made is not None and extra not in made.extras:
            add_extra(extra, place, order, wanted, tell.log, tell.is_cancelled)
    return str(marker.environment_python(place))


def _looked_at(folder: Path, wanted: Packages, tell: Telling) -> dict[str, str]:
    tell.progress(BUILT, "Looking whether it works")
    found = environment.check(str(marker.venv_python(folder)), dict(wanted.modules), tell.is_cancelled)
    if not found.ready:
        raise EnvironmentMissing("The environment was made, but does not work. " + " ".join(found.problems))
    return found.versions


def _check_room(place: Path, wanted: Packages, torch: str, base: BasePython) -> None:
    parent = next(folder for folder in (place, *place.parents) if folder.exists())
    need, free = wanted.disk_mb(torch, base.system), shutil.disk_usage(parent).free / 1e6
    if free < need:
        raise EnvironmentMissing(
            f"The disk of {place} has {packages.gigabytes(free)} left, and the engine's environment needs about "
            f"{packages.gigabytes(need)}. Make room and try again."
        )


def _claim(place: Path) -> None:
    try:
        marker.claim(place)
    except OSError as error:
        raise EnvironmentMissing(f"{place} cannot be written ({error.strerror}). Name another folder.") from error


def _free_subfolder(place: Path) -> str:
    made = marker.read(place)
    taken = {made.folder} if made else set()
    for name in marker.SUBFOLDERS:
        if name not in taken and not (place / name).exists():
            return name
    raise EnvironmentMissing(
        f"Older environments in {place} cannot be removed because something uses them. Close QGIS and try again."
    )


def _remove_half_made(place: Path, subfolder: str) -> None:
    for _ in range(5):  # Windows lets go of the files of a killed process a moment later
        shutil.rmtree(place / subfolder, ignore_errors=True)
        if not (place / subfolder).exists():
            break
        time.sleep(0.2)
    if marker.read(place) is None and [entry.name for entry in place.iterdir()] == [marker.NAME]:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _alone(folder: Path, tell: Telling) -> Iterator[None]:
    """Two processes must not make one environment at once: the second waits. A dead process leaves no lock behind."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stream = open(folder.with_name(folder.name + ".lock"), "a+b")  # noqa: SIM115 - held open to the end
    except OSError as error:
        raise EnvironmentMissing(
            f"{folder.parent} cannot be written ({error.strerror}). Name another folder."
        ) from error
    with stream:
        told = False
        while not try_lock(stream.fileno()):
            if not told:
                tell.log("Another installation is under way; this one waits for it.")
                told = True
            if tell.is_cancelled():
                raise EngineCancelled("The installation was cancelled; another one is under way.")
            time.sleep(0.2)
        yield
