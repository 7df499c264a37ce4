#!/usr/bin/env bash
# All that `make demo`, `make test` and `make lint` need. Every step first looks whether it is done, so the second time is
# quick. Four steps: Debian's packages; the engine's environment; the environment of the engine's tests; that of QGIS's.
#   SYSTEM_PYTHON          the Python that sees QGIS's modules (/usr/bin/python3; another one earlier on PATH does not)
#   EXTRAS                 optional packages of the engine (hub: transformers, for SuperPoint, SuperGlue, EfficientLoFTR)
#   TORCH                  the build of torch: cpu (on Linux from download.pytorch.org) or cuda (PyPI, 3.0 GB); default: the first
#                          that can be reached
#   SENTINEL_MATCH_PYTHON  an engine environment of your own, instead of the one this makes in the user's cache
set -euo pipefail
cd "$(dirname "$0")/.."
system_python=${SYSTEM_PYTHON:-/usr/bin/python3}

stop() { echo "setup: $*" >&2; exit 1; }

# --- Debian's packages -------------------------------------------------------------------------------------------------
sees() { "$system_python" -I -c "import sys, importlib.util as u; sys.exit(u.find_spec('$1') is None)" 2>/dev/null; }
needed() { # what cannot be done without
    command -v qgis_process.bin >/dev/null || command -v qgis_process >/dev/null || echo qgis
    sees qgis || echo python3-qgis
    { sees venv && sees ensurepip; } || echo python3-venv
}
helpful() { # for looking at real windows; what needs them is skipped without
    command -v Xvfb >/dev/null || echo xvfb
    command -v xdotool >/dev/null || echo xdotool
    command -v convert >/dev/null || echo imagemagick
    [ -n "$(find /usr/share/fonts -name '*.ttf' -print -quit 2>/dev/null)" ] || echo fonts-dejavu-core
}
install_packages() {
    local needs wishes
    needs=$(needed | xargs) wishes=$(helpful | xargs)
    [ -n "$needs$wishes" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "setup: installing $needs $wishes"
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086 # several words on purpose
        { apt-get update -q && apt-get install -y -q --no-install-recommends $needs $wishes; } ||
            stop "apt-get could not install $needs $wishes (see above). Check the network and the package sources, then run it again."
        needs=$(needed | xargs)
        [ -z "$needs" ] || stop "$needs was installed, but $system_python does not see it. Set SYSTEM_PYTHON to the Python that runs QGIS."
    elif [ -n "$needs" ]; then
        stop "missing: $needs. They cannot be installed from here, which takes root and apt. On Debian or Ubuntu run
    apt install $needs $wishes
as root; elsewhere install QGIS 3.22 or newer with its Python bindings, and Python's venv module, by the system's own means
(SYSTEM_PYTHON names the Python that sees them). Then run this again."
    else
        echo "setup: without $wishes the tests that look at real windows are skipped (as root: apt install $wishes)."
    fi
}

# --- the engine's environment ------------------------------------------------------------------------------------------
bridge() { "$system_python" -m sentinel_match_plugin.runtime.environment "$@"; }
# build_engine TORCH [--python PYTHON]: where PyPI is all that can be reached, its build of torch will do.
build_engine() {
    local torch=$1 said status=0
    shift
    said=$(mktemp)
    bridge install ${torch:+--torch "$torch"} "$@" 2>"$said" || status=$?
    cat "$said" >&2
    if [ "$status" != 0 ] && [ -z "$torch" ] && grep -q "no connection to download.pytorch.org" "$said"; then
        echo "setup: PyTorch's own index, which has the small build for the CPU, cannot be reached. The one at PyPI is taken (for CUDA, 3.0 GB; it computes on the CPU too)."
        status=0
        bridge install --torch cuda "$@" || status=$?
    fi
    rm -f "$said"
    return "$status"
}
install_engine() { # prints its Python
    if ! bridge find 2>/dev/null; then
        local base=()
        # On an older Debian the system's Python is too old for the engine; then a newer one is looked for on PATH.
        ! "$system_python" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' || base=(--python "$system_python")
        if [ -z "${SENTINEL_MATCH_PYTHON:-}" ]; then build_engine "${TORCH:-}" "${base[@]}" >&2 || return 1; fi
        bridge find # if that fails again, it says why
    fi
}
install_extras() { # install_extras PYTHON
    local extra
    for extra in ${EXTRAS:-}; do
        if [ -n "${SENTINEL_MATCH_PYTHON:-}" ]; then
            "$1" -m pip install -q -r "sentinel_match_plugin/engine/requirements-$extra.txt" || stop "$extra could not be installed (see above)."
        else
            bridge install --extra "$extra" >&2 || stop "the optional packages $extra could not be installed (see above)."
        fi
    done
}

# --- the environments of the tests ------------------------------------------------------------------------------------
# made FOLDER KEY: true if FOLDER was made to its end with this key. The key is what it depends on.
made() { [ "$(cat "$1/.made" 2>/dev/null)" = "$2" ]; }
key() { { printf '%s\n' "$@"; cat "tests/requirements-$1.txt"; } | sha256sum; }
make_tests() { # make_tests NAME PYTHON [venv option]
    local name=$1 python=$2 folder=.venv-$1 wanted
    shift 2
    wanted=$(key "$name" "$python" "$("$python" -V)" "$PWD" "$@")
    ! made "$folder" "$wanted" || return 0
    echo "setup: making $folder"
    rm -rf "$folder"
    "$python" -m venv "$@" "$folder" || stop "$python could not make $folder (see above)."
    "$folder/bin/python" -m pip install -q --disable-pip-version-check --no-input -r "tests/requirements-$name.txt" ||
        stop "the packages of tests/requirements-$name.txt could not be installed in $folder (see above). Check the network, then run it again."
    # A virtual environment of a virtual environment does not see its parent's packages; this line makes it see them, and
    # keeps pytest and its kin out of the environment that users get.
    [ "$name" != engine ] ||
        "$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >"$("$folder/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/engine.pth"
    echo "$wanted" >"$folder/.made"
}

install_packages
engine=$(install_engine)
install_extras "$engine"
make_tests engine "$engine"
make_tests qgis "$system_python" --system-site-packages
