"""Run by another Python (never imported): reports, as one JSON object on stdout, what it is and what it holds.

The arguments are the modules to import. Every failure is reported, whatever its kind: a broken library can raise
anything.
"""

import importlib
import json
import os
import platform
import sys


def _probe(modules):  # type: ignore[no-untyped-def]
    versions, failures = {}, {}
    for name in modules:
        try:
            versions[name] = str(getattr(importlib.import_module(name), "__version__", "?"))
        except Exception as error:
            failures[name] = "%s: %s" % (type(error).__name__, error)  # noqa: UP031 - any Python must be able to say it
    if "rasterio" in versions:
        try:  # a leaked PROJ_LIB lets rasterio be imported and every CRS fail
            importlib.import_module("rasterio.crs").CRS.from_epsg(32636)
        except Exception as error:
            failures["rasterio"] = "it cannot look up coordinate systems (%s)" % error  # noqa: UP031
    prefix = getattr(sys, "base_prefix", sys.prefix)
    return {
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        # Of a virtual environment or a pyenv shim: the Python behind it.
        "executable": getattr(sys, "_base_executable", "") or sys.executable,
        "prefix": prefix,
        "implementation": sys.implementation.name,
        "bits": 64 if sys.maxsize > 2**32 else 32,
        "system": platform.system(),
        "machine": platform.machine(),
        "macos": platform.mac_ver()[0],
        "conda": os.path.isdir(os.path.join(prefix, "conda-meta")),
        "versions": versions,
        "failures": failures,
    }


if __name__ == "__main__":
    answer = os.dup(1)
    os.dup2(2, 1)  # what a library prints while it is imported is not the answer
    with os.fdopen(answer, "w") as stream:
        json.dump(_probe(sys.argv[1:]), stream)
