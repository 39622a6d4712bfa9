"""Put the mean of the encoder just taught and of the one that ships in the place of the former, before it is exported.

What was taught last is sure of what it was taught on; half way back it tells texts it never saw better than either
(Wortsman and others, 2022).  Afterwards `training.tags`, `training.export` and `training.prior` follow.  Needs torch and onnx.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from betareader.model.pieces import load_vocabulary
from training.encoder import Encoder
from training.shipped import SHIPPED, take_up


def mean(taught: Encoder, before: Encoder, share: float = 0.5) -> None:
    """Move the weights of `taught` towards those of `before` by this share of the way."""
    earlier = before.state_dict()
    with torch.no_grad():
        for name, value in taught.state_dict().items():
            if name != "pieces.weight":
                value.lerp_(earlier[name], share)


def main() -> None:
    """Average a checkpoint with what ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=Path("build/reader.pt"))
    parser.add_argument("--shipped", type=Path, default=SHIPPED)
    parser.add_argument("--share", type=float, default=0.5, help="how far back to go")
    options = parser.parse_args()
    saved = torch.load(options.checkpoint, map_location="cpu")
    size = len(load_vocabulary())
    taught, before = Encoder(size), Encoder(size)
    taught.load_state_dict(saved["encoder"] | saved["slow"])
    take_up(before, options.shipped)
    mean(taught, before, options.share)
    saved["encoder"] = taught.state_dict()
    saved["slow"] = {name: value for name, value in taught.state_dict().items() if name in saved["slow"]}
    torch.save(saved, options.checkpoint)


if __name__ == "__main__":
    main()
