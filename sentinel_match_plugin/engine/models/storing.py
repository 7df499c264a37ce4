"""A file of weights becomes a model of the store: read safely, compared with the network, kept as safetensors."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from .. import __version__
from ..errors import OutputError, WeightsError
from ..events import Events
from ..results.outputs import beside, cannot_write
from .extras import require
from .fitting import fit_state
from .reading import MODEL, SOURCE, SOURCE_SHA256, TRAINING, load_state, metadata_of, sha256_of
from .spec import ModelSpec

# A checkpoint may hold more than the network, as the state of the optimizer and the features' own network.
_LARGEST = 8.0
_LARGEST_MORE_MB = 32.0


def largest_mb(spec: ModelSpec) -> float:
    """The largest file, in 10^6 bytes, that may hold the weights of ``spec``."""
    return _LARGEST * spec.size_mb + _LARGEST_MORE_MB


def keep(spec: ModelSpec, path: Path, source: str, folder: Path, events: Events) -> Path:
    """Store the weights in ``path`` as the model ``spec`` in ``folder``; returns the stored file.

    The file is read without running anything in it; names (of any publisher, ModelSpec.convert), shapes and numbers are
    compared with the real network. ``source`` says where it comes from, for the notes in the stored file. A stored file
    that is there already is replaced when the new one is whole, and left alone if anything fails. Raises WeightsError,
    ExtraMissing, OutputError.
    """
    require(spec.extra, spec.title)
    events.progress(0.0, f"Checking {spec.title}")
    state = load_state(path, largest_mb(spec))
    notes, digest = metadata_of(path), sha256_of(path)
    if notes.get(MODEL, spec.name) != spec.name:
        raise WeightsError(f"The file {path} holds the weights of {notes[MODEL]}, not of {spec.name}.")
    if spec.convert is not None:
        state = spec.convert(state)
    events.progress(0.4, f"Checking {spec.title}")
    if spec.network is None:
        raise WeightsError(f"{spec.title} is not a network that weights can be compared with.")
    network = spec.network()
    fit_state(network, state, path, spec.optional)
    events.check_cancelled()
    events.progress(0.7, f"Storing {spec.title}")
    source_sha256 = notes.get(SOURCE_SHA256, digest)  # a file of another store keeps its origin
    if spec.sha256 is not None and source_sha256 != spec.sha256:
        events.info(
            f"{spec.title}: these weights fit the network but are not the published ones (their SHA-256 differs); they "
            "may be fine-tuned or converted."
        )
    target = folder / spec.files[0]
    write(
        target,
        state,
        {
            MODEL: spec.name,
            "title": spec.title,
            "licence": spec.licence,
            SOURCE: notes.get(SOURCE, source),
            SOURCE_SHA256: source_sha256,
        }
        | {name: note for name, note in notes.items() if name.startswith(TRAINING)},
    )
    events.progress(1.0, f"Storing {spec.title}")
    return target


def make_folder(folder: Path) -> None:
    """Make the folder of the store. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The folder of weights {folder} cannot be made ({error.strerror or error}): choose another MODEL_FOLDER."
        ) from error


def write(target: Path, state: dict, notes: dict[str, str]) -> None:
    """``state`` as the file ``target``, beside it and renamed when it is whole. Raises OutputError."""
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    make_folder(target.parent)
    # Parts of one tensor (a layer split in three) would be stored with all of it, which safetensors refuses.
    own = {name: tensor.detach().cpu().clone().contiguous() for name, tensor in state.items()}
    now, by = datetime.now(timezone.utc).isoformat(timespec="seconds"), f"Sentinel Match {__version__}"
    with beside(target) as part:
        part.touch()
        mode = part.stat().st_mode  # as this user's files are: safetensors' own are for the owner alone
        try:
            save_file(own, str(part), metadata={"format": "pt", **notes, "stored": now, "stored_by": by})
        except SafetensorError as error:  # its only way to tell of a full disk
            raise cannot_write(target, error) from error
        part.chmod(mode)
