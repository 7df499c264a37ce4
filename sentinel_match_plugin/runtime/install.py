"""Makes the engine's environment: a virtual environment of a Python >= 3.11 with the locked packages.

Each is made in a subfolder of its own and counts once it is whole and was seen to work (marker.py): a cancelled or
failed installation, update or repair leaves what was there before as usable as it was, and nothing of its own.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from . import base_python, child, environment, locate, marker, packages
from .base_python import BasePython
from .errors import HOW_TO_INSTALL, EngineCancelled, EnvironmentMissing
from .locking import try_lock
from .packages import ENGINE, Packages
from .pip_output import PipProgress, Progress
from .running import IsCancelled, Log, run

_CANCELLED = "The installation was cancelled; it can be started again."
_RAW_PROGRESS = (24, 1)  # the pip that learnt `--progress-bar raw`
# Of the whole: the virtual environment, pip itself, each call of pip by its megabytes, the look at the result.
_VENV, _PIP, _PACKAGES = 0.03, 0.05, 0.93


@dataclass(frozen=True)
class Order:
    """What is wanted.

    ``torch``: cpu or cuda; empty: the build that is there, else cpu. ``base_python``: empty: the best is looked for.
    ``wheels``: a folder of wheels, from which alone everything is taken. ``proxy``: an address
    with user and password in it. ``anew``: also where a whole environment is there. ``extras``: optional packages
    (packages.EXTRAS) to have as well; those that are there stay.
    """

    torch: str = ""
    base_python: str = ""
    wheels: str = ""
    proxy: str = ""
    anew: bool = False
    extras: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Telling:
    """To whom it is told, and who may stop it."""

    log: Log
    progress: Progress
    is_cancelled: IsCancelled

    def check(self) -> None:
        if self.is_cancelled():
            raise EngineCancelled(_CANCELLED)


def create(
    folder: Path | None = None,
    order: Order = Order(),
    wanted: Packages = ENGINE,
    log: Log = lambda text: None,
    progress: Progress = lambda fraction, stage: None,
    is_cancelled: IsCancelled = lambda: False,
) -> str:
    """Make the environment in ``folder`` (the default one), unless it is there already; returns its Python.

    An environment of other versions is replaced. Raises EnvironmentMissing with what to do, EngineCancelled.
    """
    place = locate.default_folder() if folder is None else Path(folder)
    tell = _Telling(log, progress, is_cancelled)
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
        if not order.anew and marker.is_current(place, wanted.requirements, order.torch):
            return str(marker.environment_python(place))  # another process made it while this one waited
        before = marker.read(place)
        extras = sorted({*order.extras, *(before.extras if before else ())})
        torch = order.torch or (before.torch if before else "cpu")
        base = _base(order, before, tell)
        _check_room(place, wanted, torch, base)
        _claim(place)
        sweep(place)
        subfolder = _free_subfolder(place)
        try:
            _build(place / subfolder, base, replace(order, torch=torch, extras=tuple(extras)), wanted, tell)
            made = marker.Made(
                subfolder,
                torch,
                base.path,
                marker.requirements_hash(wanted.requirements),
                _looked_at(place / subfolder, wanted, tell),
                tuple(extras),
            )
            tell.check()
            marker.write(place, made)
        except BaseException:
            _remove_half_made(place, subfolder)
            raise
        sweep(place)
    python = str(marker.environment_python(place))
    progress(1.0, "Ready")
    log(f"The engine's environment is ready: {python}")
    if place == locate.default_folder():
        for older in locate.older_folders():
            log(f"Another version of the plugin left its environment in {older}; if you no longer use it, remove it.")
    return python


def repair(folder: Path | None = None, order: Order = Order(), **options: object) -> str:
    """Make the environment in ``folder`` anew, whatever is there; arguments, result and errors as for ``create``."""
    return create(folder, replace(order, anew=True), **options)  # type: ignore[arg-type]


def add_extra(
    extra: str,
    folder: Path | None = None,
    order: Order = Order(),
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
    tell = _Telling(log, lambda fraction, stage: None, is_cancelled)
    with _alone(place, tell):
        python, modules = marker.environment_python(place), packages.EXTRAS[extra]
        log(f"Adding {', '.join(modules.values())} to the engine's environment in {place}")
        source = packages.offline(order.wheels)
        arguments = [*source, *wanted.steps("cpu", packages.System("", ""), (extra,))[-1].arguments]
        command = [*_pip(python), *arguments]
        run(command, f"The optional packages {extra} could not be installed", log, is_cancelled, _variables(order))
        found = environment.check(str(python), dict(modules), is_cancelled)
        if not found.ready:
            raise EnvironmentMissing(f"{extra} was installed, but does not work. " + " ".join(found.problems))
        made = marker.read(place)
        if made is not None:
            versions = {**made.versions, **found.versions}
            marker.write(place, replace(made, versions=versions, extras=(*made.extras, extra)))


def fetch_wheels(
    target: Path,
    order: Order = Order(),
    wanted: Packages = ENGINE,
    log: Log = lambda text: None,
    is_cancelled: IsCancelled = lambda: False,
) -> None:
    """Fill a folder with the wheels of an installation, for a computer of the same system without a connection."""
    import tempfile

    tell = _Telling(log, lambda fraction, stage: None, is_cancelled)
    base = _base(order, None, tell)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sentinel-match-") as name:  # the base may have no pip of its own
        python = _make_venv(Path(name) / "venv", base, tell)
        _newer_pip(python, order, wanted, tell)
        steps = wanted.steps(order.torch or "cpu", base.system)
        for arguments in (("--require-hashes", "-r", str(wanted.locked / "pip.txt")), *(s.arguments for s in steps)):
            command = _pip(python, "download")
            run([*command, "-d", str(target), *arguments], "The wheels could not be fetched", log, is_cancelled,
                _variables(order))  # fmt: skip


def remove(folder: Path) -> None:
    """Delete an environment. Refuses a folder that holds something else. Raises EnvironmentMissing if it cannot."""
    if not folder.exists():
        return
    if not locate.is_ours(folder) and any(folder.iterdir()):
        raise EnvironmentMissing(f"{folder} is not empty and holds nothing that Sentinel Match made; it is left alone.")
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise EnvironmentMissing(
            f"The environment in {folder} cannot be removed ({error}). Close what uses it, then try again."
        ) from error


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


def _build(
    folder: Path,
    base: BasePython,
    order: Order,
    wanted: Packages,
    tell: _Telling,
) -> None:
    """``order`` with its build of torch and all extras."""
    steps = wanted.steps(order.torch, base.system, order.extras, order.wheels)
    mb = wanted.download_mb(order.torch, base.system)
    size = "from the folder of wheels" if order.wheels else f"about {packages.gigabytes(mb)} to fetch" if mb else ""
    tell.log(f"Making the engine's environment in {folder} with {base}{f'; {size}' if size else ''}")
    python = _make_venv(folder, base, tell)
    tell.progress(_VENV, "Preparing pip")
    raw = _newer_pip(python, order, wanted, tell)
    # A call whose size is not known counts as a gigabyte; none counts as nothing.
    weights = [max(1000.0 if step.mb is None else step.mb, 30.0) for step in steps]
    done = 0.0
    for step, weight in zip(steps, weights):

        def report(part: float, stage: str, done: float = done, weight: float = weight) -> None:
            fraction = (done + part * weight) / sum(weights)
            tell.progress(_PIP + (_PACKAGES - _PIP) * fraction, stage)

        tell.log(f"Installing {step.title}")
        report(0.0, f"Installing {step.title}")
        listen = PipProgress(report, step.title, step.mb)

        def on_line(line: str, listen: PipProgress = listen) -> None:
            listen(line)
            if not line.startswith("Progress "):
                tell.log(line)

        command = [*_pip(python, bar="raw" if raw else "off"), *step.arguments]
        run(command, f"{step.title} could not be installed", on_line, tell.is_cancelled, _variables(order))
        done += weight


def _with_extras(place: Path, order: Order, wanted: Packages, tell: _Telling) -> str:
    """The Python of an environment that is current, once it has the extras that are wanted."""
    made = marker.read(place)
    for extra in order.extras:
        if made is not None and extra not in made.extras:
            add_extra(extra, place, order, wanted, tell.log, tell.is_cancelled)
    return str(marker.environment_python(place))


def _base(order: Order, before: marker.Made | None, tell: _Telling) -> BasePython:
    """The Python to build with: the named one; that of the environment before, if it still will do; the best."""
    tell.check()
    if not order.base_python and before is not None and before.base:
        with suppress(EnvironmentMissing):
            return base_python.find(before.base)
    if not order.base_python:
        tell.log("Looking for a Python to make the environment with")
    return base_python.find(order.base_python, is_cancelled=tell.is_cancelled)


def _make_venv(folder: Path, base: BasePython, tell: _Telling) -> Path:
    command = [base.path, "-I", "-m", "venv", str(folder)]
    run(command, f"The virtual environment could not be made with {base.path}", tell.log, tell.is_cancelled)
    return marker.venv_python(folder)


def _newer_pip(python: Path, order: Order, wanted: Packages, tell: _Telling) -> bool:
    """Bring pip up to date where that can be had; True if it can tell its progress.

    An older one does the work as well; a newer one trusts the certificates that the system trusts.
    """
    arguments = [*packages.offline(order.wheels), "--no-deps", "--require-hashes", "-r", str(wanted.locked / "pip.txt")]
    try:
        run([*_pip(python), *arguments], "pip", lambda line: None, tell.is_cancelled, _variables(order))
    except EnvironmentMissing:
        tell.log("pip stays as this Python brings it along")
    said = child.ask([str(python), "-I", "-m", "pip", "--version"], 60.0).stdout.decode("utf-8", "replace").split()
    return len(said) > 1 and environment.version_tuple(said[1]) >= _RAW_PROGRESS


def _pip(python: Path, verb: str = "install", bar: str = "off") -> list[str]:
    command = [str(python), "-I", "-m", "pip", verb, "--no-input", "--disable-pip-version-check"]
    return [*command, "--progress-bar", bar, "--only-binary", ":all:"]


def _variables(order: Order) -> dict[str, str]:
    """pip's environment. The proxy may hold a password, so it is no argument, which every user of the computer sees."""
    variables = child.scrubbed_environment()
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES"):  # would install elsewhere than asked
        variables.pop(name, None)
    variables["PIP_USER"] = "0"
    if order.proxy:
        variables["PIP_PROXY"] = order.proxy
    return variables


def _looked_at(folder: Path, wanted: Packages, tell: _Telling) -> dict[str, str]:
    tell.progress(_PACKAGES, "Looking whether it works")
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
def _alone(folder: Path, tell: _Telling) -> Iterator[None]:
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
