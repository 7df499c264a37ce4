"""Weights into a network, after a look at all of them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from ..errors import WeightsError

if TYPE_CHECKING:
    import torch


def fit_state(
    module: torch.nn.Module,
    state: Mapping[str, torch.Tensor],
    path: str | os.PathLike[str],
    optional: Collection[str] = (),
) -> None:
    """Put ``state`` into ``module`` after checking names, shapes, kinds of number and that every number is finite.

    ``optional``: names the file may leave out because the network computes them itself; the batch counters of batch
    normalisation are always so. Raises WeightsError naming the first differences; ``module`` is then unchanged.
    """
    expected = module.state_dict()
    missing = [k for k in expected if k not in state and k not in optional and not k.endswith("num_batches_tracked")]
    unexpected = [k for k in state if k not in expected]
    misshapen = [
        f"{k} {tuple(state[k].shape)} instead of {tuple(v.shape)}"
        for k, v in expected.items()
        if k in state and state[k].shape != v.shape
    ]
    strange = [
        f"{k} {str(state[k].dtype).removeprefix('torch.')}"
        for k, v in expected.items()
        if k in state and state[k].is_floating_point() != v.is_floating_point()
    ]
    facts = [
        f"{len(names)} {what} ({', '.join(names[:3])}{', ...' if len(names) > 3 else ''})"
        for names, what in (
            (missing, "tensors missing"),
            (unexpected, "unknown tensors"),
            (misshapen, "of another shape"),
            (strange, "of another kind of number"),
        )
        if names
    ]
    if facts:
        raise WeightsError(
            f"The file {path} does not hold the weights of {type(module).__name__} as this program builds it: "
            f"{'; '.join(facts)}."
        )
    broken = [k for k, v in state.items() if v.is_floating_point() and not bool(v.isfinite().all())]
    if broken:
        raise WeightsError(
            f"The weights in {path} contain infinite or undefined numbers ({broken[0]}): fetch the file again."
        )
    module.load_state_dict(dict(state), strict=False)
