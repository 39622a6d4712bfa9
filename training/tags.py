"""Teach the heads for parts of speech and names once more, all else as it is; writes them into the checkpoint.

The encoder itself is taught little by the treebanks, whose words nobody marked as spoken or as a story's own; with such
marks put on by chance the two heads learn to read past them.  Needs torch.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch.nn import functional

from betareader.model.pieces import load_vocabulary
from training.corpora import DATA
from training.encoder import Encoder
from training.reader import tagged_batch
from training.treebank import documents, names, parts_of_speech


def main() -> None:
    """Teach the two heads by turns, at a learning rate that falls to nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--checkpoint", type=Path, default=Path("build/reader.pt"))
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    saved = torch.load(options.checkpoint, map_location=device)
    encoder = Encoder(len(load_vocabulary())).to(device)
    encoder.load_state_dict(saved["encoder"] | saved["slow"])
    rng = Random(options.seed)
    trees = documents(parts_of_speech(options.data, "train"), rng)
    named = documents(names(options.data, held=False), rng)
    heads = [*encoder.pos.parameters(), *encoder.named.parameters()]
    teacher = torch.optim.AdamW(heads, 1e-3, weight_decay=0.01)
    losses: dict[str, list[float]] = {"pos": [], "names": []}
    for step in range(options.steps):
        for group in teacher.param_groups:
            group["lr"] = 1e-3 * (1 - step / options.steps)
        kind = "names" if step % 2 else "pos"
        batch = tagged_batch(named if kind == "names" else trees, rng, device)
        with torch.no_grad():
            read = encoder(batch["pieces"], batch["marks"])
        tags = encoder.tag(read, batch["strip"], batch["first"], batch["last"])
        loss = functional.cross_entropy(tags[4 if kind == "names" else 3], batch["labels"])
        loss.backward()
        teacher.step()
        teacher.zero_grad(set_to_none=True)
        losses[kind].append(float(loss.detach()))
        if step % 100 == 99:
            print(step + 1, {name: round(float(np.mean(told[-50:])), 4) for name, told in losses.items()}, flush=True)
    for name, value in encoder.state_dict().items():
        if name.startswith(("pos.", "named.")):
            saved["slow"][name] = saved["encoder"][name] = value
    torch.save(saved, options.checkpoint)


if __name__ == "__main__":
    main()
