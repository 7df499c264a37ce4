"""The same network under the names that its publishers gave its tensors: from theirs to those of the network here.

Every function takes and gives a table of tensors by name. What it does not know it leaves as it is: a table that has
the network's own names already comes back unchanged, and a wrong one is refused when it is compared with the network.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

State = dict[str, "torch.Tensor"]

_SUPERGLUE_HEADS = 4
_FEED_FORWARD = {"0": "fc1", "1": "layer_norm", "3": "fc2"}  # steps of LightGlue's ``ffn``; 2 is the activation


def loftr(state: State) -> State:
    """LoFTR for kornia: the authors' checkpoint holds the network inside a training module, as ``matcher``."""
    return _without_prefix(state, "matcher.")


def lightglue(state: State) -> State:
    """LightGlue for kornia, from the authors' releases (``self_attn.0.``), from XFeat's and from glue-factory's
    training (``matcher.``, beside the network that made the features).
    """
    inside = {name.removeprefix("matcher."): t for name, t in state.items() if name.startswith("matcher.")}
    return _renamed(inside or state, ((r"^(self_attn|cross_attn)\.(\d+)\.", r"transformers.\2.\1."),))


def lightglue_transformers(state: State) -> State:
    """LightGlue for transformers' LightGlueForKeypointMatching without its detector, from all that ``lightglue`` takes.

    There, query, key and value are one layer whose outputs alternate q, k, v; across images, one layer is query and
    key. Transformers' own files hold SuperPoint as well, as ``keypoint_detector``, which is a model of its own here.
    """
    state = lightglue(state)
    made: State = {}
    for name, tensor in state.items():
        parts = re.fullmatch(r"transformers\.(\d+)\.(self|cross)_attn\.(\w+)(?:\.(\d))?\.(weight|bias)", name)
        if parts is None:
            if not name.startswith("keypoint_detector.") and name != "confidence_thresholds":  # computed there
                made[name] = tensor
            continue
        layer, side, part, step, kind = parts.groups()
        attention, mlp = (f"transformer_layers.{layer}.{side}_{what}." for what in ("attention", "mlp"))
        if part == "Wqkv":
            made.update({f"{attention}{letter}_proj.{kind}": tensor[j::3] for j, letter in enumerate("qkv")})
        elif part == "to_qk":
            made.update({f"{attention}{letter}_proj.{kind}": tensor for letter in "qk"})
        elif part in ("to_v", "to_out", "out_proj"):
            made[f"{attention}{'v' if part == 'to_v' else 'o'}_proj.{kind}"] = tensor
        else:
            made[f"{mlp}{_FEED_FORWARD.get(step, part)}.{kind}"] = tensor
    return _renamed(
        made,
        (
            (r"^posenc\.Wr\.", "positional_encoder.projector."),
            (r"^log_assignment\.(\d+)\.final_proj\.", r"match_assignment_layers.\1.final_projection."),
            (r"^log_assignment\.", "match_assignment_layers."),
            (r"^token_confidence\.(\d+)\.token\.0\.", r"token_confidence.\1.token."),
        ),
    )


def superpoint(state: State) -> State:
    """SuperPoint for transformers' SuperPointForKeypointDetection, from Magic Leap's names (``conv1a``, ``convPa``)."""
    return _renamed(
        state,
        (
            (r"^conv([1-4])([ab])\.", lambda m: f"encoder.conv_blocks.{int(m[1]) - 1}.conv_{m[2]}."),
            (r"^convP([ab])\.", r"keypoint_decoder.conv_score_\1."),
            (r"^convD([ab])\.", r"descriptor_decoder.conv_descriptor_\1."),
        ),
    )


def superglue(state: State) -> State:
    """SuperGlue for transformers' SuperGlueForKeypointMatching without its detector, from Magic Leap's names (``kenc``,
    ``gnn.layers.0.attn``, ``final_proj``, ``bin_score``), also inside a training module (``matcher.``, ``superglue.``,
    ``module.``) and beside the SuperPoint that it was trained with.

    Magic Leap's convolutions of width one are linear layers here. They number the channels of the four heads in turn
    (channel ``c`` belongs to head ``c mod 4``), transformers head after head: rows of query, key and value and columns
    of the merging layer change places. ``num_batches_tracked`` moves with its layer.
    """
    for prefix in ("module.", "matcher.", "superglue."):
        state = _without_prefix(state, prefix)
    beside = ("superpoint.", "extractor.", "keypoint_detector.")
    state = {k: v for k, v in state.items() if not k.startswith(beside)}
    if not any(name.startswith("kenc.") for name in state):
        return state
    made: State = {}
    for name, tensor in state.items():
        if name.endswith(".weight") and tensor.ndim == 3 and tensor.shape[-1] == 1:
            tensor = tensor.squeeze(-1)
        if re.match(r"gnn\.layers\.\d+\.attn\.proj\.\d\.", name):
            tensor = _heads_in_blocks(tensor, 0)
        elif re.match(r"gnn\.layers\.\d+\.attn\.merge\.weight", name):
            tensor = _heads_in_blocks(tensor, 1)
        made[name] = tensor
    return _renamed(made, (*_SUPERGLUE_ENCODER, *_SUPERGLUE_NAMES))


