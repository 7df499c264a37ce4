"""The environment is made, updated, repaired, cancelled, refused: real virtual environments of tiny packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pip
import pytest
from tiny_wheels import TinyEngine, wheel

from sentinel_match_plugin.runtime import building, install, locate, marker, packages, pip_calls
from sentinel_match_plugin.runtime.errors import EngineCancelled, EnvironmentMissing
from sentinel_match_plugin.runtime.order import Order, Telling

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the tiny packages are those of the build for Linux")


@pytest.fixture
def tiny(tmp_path):
    return TinyEngine(tmp_path / "tiny")


@pytest.fixture(autouse=True)
def quick_venv(request, monkeypatch):
    """A virtual environment in no time, with the pip of this one; ``real_venv`` asks for a real one."""
    if "real_venv" in request.keywords:
        return

    def make(folder, base, tell):
        tell.check()
        python = marker.venv_python(folder)
        inside = folder / "lib" / f"python3.{sys.version_info[1]}" / "site-packages"
        for made in (python.parent, inside):
            made.mkdir(parents=True)
        python.symlink_to(base.path)
        (folder / "pyvenv.cfg").write_text(f"home = {Path(base.path).parent}\ninclude-system-site-packages = false\n")
        (inside / "pip").symlink_to(Path(pip.__file__).parent)
        return python

    monkeypatch.setattr(building, "make_venv", make)


real_venv = pytest.mark.real_venv


@pytest.fixture
def make(tiny, tmp_path):
    """``install.create`` of the tiny engine in ``tmp_path / "engine"``."""

    def run(verb=install.create, **options):
        order = Order(base_python=sys.executable, wheels=str(tiny.wheels), torch=options.pop("torch", ""))
        options.setdefault("log", lambda text: None)
        return verb(tmp_path / "engine", order, wanted=tiny.packages, **options)

    return run


def version_in(python):
    command = [python, "-I", "-c", "import tiny; print(tiny.__version__)"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@real_venv
def test_an_environment_is_made_found_kept_updated_and_given_the_other_build(make, tiny, tmp_path):
    said, told = [], []
    python = make(log=said.append, progress=lambda fraction, stage: told.append(fraction))
    assert version_in(python) == "1.0"
    assert marker.is_current(tmp_path / "engine", tiny.packages.requirements)
    made = marker.read(tmp_path / "engine")
    assert (made.torch, made.versions["torch"], made.versions["tiny"]) == ("cpu", "2.0+cpu", "1.0")
    assert Path(made.base).is_file()
    assert locate.find(str(tmp_path / "engine")) == python, "the folder may be named instead of its Python"
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert any("from the folder of wheels" in line for line in said)

    said.clear()
    assert make(log=said.append) == python
    assert said == [], "what is current is left alone"

    tiny.ask_for("1.1")
    assert not marker.is_current(tmp_path / "engine", tiny.packages.requirements)
    newer = make(torch="cuda")
    assert version_in(newer) == "1.1"
    assert marker.read(tmp_path / "engine").torch == "cuda"
    assert not Path(python).exists(), "the environment before is removed once the new one works"
    assert sorted(entry.name for entry in (tmp_path / "engine").iterdir()) == ["b", marker.NAME]


@pytest.mark.parametrize(
    "moment",
    [
        "at once",
        pytest.param("the venv is being made", marks=real_venv),
        "pip is at work",
        "it is being looked at",
    ],
)
def test_a_cancelled_installation_leaves_nothing(make, tmp_path, moment):
    folder, lines, stages = tmp_path / "engine", [], []
    conditions = {
        "at once": lambda: True,
        "the venv is being made": lambda: (folder / "a").exists(),
        "pip is at work": lambda: any(line.startswith("Installing") for line in lines),
        "it is being looked at": lambda: "Looking whether it works" in stages,
    }
    with pytest.raises(EngineCancelled, match="cancelled"):
        make(
            log=lines.append,
            progress=lambda fraction, stage: stages.append(stage),
            is_cancelled=conditions[moment],
        )
    assert not folder.exists()
    with pytest.raises(EnvironmentMissing):
        locate.find(str(folder))


def test_a_cancelled_or_failed_update_leaves_the_environment_as_usable_as_it_was(make, tiny, tmp_path):
    python = make()
    before = (tmp_path / "engine" / marker.NAME).read_text()
    tiny.ask_for("1.1")
    lines = []
    with pytest.raises(EngineCancelled):
        make(log=lines.append, is_cancelled=lambda: any("Installing" in line for line in lines))
    tiny.ask_for("1.2", {"tiny.py": "raise OSError('DLL load failed')\n"})
    with pytest.raises(EnvironmentMissing, match=r"made, but does not work.*tiny cannot be used.*DLL load failed"):
        make()
    assert version_in(python) == "1.0"
    assert (tmp_path / "engine" / marker.NAME).read_text() == before
    assert sorted(entry.name for entry in (tmp_path / "engine").iterdir()) == ["a", marker.NAME]


def test_repair_makes_it_anew_and_removes_what_a_killed_installation_left(make, tmp_path):
    python = Path(make())
    next((tmp_path / "engine").glob("a/**/tiny.py")).unlink()
    (tmp_path / "engine" / "c").mkdir()
    (tmp_path / "engine" / "c" / "half").touch()
    repaired = make(install.repair)
    assert version_in(repaired) == "1.0"
    assert not python.exists()
    assert not (tmp_path / "engine" / "c").exists()


def test_a_package_that_is_not_the_published_one_is_refused(make, tiny, tmp_path):
    tampered = tiny.wheels / "tiny-1.0-py3-none-any.whl"
    tampered.write_bytes(tampered.read_bytes() + b"\0")
    with pytest.raises(EnvironmentMissing, match=r"could not be installed.*SHA-256 differs.*refused"):
        make()
    assert not (tmp_path / "engine").exists()


@pytest.mark.parametrize(
    ("wheels", "said"), [("none", r"none does not exist"), ("empty", r"empty holds no file \*\.whl.*wheels")]
)
def test_a_folder_of_wheels_without_wheels_is_told_before_anything_is_begun(tmp_path, tiny, wheels, said):
    (tmp_path / "empty").mkdir()
    with pytest.raises(EnvironmentMissing, match=said):
        install.create(tmp_path / "engine", Order(wheels=str(tmp_path / wheels)), tiny.packages)
    assert not (tmp_path / "engine").exists()


def test_what_the_folder_of_wheels_lacks_is_a_sentence(make, tiny, tmp_path):
    (tiny.wheels / "torch-2.0+cpu-py3-none-any.whl").unlink()
    with pytest.raises(EnvironmentMissing, match=r"torch \(CPU\) could not be installed.*another build of torch"):
        make()
    assert not (tmp_path / "engine").exists()


def test_a_disk_without_room_is_told_before_anything_is_begun(make, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=5_000_000)
    monkeypatch.setattr(install.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(EnvironmentMissing, match=r"has 10 MB left, and the engine's environment needs about \d+ MB"):
        make()
    assert not (tmp_path / "engine").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").touch()
    for verb in (install.create, install.repair):
        with pytest.raises(EnvironmentMissing, match="left alone"):
            verb(tmp_path, Order(base_python=sys.executable))
    assert (tmp_path / "thesis.txt").exists()


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write everywhere")
def test_a_cache_that_cannot_be_written_is_a_sentence(make, tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(EnvironmentMissing, match="cannot be written"):
            make()
    finally:
        tmp_path.chmod(0o700)


def test_two_installations_at_once_wait_for_each_other(tmp_path):
    lines, tell = [], Telling(lambda text: lines.append(text), lambda fraction, stage: None, lambda: False)
    inside, leave = threading.Event(), threading.Event()

    def first():
        with install._alone(tmp_path / "engine", tell):
            inside.set()
            leave.wait(60)

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(60)
    hurried = Telling(lines.append, lambda fraction, stage: None, lambda: bool(lines))
    with pytest.raises(EngineCancelled, match="another one is under way"), install._alone(tmp_path / "engine", hurried):
        pass
    leave.set()
    thread.join(60)
    assert lines == ["Another installation is under way; this one waits for it."]


def test_the_proxy_goes_to_pip_where_no_list_of_processes_shows_it(monkeypatch):
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PYTHONPATH", "/of/qgis")
    variables = pip_calls.variables(Order(proxy="http://me:secret@proxy.example:3128"))
    assert variables["PIP_PROXY"] == "http://me:secret@proxy.example:3128"
    assert not {"PIP_TARGET", "PYTHONPATH"} & set(variables)
    assert "PIP_PROXY" not in pip_calls.variables(Order())


def test_optional_packages_are_added_and_come_along_with_an_update(make, tiny, tmp_path, monkeypatch):
    monkeypatch.setitem(packages.EXTRAS, "hub", {"more": "more"})
    make()
    tiny.lock("hub", "more", "1.0", wheel(tiny.wheels, "more", "1.0"))
    order = Order(wheels=str(tiny.wheels), extras=("hub",))
    install.create(tmp_path / "engine", order, tiny.packages)
    assert marker.read(tmp_path / "engine").extras == ("hub",)
    assert sorted(entry.name for entry in (tmp_path / "engine").iterdir()) == ["a", marker.NAME], "nothing is made anew"
    tiny.ask_for("1.1")
    python = make()
    assert marker.read(tmp_path / "engine").extras == ("hub",)
    assert subprocess.run([python, "-I", "-c", "import more"], check=False).returncode == 0

    (tiny.folder / "locked" / "hub.txt").write_text("no-such-package==1 --hash=sha256:" + 64 * "0" + "\n")
    before = (tmp_path / "engine" / marker.NAME).read_text()
    with pytest.raises(EnvironmentMissing, match="optional packages hub could not be installed"):
        install.add_extra("hub", tmp_path / "engine", order, tiny.packages)
    assert (tmp_path / "engine" / marker.NAME).read_text() == before


def test_an_installation_that_waited_for_another_has_the_optional_packages_that_were_asked_for(
    make, tiny, tmp_path, monkeypatch
):
    monkeypatch.setitem(packages.EXTRAS, "hub", {"more": "more"})
    tiny.lock("hub", "more", "1.0", wheel(tiny.wheels, "more", "1.0"))
    make()
    seen, is_current = [], marker.is_current

    def not_yet_at_first(*arguments):
        seen.append(arguments)
        return len(seen) > 1 and is_current(*arguments)

    monkeypatch.setattr(marker, "is_current", not_yet_at_first)
    python = install.create(tmp_path / "engine", Order(wheels=str(tiny.wheels), extras=("hub",)), tiny.packages)
    assert marker.read(tmp_path / "engine").extras == ("hub",)
    assert subprocess.run([python, "-I", "-c", "import more"], check=False).returncode == 0


def test_optional_packages_need_an_environment(tmp_path):
    with pytest.raises(EnvironmentMissing, match=r"no whole environment in .* to add hub to"):
        install.add_extra("hub", tmp_path / "none")
