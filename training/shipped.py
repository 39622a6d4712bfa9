"""Take up the shipped encoder again where no checkpoint is at hand: its weights of eight bits, made floats.

What rounding took from them, and the running means of the teacher, are learnt anew in a few hundred steps.  Needs
torch and onnx.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from training.encoder import Encoder

SHIPPED = Path("src/betareader/model/data")
MATRICES = ("look", "seen", "wide", "narrow")
"""The matrices of a layer in the order in which they are used; the export loses their names."""
ENDS = ("at_first.weight", "at_last.weight")
"""Those that come after the layers."""


def take_up(encoder: Encoder, folder: Path = SHIPPED) -> None:
    """Put the weights of `reads.onnx` and `judges.onnx` into `encoder`; its pieces stay, they are never taught.

    Where the encoder has more layers than the shipped one, the new ones stand between and behind the others and pass on what
    they are given until they are taught (Wu and others, 2024).
    """
    graph = folder / "reads.onnx"
    had = (len(_unnamed(graph)) - len(ENDS)) // len(MATRICES)
    unnamed = [f"layers.{number}.{part}.weight" for number in range(had) for part in MATRICES]
    weights = floats(graph, [*unnamed, *ENDS])
    weights |= floats(folder / "judges.onnx", [])
    _stretch(weights, had, len(encoder.layers))
    wanted = {name for name in encoder.state_dict() if name != "pieces.weight"}
    missing = wanted - set(weights)
    if missing:
        raise SystemExit(f"The shipped encoder is another one: it has no {', '.join(sorted(missing))}.")
    encoder.load_state_dict({name: torch.from_numpy(weights[name]) for name in wanted}, strict=False)


def _stretch(weights: dict[str, NDArray[np.float32]], had: int, wanted: int) -> None:
    """Make `wanted` layers of the `had`, the new ones evenly among them."""
    layers = [
        {name: weights.pop(name) for name in [*weights] if name.startswith(f"layers.{number}.")}
        for number in range(had)
    ]
    new = wanted - had
    behind = {round((place + 1) * had / new) - 1 for place in range(new)} if new else set()
    number = 0
    for place, layer in enumerate(layers):
        kept = {name.partition(f"layers.{place}.")[2]: value for name, value in layer.items()}
        for each in (kept, _passing_on(kept)) if place in behind else (kept,):
            weights |= {f"layers.{number}.{name}": value for name, value in each.items()}
            number += 1


def _passing_on(layer: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """A layer to stand behind this one: what it finds itself is nothing yet, and its norms undo what they do."""
    new = dict(layer)
    for part in ("seen", "narrow"):
        new |= {f"{part}.{kind}": np.zeros_like(layer[f"{part}.{kind}"]) for kind in ("weight", "bias")}
    scale, shift = layer["norm2.weight"], layer["norm2.bias"]
    for norm in ("norm", "norm2"):
        new[f"{norm}.weight"] = np.full_like(scale, np.sqrt((scale**2).mean() + shift.var()))
        new[f"{norm}.bias"] = np.full_like(shift, shift.mean())
    return new


def floats(path: Path, unnamed: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The weights of an exported graph by their names in torch.

    `unnamed` are the matrices whose names the export loses, in the order in which they are used.
    """
    kept = {each.name: numpy_helper.to_array(each) for each in onnx.load(path).graph.initializer}
    names = dict(zip(_unnamed(path), unnamed, strict=True))
    found = {}
    for name, value in kept.items():
        lead, _, kind = name.rpartition("_")
        if kind == "quantized":
            level = value.astype(np.float32) - kept[f"{lead}_zero_point"].astype(np.float32)
            weight = level * kept[f"{lead}_scale"].astype(np.float32)
            is_turned = name in names or lead.endswith("_Transposed")
            own = names.get(name, lead.removeprefix("encoder.").removesuffix("_Transposed"))
            found[own] = np.ascontiguousarray(weight.T if is_turned else weight)
        elif not name.endswith(("_scale", "_zero_point")):
            found[name.removeprefix("encoder.")] = np.array(value, dtype=np.float32)
    return found


def _unnamed(path: Path) -> list[str]:
    """The matrices of a graph that have no names of their own, in the order in which they are used."""
    named = (each.name for each in onnx.load(path).graph.initializer)
    return sorted((name for name in named if name.startswith("onnx::") and name.endswith("_quantized")), key=_number)


def _number(name: str) -> int:
    return int(name.removesuffix("_quantized").rpartition("_")[2])
