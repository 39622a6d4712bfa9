"""A toy of the encoder is taught for a few steps, and its export answers as it does; needs what training needs."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed: `make toy` installs it and runs this")
pytest.importorskip("onnx", reason="onnx is not installed: `make toy` installs it and runs this")

from betareader.model.network import Network  # noqa: E402
from betareader.model.pieces import Strips, load_vocabulary  # noqa: E402
from betareader.model.questions import Questions  # noqa: E402
from betareader.model.vectors import Vectors, load_vectors  # noqa: E402
from training.average import mean  # noqa: E402
from training.encoder import Encoder, pretrained  # noqa: E402
from training.errors import Rates, Slips  # noqa: E402
from training.export import export, save_vectors  # noqa: E402
from training.reader import choice_loss, loss_of_words, on  # noqa: E402
from training.shipped import take_up  # noqa: E402
from training.strips import Strip, collate, lesson  # noqa: E402

STORY = Path(__file__).parents[1] / "examples" / "the-lamp-at-saltreach-clean.txt"
MANY = Rates(shares=((0.2, 0.2, 1.0),))


@pytest.fixture(scope="module")
def strips() -> list[Strip]:
    return lesson("example", STORY.read_text("utf-8"), 1, None, MANY, Slips(None))


@pytest.fixture(scope="module")
def taught(strips: list[Strip]) -> tuple[Encoder, list[float]]:
    torch.manual_seed(1)
    encoder = Encoder(len(load_vocabulary()), layers=1, width=48, heads=4)
    teacher = torch.optim.AdamW(encoder.parameters(), 3e-3)
    batch = on("cpu", collate(strips[:8]))
    losses = []
    for _ in range(12):
        loss, _ = loss_of_words(encoder, batch)
        loss.backward()
        teacher.step()
        teacher.zero_grad()
        losses.append(float(loss.detach()))
    return encoder.eval(), losses


def test_a_few_steps_teach_it_something(taught: tuple[Encoder, list[float]]) -> None:
    _, losses = taught
    assert losses[-1] < losses[0] / 2


def test_a_lesson_asks_about_faults_and_knows_what_was_meant(strips: list[Strip]) -> None:
    vocabulary = load_vocabulary()
    told = {
        (spelt(vocabulary, stands), spelt(vocabulary, put))
        for strip in strips
        for stands, put, right in zip(strip.stands, strip.put, strip.right, strict=True)
        if right
    }
    clean = STORY.read_text("utf-8").lower().replace("’", "'")
    assert told and all(put.replace(" ", "") in clean.replace(" ", "") for _, put in told)
    assert any(stands != put for stands, put in told)


def spelt(vocabulary: tuple[str, ...], pieces: np.ndarray[tuple[int], np.dtype[np.int16]]) -> str:
    """The text of a row of pieces."""
    return " ".join(vocabulary[piece] for piece in pieces if piece).replace(" ##", "").replace(" ' ", "'")


def test_the_loss_of_a_choice_is_its_surprise() -> None:
    odds = torch.tensor([2.0, 0.0, -1.0])
    loss, mended = choice_loss(odds, torch.tensor([0, 0, 1]), torch.tensor([True, False, False]))
    first = np.log(np.exp(2) + 1 + 1) - 2
    second = np.log(np.exp(-1) + 1)
    assert float(loss) == pytest.approx((first + second) / 2, rel=1e-5)
    assert mended == 1.0


def test_the_export_answers_as_the_encoder_does(
    taught: tuple[Encoder, list[float]], strips: list[Strip], tmp_path: Path
) -> None:
    encoder, _ = taught
    export(encoder, tmp_path, quantised=False)
    as_floats = Vectors(encoder.pieces.weight.numpy(), np.float32(1), np.float32(0))
    network = Network(str(tmp_path / "reads.onnx"), str(tmp_path / "judges.onnx"), as_floats)
    batch = collate(strips[:4])
    cut = Strips(batch["pieces"], batch["marks"], batch["word_strip"], batch["word_first"], batch["word_last"])
    impression = network.read(cut, np.ones(4, bool))
    with torch.no_grad():
        told = on("cpu", batch)
        read = encoder(told["pieces"], told["marks"])
        tags = encoder.tag(read, told["word_strip"], told["word_first"], told["word_last"])
    for ours, theirs in zip(
        (impression.doubt, impression.stop, impression.start, impression.pos, impression.named), tags, strict=True
    ):
        np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-4)

    rng = Random(3)
    words = [rng.randrange(len(batch["word_strip"])) for _ in range(20)]
    rows = slice(0, 20)
    asked = Questions(
        np.array(words), np.array(words), np.zeros(20, bool), batch["fault"][rows], batch["stands"][rows],
        batch["put"][rows], batch["facts"][rows],
    )  # fmt: skip
    with torch.no_grad():
        odds = encoder.judge(
            read, *(told[name][words] for name in ("word_strip", "word_first", "word_last")),
            *(told[name][rows] for name in ("fault", "stands", "put", "facts")),
        )  # fmt: skip
    np.testing.assert_allclose(network.judge(asked, impression), odds.numpy(), atol=5e-3)  # queries are kept in halves


def test_what_is_shipped_can_be_taken_up_again(taught: tuple[Encoder, list[float]], tmp_path: Path) -> None:
    encoder, _ = taught
    export(encoder, tmp_path)
    again = Encoder(len(load_vocabulary()), layers=1, width=48, heads=4)
    take_up(again, tmp_path)
    kept = again.state_dict()
    for name, value in encoder.state_dict().items():
        if name != "pieces.weight":
            assert torch.allclose(kept[name], value, atol=0.02 * float(value.abs().max())), name


def test_layers_added_to_what_is_shipped_pass_on_what_they_are_given(
    taught: tuple[Encoder, list[float]], strips: list[Strip], tmp_path: Path
) -> None:
    encoder, _ = taught
    export(encoder, tmp_path)
    size = len(load_vocabulary())
    same, grown = (Encoder(size, layers=layers, width=48, heads=4) for layers in (1, 2))
    for each in (same, grown):
        take_up(each, tmp_path)
        each.pieces.load_state_dict(encoder.pieces.state_dict())
    batch = on("cpu", collate(strips[:4]))
    with torch.no_grad():
        one, other = (each.eval()(batch["pieces"], batch["marks"]) for each in (same, grown))
    assert float((one - other).abs().mean()) < 0.05 * float(one.abs().mean())


def test_the_mean_of_two_lies_half_way(taught: tuple[Encoder, list[float]]) -> None:
    encoder, _ = taught
    torch.manual_seed(2)
    one, other = (Encoder(len(load_vocabulary()), layers=1, width=48, heads=4) for _ in range(2))
    one.load_state_dict(encoder.state_dict())
    mean(one, other)
    half = (encoder.start.weight + other.start.weight) / 2
    assert torch.allclose(one.start.weight, half, atol=1e-6)
    assert torch.equal(one.pieces.weight, encoder.pieces.weight)


def test_the_table_of_pieces_says_what_the_encoder_knows(tmp_path: Path) -> None:
    encoder = pretrained()
    save_vectors(encoder.pieces.weight.detach().numpy(), tmp_path / "pieces.npz")
    with np.load(tmp_path / "pieces.npz") as table:
        ours = Vectors(table["levels"], table["scale"], table["zero"])
    shipped = load_vectors()
    some = np.arange(0, len(shipped.levels), 7)
    np.testing.assert_allclose(ours.of(some), encoder.pieces.weight.detach().numpy()[some], atol=float(ours.scale))
    np.testing.assert_allclose(shipped.of(some), ours.of(some), atol=1e-6)
    rows = np.array([[5, 9, 0, 0, 0], [0, 0, 0, 0, 0]])
    np.testing.assert_allclose(shipped.together(rows)[0], shipped.of(np.array([5, 9])).mean(axis=0), atol=1e-6)
    assert not shipped.together(rows)[1].any()
