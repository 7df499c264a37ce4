"""The reference of the algorithms, docs/reference/<id>.md, from what their dialogs show: help, parameters, choices.

scripts/reference.py            writes the files (with the Python of QGIS: .venv-qgis/bin/python)
scripts/reference.py --check    only says whether they are up to date (exit code 1: they are not)

A test makes the same comparison. scripts/help_pages.py makes the pages of the button Help from them.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import headless_qgis
from made_pages import write_or_compare

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
PICTURES = "../../sentinel_match_plugin/processing/help/pictures"
NOTE = "<!-- Made by scripts/reference.py from the help and the parameters of the algorithm: change those. -->"


MARKS = {"b": "**", "i": "*", "code": "`"}


class Markdown(HTMLParser):
    """The few tags that the help uses, as Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self._cells, self._rows = "", [], []

    def handle_starttag(self, tag, attrs):
        if tag in MARKS:
            self._say(MARKS[tag])
        elif tag in ("p", "h3"):
            self._say("\n\n" + ("## " if tag == "h3" else ""))
        elif tag == "ul":
            self._say("\n")
        elif tag == "li":
            self._say("\n- ")
        elif tag == "br":
            self._say("<br>")
        elif tag == "table":
            self._rows = []
        elif tag == "tr":
            self._cells = []
        elif tag in ("td", "th"):
            self._cells.append("")

    def handle_endtag(self, tag):
        if tag in MARKS:
            self._say(MARKS[tag])
        elif tag == "tr":
            self._rows.append(self._cells)
            self._cells = []
        elif tag == "table":
            if self._rows and not self._rows[0][0].isupper() and len(self._rows[0]) == 2:
                self._rows.insert(0, ["", ""])  # Markdown has no table without a head
            self._say("\n\n" + table(self._rows))

    def handle_data(self, data):
        data = data.replace("\n", " ") if data.strip() else ""
        self._say(data.replace("|", "\\|").replace("<", "&lt;").replace("_", "\\_").replace("*", "\\*"))

    def _say(self, text: str) -> None:
        if self._cells:
            self._cells[-1] += text
        else:
            self.text += text


