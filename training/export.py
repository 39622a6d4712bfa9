"""Export the encoder for onnxruntime: one graph reads strips, one judges options; weights of eight bits.

What the pieces mean stands beside the graphs, in a table that both are fed from.  The weights of the matrices are quantised (dynamic quantisation, each column its own scale); what
flows between them is quantised as it is read.  Needs torch and onnx.
"""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from betareader.model.pieces import LENGTH, PAD, load_vocabulary
from betareader.model.questions import FACTS
from training.encoder import QUERY, Encoder

TAGS = ("doubt", "stop", "start", "pos", "named")


class Reads(nn.Module):
    """Strips in; for each piece what the judge asks about, and for each word its tags."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(
        self, meant: torch.Tensor, pieces: torch.Tensor, marks: torch.Tensor, strip: torch.Tensor, first: torch.Tensor,
        last: torch.Tensor,
    ) -> tuple[torch.Tensor, ...]:  # fmt: skip
        """The queries at each piece, as a first and as a last one, and the tags of the words."""
        read = self.encoder.read(meant, pieces != PAD, marks)
        return self.encoder.at_first(read), self.encoder.at_last(read), *self.encoder.tag(read, strip, first, last)


class Judges(nn.Module):
    """Queries and options in, log odds out."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(
        self, first: torch.Tensor, last: torch.Tensor, fault: torch.Tensor, stands: torch.Tensor, put: torch.Tensor,
        facts: torch.Tensor,
    ) -> torch.Tensor:  # fmt: skip
        """The log odds of each option; `first` and `last` are the queries at the two ends of it."""
        stood, new = self.encoder.said(stands), self.encoder.said(put)
        return self.encoder.weigh_up(first + last + self.encoder.fault(fault), stood, new, facts)


def export(encoder: Encoder, folder: Path, quantised: bool = True) -> None:
    """Write `reads.onnx`, `judges.onnx` and, what the pieces mean, `pieces.npz` into `folder`."""
    encoder = encoder.eval().float()
    save_vectors(encoder.pieces.weight.numpy(), folder / "pieces.npz")
    strips, words, options, width = 2, 3, 5, encoder.pieces.weight.shape[1]
    pieces = torch.ones(strips, LENGTH, dtype=torch.long)
    place = torch.zeros(words, dtype=torch.long)
    query = torch.zeros(options, QUERY)
    meant = torch.ones(options, width)
    numbers = torch.zeros(options, dtype=torch.long)
    graphs = {
        "reads": (Reads(encoder), (torch.zeros(strips, LENGTH, width), pieces, torch.zeros_like(pieces), place, place + 1, place + 1),
                  ["meant", "pieces", "marks", "strip", "first", "last"], ["at_first", "at_last", *TAGS]),
        "judges": (Judges(encoder), (query, query, numbers, meant, meant, torch.zeros(options, FACTS)),
                   ["first", "last", "fault", "stands", "put", "facts"], ["odds"]),
    }  # fmt: skip
    for name, (graph, example, inputs, outputs) in graphs.items():
        path = folder / f"{name}.onnx"
        whole = path.with_suffix(".whole") if quantised else path
        axes = {
            each: {0: "words" if each in ("strip", "first", "last") and name == "reads" else "rows"} for each in inputs
        }
        axes |= {each: {0: "words" if each in TAGS else "rows"} for each in outputs}
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                graph, example, str(whole), input_names=inputs, output_names=outputs, dynamic_axes=axes,
                opset_version=17, dynamo=False,
            )  # fmt: skip
        if quantised:
            quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
            whole.unlink()


def save_vectors(meant: NDArray[np.float32], path: Path) -> None:
    """Write a table of what pieces mean, in 256 steps from the least number in it to the greatest."""
    scale = (meant.max() - meant.min()) / np.float32(255)
    zero = np.round(-meant.min() / scale)
    levels = np.clip(np.round(meant / scale) + zero, 0, 255).astype(np.uint8)
    np.savez(path, levels=levels, scale=scale, zero=zero)


def main() -> None:
    """Export a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=Path("build/reader.pt"))
    parser.add_argument("--out", type=Path, default=Path("src/betareader/model/data"))
    options = parser.parse_args()
    saved = torch.load(options.checkpoint, map_location="cpu")
    encoder = Encoder(len(load_vocabulary()))
    encoder.load_state_dict(saved["encoder"] | saved["slow"])
    export(encoder, options.out)


if __name__ == "__main__":
    main()
