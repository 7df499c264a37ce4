"""The translations of the plugin: ``translations.py update | check``.

``update`` writes what the code says today into ``i18n/sentinel_match_<language>.ts`` and keeps what is translated;
``check`` tells what is missing. A sentence for people is the text given to ``tr``; ``tr(self.TITLE)`` and its like
stand for every string that the package assigns to that name; of the help, each line that the panel of a dialog shows
is one. The plugin reads the ``.ts`` files as they are (processing/language.py); they may be edited with Qt Linguist.
Standard library only.
"""

from __future__ import annotations

import argparse
import ast
import re
import string
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = ROOT / "sentinel_match_plugin"
FOLDER = PLUGIN / "i18n"
CONTEXT = "SentinelMatch"
MORE = "<!-- more -->"  # ends what the panel shows: processing/texts.py
READER_OF_MODELS = "processing/example_models.py"
LANGUAGES = ("de", "uk")
TAG = re.compile(r"</?(?:a|b|i|p|br|li|ul|ol|h\d|code|pre|span|div|table|tr|td|th|img)\b")


@dataclass(frozen=True)
class Source:
    """A sentence of the code, and where it was first met."""

    text: str
    file: str
    line: int


class Unreadable(Exception):
    """A call of ``tr`` whose text cannot be known without running the code."""


def sources(folder: Path = PLUGIN) -> list[Source]:
    """Everything that is to be translated, in the order of files and lines, each text once."""
    modules = {path: ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))}
    found: dict[str, Source] = {}
    for path, module in modules.items():
        for node in ast.walk(module):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"):
                continue
            place = path.relative_to(folder).as_posix()
            if place == READER_OF_MODELS and not isinstance(node.args[0], ast.Constant):
                continue  # what it gives to tr is in the model files
            for text, line in _texts(node.args[0], modules.values(), f"{place}:{node.lineno}"):
                found.setdefault(text, Source(text, place, line or node.lineno))
    for path in sorted(folder.rglob("*.model3")):
        for text in _of_model(ElementTree.parse(path).getroot()):
            found.setdefault(text, Source(text, str(path.relative_to(folder)), 0))
    for path in sorted((folder / "processing" / "help").glob("*.html")):
        for number, line in enumerate(path.read_text("utf-8").partition(MORE)[0].splitlines(), 1):
            if re.search(r"\w", re.sub(r"<[^>]*>", "", line)):
                found.setdefault(line, Source(line, path.relative_to(folder).as_posix(), number))
    return sorted(found.values(), key=lambda source: (source.file, source.line, source.text))


def _texts(argument, modules, place):
    """The (text, line) of an argument of ``tr``; line 0 where it stands elsewhere."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [(argument.value, argument.lineno)]
    if isinstance(argument, ast.IfExp):
        return _texts(argument.body, modules, place) + _texts(argument.orelse, modules, place)
    name = _name(argument)
    texts = [(text, 0) for module in modules for text in _assigned(module, name)] if name else []
    if not texts:
        raise Unreadable(
            f"{place}: what tr is given here cannot be found in the code; give it a string, or a name in capitals."
        )
    return texts


def _name(node):
    if isinstance(node, ast.Subscript):
        return _name(node.value)
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name if name.isupper() else ""


def _assigned(module, name):
    """The strings assigned to ``name``: of a dictionary its values, of a list or tuple its members."""
    for node in ast.walk(module):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and name in [getattr(target, "id", "") for target in targets]:
            yield from _strings(node.value)


def _strings(value):
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    for member in getattr(value, "values", None) or getattr(value, "elts", None) or ():
        yield from _strings(member)


def _of_model(option, is_text=False, siblings=()):
    """What ``READER_OF_MODELS`` gives to ``tr``, and the model's name."""
    name = option.get("name", "")
    if name == "component_description" and any(other.get("name") == "alg_id" for other in siblings):
        return  # a step's, which expressions know it by
    is_text = is_text or name in ("description", "component_description", "help", "MESSAGE", "model_name")
    if is_text and option.get("type") == "QString" and re.search(r"\w\w", option.get("value", "")):
        yield option.get("value")
    for child in option:
        yield from _of_model(child, is_text, option)


# -- the files ---------------------------------------------------------------------------------------------------------


def ts_file(language: str) -> Path:
    """The translations into ``language``, an ISO code."""
    return FOLDER / f"sentinel_match_{language}.ts"


def translated(language: str) -> dict[str, str]:
    """Text -> translation, of what is translated."""
    pairs = [(message.findtext("source"), message.find("translation")) for message in messages(language)]
    return {source: node.text for source, node in pairs if node is not None and node.text}


def messages(language: str) -> list[ElementTree.Element]:
    """What is in the file of ``language``, one after the other."""
    return list(ElementTree.parse(ts_file(language)).iter("message")) if ts_file(language).exists() else []


def update(language: str, wanted: list[Source], known: dict[str, str]) -> None:
    """Write the file of ``language`` anew: what the code says, in its order, with what is known of it."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for source in wanted:
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "location", filename=f"../{source.file}")  # no line: it would change daily
        ElementTree.SubElement(message, "source").text = source.text
        translation = ElementTree.SubElement(message, "translation")
        if source.text in known:
            translation.text = known[source.text]
        else:
            translation.set("type", "unfinished")
    ElementTree.indent(root)
    text = ElementTree.tostring(root, "unicode", short_empty_elements=False)
    ts_file(language).write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8")


def problems(language: str, wanted: list[Source]) -> list[str]:
    """What is wrong with the translations into ``language``, a sentence each."""
    known, found = translated(language), []
    for source in wanted:
        translation = known.get(source.text)
        if translation is None:
            found.append(f"{language}: not translated ({source.file}:{source.line}): {source.text}")
        elif marks(translation) != marks(source.text):
            found.append(f"{language}: placeholders or tags differ: {source.text!r} -> {translation!r}")
    times = Counter(message.findtext("source") for message in messages(language))
    found += [f"{language}: stands {count} times: {text}" for text, count in times.items() if count > 1]
    texts = {source.text for source in wanted}
    return found + [f"{language}: the code no longer says: {text}" for text in known if text not in texts]


def marks(text: str) -> list[str]:
    """What a translation must keep: ``{placeholders}`` with their formats, tags, and blanks at its ends."""
    fields = [f"{{{name}!{kind}:{form}}}" for _, name, form, kind in string.Formatter().parse(text) if name is not None]
    return sorted(fields + TAG.findall(text) + re.findall(r"^\s|\s$", text))


def main() -> int:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("what", choices=("update", "check"))
    options = cli.parse_args()
    try:
        wanted = sources()
    except Unreadable as error:
        sys.stderr.write(f"translations: {error}\n")
        return 1
    if options.what == "update":
        for language in LANGUAGES:
            update(language, wanted, translated(language))
    found = [problem for language in LANGUAGES for problem in problems(language, wanted)]
    sys.stdout.write("".join(f"{problem}\n" for problem in found) + f"{len(wanted)} texts, {len(found)} problems\n")
    return 1 if found and options.what == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
