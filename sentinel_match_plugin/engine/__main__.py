"""Where a Python starts the engine: ``python -I .../engine/__main__.py worker`` (QGIS); else the command line.

It is run as a file, because ``-I`` takes no PYTHONPATH from which ``-m`` could find the package.
"""

import os
import sys


def _main(arguments):  # type: ignore[no-untyped-def]
    if sys.version_info < (3, 11):  # any Python may be named in the setting
        found = ".".join(str(part) for part in sys.version_info[:2])
        return "Sentinel Match's engine needs Python 3.11 or newer; " + sys.executable + " is Python " + found + "."
    # Last, so that no other plugin in the same folder can stand in for a package of the engine's environment.
    folder = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    if folder not in sys.path:
        sys.path.append(folder)
    if arguments[:1] == ["worker"]:
        from sentinel_match_plugin.engine.worker import main as serve

        return serve()
    from sentinel_match_plugin.engine.cli import main

    return main(arguments)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