# Sequential of convolution, normalisation, ReLU: steps 0 3 6 9 12 are convolutions, 1 4 7 10 normalisations.
_SUPERGLUE_ENCODER = tuple(
    (rf"^kenc\.encoder\.{3 * layer + step}\.", f"keypoint_encoder.encoder.{layer}.{part}")
    for layer in range(5)
    for step, part in ((0, "linear." if layer < 4 else ""), (1, "batch_norm."))
)
_SUPERGLUE_NAMES = (
    (r"\.attn\.proj\.0\.", ".attention.self.query."),
    (r"\.attn\.proj\.1\.", ".attention.self.key."),
    (r"\.attn\.proj\.2\.", ".attention.self.value."),
    (r"\.attn\.merge\.", ".attention.output.dense."),
    (r"^(gnn\.layers\.\d+\.mlp)\.0\.", r"\1.0.linear."),
    (r"^(gnn\.layers\.\d+\.mlp)\.1\.", r"\1.0.batch_norm."),
    (r"^(gnn\.layers\.\d+\.mlp)\.3\.", r"\1.1."),
    (r"^final_proj\.", "final_projection.final_proj."),
)


def efficient_loftr(state: State) -> State:
    """EfficientLoFTR for transformers' EfficientLoFTRForKeypointMatching, from the authors' checkpoint (``matcher.``)
    and from transformers' older files (``model.``).

    Layers of the coarse transformer alternate there: even ones look within an image, odd ones across.
    """
    return _renamed(_without_prefix(state, "matcher."), _EFFICIENT_LOFTR)


def _stage(match: re.Match[str]) -> str:
    """``backbone.layer2.3.rbr_dense.conv`` -> ``...stages.2.blocks.3.conv1.conv``; stage 0 has no number of a block."""
    stage, block, branch = match.groups()
    part = {"dense.conv": "conv1.conv", "dense.bn": "conv1.norm", "1x1.conv": "conv2.conv", "1x1.bn": "conv2.norm"}
    return f"efficientloftr.backbone.stages.{stage}.blocks.{block or 0}.{part.get(branch, branch)}."


def _coarse(match: re.Match[str]) -> str:
    """``loftr_coarse.layers.5.mlp.0`` -> ``...layers.2.cross_attention.mlp.fc1``."""
    number, part = int(match[1]), match[2]
    place = {
        "aggregate": "aggregation.q_aggregation",
        "norm1": "aggregation.norm",
        "q_proj": "attention.q_proj",
        "k_proj": "attention.k_proj",
        "v_proj": "attention.v_proj",
        "merge": "attention.o_proj",
        "mlp.0": "mlp.fc1",
        "mlp.2": "mlp.fc2",
        "norm2": "mlp.layer_norm",
    }.get(part, part)
    side = "cross" if number % 2 else "self"
    return f"efficientloftr.local_feature_transformer.layers.{number // 2}.{side}_attention.{place}."


def _fine(match: re.Match[str]) -> str:
    """``fine_preprocess.layer2_outconv2.0`` -> ``refinement_layer.out_conv_layers.0.out_conv2``, coarse to fine."""
    layer, step = 2 - int(match[1]), match[2]
    part = {None: "out_conv1", "0": "out_conv2", "1": "batch_norm", "3": "out_conv3"}.get(step, f"step{step}")
    return f"refinement_layer.out_conv_layers.{layer}.{part}."


_EFFICIENT_LOFTR = (
    (r"^model\.", "efficientloftr."),
    (r"^backbone\.layer(\d+)(?:\.(\d+))?\.rbr_(dense\.conv|dense\.bn|1x1\.conv|1x1\.bn|identity)\.", _stage),
    (r"^loftr_coarse\.layers\.(\d+)\.(mlp\.\d|\w+)\.", _coarse),
    (r"^fine_preprocess\.layer3_outconv\.", "refinement_layer.out_conv."),
    (r"^fine_preprocess\.layer([12])_outconv(?:2\.(\d))?\.", _fine),
)


def _without_prefix(state: State, prefix: str) -> State:
    return {name.removeprefix(prefix): tensor for name, tensor in state.items()}


def _renamed(state: State, rules: tuple) -> State:
    """``state`` with the first rule that fits each name, a pattern and what takes its place, applied once."""
    made: State = {}
    for name, tensor in state.items():
        for pattern, replacement in rules:
            new, count = re.subn(pattern, replacement, name, count=1)
            if count:
                name = new
                break
        made[name] = tensor
    return made


def _heads_in_blocks(tensor: torch.Tensor, axis: int) -> torch.Tensor:
    """Channel ``d * heads + h`` of ``axis`` becomes channel ``h * (size / heads) + d``."""
    size = tensor.shape[axis]
    if size % _SUPERGLUE_HEADS:
        return tensor  # of another network: refused by its shape
    return (
        tensor.unflatten(axis, (size // _SUPERGLUE_HEADS, _SUPERGLUE_HEADS))
        .transpose(axis, axis + 1)
        .flatten(axis, axis + 1)
    )
