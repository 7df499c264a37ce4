"""pip's lines become progress, and its complaints advice."""

from __future__ import annotations

import sys

import pytest

from sentinel_match_plugin.runtime.errors import EngineCancelled, EnvironmentMissing
from sentinel_match_plugin.runtime.pip_output import PipProgress, readable
from sentinel_match_plugin.runtime.running import advice, run


def test_downloads_move_the_progress_by_their_megabytes_and_never_back():
    told = []
    listen = PipProgress(lambda fraction, stage: told.append((round(fraction, 3), stage)), "torch (CPU)", 200.0)
    for line in (
        "Collecting torch==2.13.0",
        "  Downloading https://files/torch-2.13.0-cp312-cp312-win_amd64.whl (150.0 MB)",
        "Progress 0 of 150000000",
        "Progress 75000000 of 150000000",
        "Progress 150000000 of 150000000",
        "Collecting numpy",
        "  Using cached numpy-2.4.6-cp312.whl.metadata (6 kB)",
        "  Downloading numpy-2.4.6-cp312-cp312-win_amd64.whl (50.0 MB)",
        "Progress 50000000 of 50000000",
        "Installing collected packages: numpy, torch",
        "Successfully installed numpy-2.4.6 torch-2.13.0",
    ):
        listen(line)
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert (0.319, "Fetching torch: 75 of 200 MB") in told
    assert told[-2:] == [(0.85, "Unpacking torch (CPU): takes a minute or two"), (1.0, "Unpacking torch (CPU)")]


def test_a_total_that_is_not_known_grows_with_what_comes():
    told = []
    listen = PipProgress(lambda fraction, stage: told.append(stage), "torch (CUDA)", None)
    listen("  Downloading torch-2.13.0+cu130-cp312-win_amd64.whl (1.8 GB)")
    listen("Progress 900000000 of 1800000000")
    assert told[-1] == "Fetching torch: 900 of 1800 MB"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "SHA-256 differs"),
        ("ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407", "The proxy refused"),
        ("Missing dependencies for SOCKS support.", "SOCKS"),
        ("SSLError: CERTIFICATE_VERIFY_FAILED", "PIP_CERT"),
        (
            "NewConnectionError(\"HTTPSConnection(host='download.pytorch.org')\nNo matching distribution found",
            "no connection to download.pytorch.org: check the network and the proxy, and try again. The other build",
        ),
        ("NewConnectionError(\"HTTPSConnection(host='pypi.org')", "no connection to pypi.org"),
        ("ERROR: No matching distribution found for torch==2.13.0", "try another Python"),
        ("something else", ""),
    ],
)
def test_what_went_wrong_has_advice(said, told):
    assert told in advice(said)
    assert bool(advice(said)) == bool(told)


@pytest.mark.parametrize("path", ["/home/me/QGIS 3/plugins/packages.txt", r"C:\Users\me (x)\packages.txt"])
def test_the_log_leaves_out_which_file_asked_for_a_package(path):
    assert readable(f"Collecting sympy==1.14.0 (from -r {path} (line 1032))") == "Collecting sympy==1.14.0"
    assert readable(f"Collecting mpmath==1.3.0 (from sympy->-r {path} (line 7))") == "Collecting mpmath==1.3.0"
    plain = "  Downloading torch-2.13.0-cp312-cp312-win_amd64.whl (150.0 MB)"
    assert readable(plain) == plain


def test_where_there_is_advice_the_sentence_ends_with_it():
    script = "import sys; print('ERROR: [Errno 28] No space left on device'); sys.exit(1)"
    with pytest.raises(EnvironmentMissing) as caught:
        run([sys.executable, "-c", script], "It failed", lambda line: None, lambda: False)
    assert str(caught.value) == "It failed (code 1). The disk is full. Make room and try again."
    assert "Errno 28" in caught.value.detail


def test_long_last_words_begin_with_a_whole_word():
    script = "import sys; print('word ' * 400); sys.exit(1)"
    with pytest.raises(EnvironmentMissing, match=r"It said: … word word .*word$"):
        run([sys.executable, "-c", script], "It failed", lambda line: None, lambda: False)


def test_a_program_is_told_line_by_line_and_its_failure_with_its_last_words():
    lines = []
    script = "import sys; print('one'); print('Progress 1 of 2'); print('two', file=sys.stderr); sys.exit(3)"
    with pytest.raises(EnvironmentMissing, match=r"It failed \(code 3\).*It said: one \| two") as caught:
        run([sys.executable, "-c", script], "It failed", lines.append, lambda: False)
    assert sorted(lines) == ["Progress 1 of 2", "one", "two"]
    assert "Progress" not in caught.value.detail
    with pytest.raises(EnvironmentMissing, match="cannot be started"):
        run(["/no/where/python"], "It failed", lines.append, lambda: False)
    with pytest.raises(EngineCancelled):
        run([sys.executable, "-c", "import time; time.sleep(60)"], "It failed", lines.append, lambda: True)
