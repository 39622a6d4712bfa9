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


def take_up(encoder: Encoder, folder: Path = SHIPPED) -> None:
    """Put the weights of `reads.onnx` and `judges.onnx` into `encoder`; its pieces stay, they are never taught."""
    layers = [f"layers.{number}" for number in range(len(encoder.layers))]
    unnamed = [f"{layer}.{part}.weight" for layer in layers for part in ("look", "seen", "wide", "narrow")]
    weights = floats(folder / "reads.onnx", [*unnamed, "at_first.weight", "at_last.weight"])
    weights |= floats(folder / "judges.onnx", [])
    wanted = {name for name in encoder.state_dict() if name != "pieces.weight"}
    missing = wanted - set(weights)
    if missing:
        raise SystemExit(f"The shipped encoder is another one: it has no {', '.join(sorted(missing))}.")
    encoder.load_state_dict({name: torch.from_numpy(weights[name]) for name in wanted}, strict=False)


def floats(path: Path, unnamed: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The weights of an exported graph by their names in torch.

    `unnamed` are the matrices whose names the export loses, in the order in which they are used.
    """
    kept = {each.name: numpy_helper.to_array(each) for each in onnx.load(path).graph.initializer}
    lost = sorted((name for name in kept if name.startswith("onnx::") and name.endswith("_quantized")), key=_number)
    names = dict(zip(lost, unnamed, strict=True))
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


def _number(name: str) -> int:
    return int(name.removesuffix("_quantized").rpartition("_")[2])