def table(rows: list[list[str]]) -> str:
    """Rows of Markdown cells, the first the head."""
    lines = ["| " + " | ".join(cell.strip() for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def markdown(text: str) -> str:
    """HTML of the help as Markdown."""
    parser = Markdown()
    parser.feed(text)
    return parser.text.strip()


def pages() -> dict[str, str]:
    """Name of the file -> text, of every algorithm of the provider; QGIS and the provider must be there."""
    from qgis.core import QgsApplication, QgsProcessingModelAlgorithm

    provider = QgsApplication.processingRegistry().providerById("sentinelmatch")
    every = sorted(provider.algorithms(), key=lambda found: (found.group(), found.displayName()))
    models = [found for found in every if isinstance(found, QgsProcessingModelAlgorithm)]
    algorithms = [found for found in every if found not in models]
    made = {f"{found.name()}.md": page(found) for found in algorithms}
    made["README.md"] = index(algorithms, models)
    return made


def index(algorithms, models) -> str:
    """The list of all pages, and the example models, which explain themselves in the Toolbox."""
    rows = [["Algorithm", "", "What it does"]]
    rows += [[f"[{a.displayName()}]({a.name()}.md)", f"`{a.id()}`", a.shortDescription()] for a in algorithms]
    examples = [["Example model", ""], *([escaped(m.displayName()), f"`{m.id()}`"] for m in models)]
    return f"# Reference\n\n{NOTE}\n\n{table(rows)}\n\n## Example models\n\n{table(examples)}\n"


def page(algorithm) -> str:
    """One algorithm: help, parameters with their choices, results, how to run it."""
    from sentinel_match_plugin.processing.texts import HELP_FOLDER, MORE, help_file

    name, results = algorithm.name(), algorithm.outputDefinitions()
    about = markdown(help_file(name).read_text(encoding="utf-8").replace(MORE, ""))
    picture = f"![{algorithm.displayName()}]({PICTURES}/{name}.jpg)\n\n"
    parts = [
        f"# {algorithm.displayName()}",
        NOTE,
        f"`{algorithm.id()}`, in the Toolbox under *{algorithm.group()}*. {algorithm.shortDescription()}",
        (picture if (HELP_FOLDER / "pictures" / f"{name}.jpg").exists() else "") + about,
        "## Parameters",
        table([["Parameter", "What it is", "Default"], *map(_row, algorithm.parameterDefinitions())]),
        *_choices(algorithm),
        "## Results",
        table([["Result", "What it is"], *([f"`{o.name()}`", escaped(o.description())] for o in results)]),
        "## On the command line",
        f"```\n{_command(algorithm)}\n```",
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Plain text for a cell of a table."""
    return text.replace("|", "\\|").replace("_", "\\_").replace("*", "\\*").replace("<", "&lt;").replace("\n", " ")


def _flag(definition, name: str) -> bool:
    from qgis.core import QgsProcessingParameterDefinition

    return bool(definition.flags() & getattr(QgsProcessingParameterDefinition.Flag, name))


def _row(definition) -> list[str]:
    default = definition.defaultValue()
    default = ", ".join(map(str, default)) if isinstance(default, list) else default
    if isinstance(default, float):
        default = f"{default:g}"
    without = "" if _flag(definition, "FlagOptional") else "**needed**"
    default = without if default in (None, "") else f"`{default}`"
    folded = " *(advanced)*" if _flag(definition, "FlagAdvanced") else ""
    return [
        f"`{definition.name()}`{folded}",
        f"**{escaped(definition.description())}.** {escaped(definition.help())}",
        default,
    ]


def _choices(algorithm) -> list[str]:
    """The choices of each enum parameter, as the dialog explains them."""
    from sentinel_match_plugin.processing.choices import explained

    parts = []
    for definition in algorithm.parameterDefinitions():
        texts = explained(definition, live=False)
        if texts:
            rows = [[f"`{name}`", escaped(text)] for name, text in texts.items()]
            parts += [f"### Choices of {definition.name()}", table([["Value", "In the dialog"], *rows])]
    return parts


def _command(algorithm) -> str:
    """The least that runs it."""
    examples = {
        "REFERENCE": "winter.tif",
        "TARGET": "summer.tif",
        "INPUT": "summer.tif",
        "TIE_POINTS": "points.gpkg",
        "OUTPUT": "result.tif",
        "PRODUCT": "S2A_MSIL2A_20180714.SAFE",
        "FOLDER": "training_set",
        "TRAINING_SET": "training_set",
        "WEIGHTS": "mine.safetensors",
        "REPORT": "report.html",
    }
    also = {
        "matchrasters": ["TIE_POINTS=points.gpkg", "REPORT=report.html"],
        "coregister": ["TIE_POINTS=points.gpkg", "REPORT=report.html"],
        "assessmatchers": ["REFERENCE=winter.tif", "TARGET=summer.tif", "TABLE=matchers.csv", "REPORT=report.html"],
        "comparescenes": ["FOLDER=overviews", "PAIRS=pairs.csv", "REPORT=report.html"],
        "detectkeypoints": ["KEYPOINTS=keypoints.gpkg"],
        "buildtrainingset": ["SCENES_FOLDER=dates"],
        "trainmatcher": ["MINUTES=60"],
        "models": ["ACTION=list", "TABLE=models.csv"],
        "environment": ["ACTION=check"],
    }
    needed = [p.name() for p in algorithm.parameterDefinitions() if not _flag(p, "FlagOptional")]
    words = [f"{name}={examples[name]}" for name in needed if name in examples] + also.get(algorithm.name(), [])
    return " \\\n    ".join([f"qgis_process run {algorithm.id()} --", *words])


def main() -> int:
    """Write the pages, or say which differ."""
    kept = headless_qgis.start()
    code = write_or_compare(pages(), FOLDER, ".md", "reference.py")
    del kept
    return code


if __name__ == "__main__":
    headless_qgis.leave(main())
