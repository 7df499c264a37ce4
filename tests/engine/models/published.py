"""Tables of tensors under the names and in the shapes in which their authors publish them, with random numbers."""

from __future__ import annotations

import re

import torch

from sentinel_match_plugin.engine.models.conversion import State


def as_released(state: State) -> State:
    """The names of the release v0.1_arxiv, which has no table of thresholds."""
    renamed = {re.sub(r"^transformers\.(\d+)\.(self|cross)_attn\.", r"\2_attn.\1.", k): v for k, v in state.items()}
    return {name: tensor for name, tensor in renamed.items() if name != "confidence_thresholds"}


def as_trained(state: State) -> State:
    """The names of glue-factory and of LighterGlue's file: inside a pipeline, beside the network of the features."""
    return {**{f"matcher.{k}": v for k, v in state.items()}, "extractor.conv1a.weight": torch.zeros(2)}


def as_pipeline(state: State) -> State:
    """As projects that train SuperGlue further store it."""
    return {**{f"superglue.{k}": v for k, v in state.items()}, "superpoint.conv1a.bias": torch.zeros(64)}


def as_parallel(state: State) -> State:
    """As torch.nn.DataParallel stores it."""
    return {f"module.{name}": tensor for name, tensor in state.items()}


SUPERPOINT = {
    "conv1a": (64, 1, 3),
    "conv1b": (64, 64, 3),
    "conv2a": (64, 64, 3),
    "conv2b": (64, 64, 3),
    "conv3a": (128, 64, 3),
    "conv3b": (128, 128, 3),
    "conv4a": (128, 128, 3),
    "conv4b": (128, 128, 3),
    "convPa": (256, 128, 3),
    "convPb": (65, 256, 1),
    "convDa": (256, 128, 3),
    "convDb": (256, 256, 1),
}


def magic_leaps_superpoint() -> State:
    torch.manual_seed(2)
    state = {}
    for name, (out, into, side) in SUPERPOINT.items():
        state[f"{name}.weight"] = torch.randn(out, into, side, side) / (into * side * side) ** 0.5
        state[f"{name}.bias"] = torch.randn(out) * 0.1
    return state


ENCODER = (3, 32, 64, 128, 256, 256)


def magic_leaps_superglue(layers: int = 18) -> State:
    """SuperGlue under Magic Leap's names and shapes: convolutions of width one, normalisations with statistics."""
    torch.manual_seed(3)
    state = {"bin_score": torch.tensor(2.3)}

    def convolution(name: str, out: int, into: int) -> None:
        state[f"{name}.weight"] = torch.randn(out, into, 1) / into**0.5
        state[f"{name}.bias"] = torch.randn(out) * 0.1

    def normalisation(name: str, size: int) -> None:
        for part in ("weight", "bias", "running_mean"):
            state[f"{name}.{part}"] = torch.randn(size) * 0.3 + 0.5
        state[f"{name}.running_var"] = torch.rand(size) + 0.5
        state[f"{name}.num_batches_tracked"] = torch.tensor(9)

    for step in range(5):
        convolution(f"kenc.encoder.{3 * step}", ENCODER[step + 1], ENCODER[step])
        if step < 4:
            normalisation(f"kenc.encoder.{3 * step + 1}", ENCODER[step + 1])
    for layer in range(layers):
        name = f"gnn.layers.{layer}"
        for part in ("attn.merge", "attn.proj.0", "attn.proj.1", "attn.proj.2"):
            convolution(f"{name}.{part}", 256, 256)
        convolution(f"{name}.mlp.0", 512, 512)
        normalisation(f"{name}.mlp.1", 512)
        convolution(f"{name}.mlp.3", 256, 512)
    convolution("final_proj", 256, 256)
    return state


def authors_efficient_loftr() -> list[str]:
    """The names of the authors' checkpoint, from the structure of their modules."""

    def normalised(name: str) -> list[str]:
        parts = ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")
        return [f"{name}.{part}" for part in parts]

    names = []
    for stage, blocks in enumerate((1, 2, 4, 14)):
        for block in range(blocks):
            place = f"backbone.layer{stage}" + (f".{block}" if stage else "")
            for branch in ("rbr_dense", "rbr_1x1"):
                names += [f"{place}.{branch}.conv.weight", *normalised(f"{place}.{branch}.bn")]
            if block or stage == 1:  # neither size nor number of channels change: a branch that does nothing
                names += normalised(f"{place}.rbr_identity")
    for layer in range(8):
        parts = ("aggregate", "norm1", "q_proj", "k_proj", "v_proj", "merge", "mlp.0", "mlp.2", "norm2")
        for part in parts:
            names.append(f"loftr_coarse.layers.{layer}.{part}.weight")
            if part.startswith("norm"):
                names.append(f"loftr_coarse.layers.{layer}.{part}.bias")
    names.append("fine_preprocess.layer3_outconv.weight")
    for layer in (1, 2):
        names.append(f"fine_preprocess.layer{layer}_outconv.weight")
        place = f"fine_preprocess.layer{layer}_outconv2"
        names += [f"{place}.0.weight", *normalised(f"{place}.1"), f"{place}.3.weight"]
    return [f"matcher.{name}" for name in names]
