"""A reliability diagram: how sure the reader was, and how often it was right, drawn as SVG."""

from __future__ import annotations

from collections.abc import Mapping

from bench.calibration import BINS, Told

SIDE = 300
"""Width and height of the square the shares are drawn in, in user units."""
LEFT, TOP = 60, 20
COLOURS = {"narration": "#1b6ca8", "speech": "#b5532a"}
"""Told apart in grey print too: narration is drawn with dots, speech with squares."""


def reliability(voices: Mapping[str, Told]) -> str:
    """Mean confidence across, share right upwards, a mark a bin; marks on the diagonal are calibrated.

    A mark's area grows with the number of words it stands for.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE + 180} {SIDE + 70}" role="img" '
        'font-family="sans-serif" font-size="12">',
        "<title>How sure the reader was, and how often it was right</title>",
        f'<rect width="{SIDE + 180}" height="{SIDE + 70}" fill="#fff"/>',
        f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>',
        f'<line x1="{LEFT}" y1="{TOP + SIDE}" x2="{LEFT + SIDE}" y2="{TOP}" stroke="#aaa" stroke-dasharray="4 4"/>',
        f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 40}" text-anchor="middle">how sure it was</text>',
        f'<text transform="translate(16 {TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">share that was right</text>',
    ]
    for tick in range(0, 11, 2):
        place = SIDE * tick / 10
        parts.append(f'<text x="{LEFT + place}" y="{TOP + SIDE + 18}" text-anchor="middle">{tick / 10:g}</text>')
        parts.append(f'<text x="{LEFT - 8}" y="{TOP + SIDE - place + 4}" text-anchor="end">{tick / 10:g}</text>')
    for number, (voice, told) in enumerate(voices.items()):
        colour = COLOURS[voice]
        for sure, right, count in bins(told):
            across, up = LEFT + SIDE * sure, TOP + SIDE * (1 - right)
            size = min(11.0, 2 + count**0.5 / 4)
            parts.append(
                _mark(voice, across, up, size, colour, f"{voice}: sure {sure:.2f}, right {right:.2f}, {count} words")
            )
        parts.append(_mark(voice, LEFT + SIDE + 20, TOP + 12 + 22 * number, 5, colour, voice))
        parts.append(f'<text x="{LEFT + SIDE + 32}" y="{TOP + 16 + 22 * number}">{voice}</text>')
    return "\n".join([*parts, "</svg>", ""])


def bins(told: Told) -> list[tuple[float, float, int]]:
    """For each tenth of confidence that has any words the mean, the share right, and how many."""
    found = []
    for number in range(BINS):
        inside = [(sure, right) for sure, right in told if min(int(sure * BINS), BINS - 1) == number]
        if inside:
            size = len(inside)
            found.append((sum(sure for sure, _ in inside) / size, sum(right for _, right in inside) / size, size))
    return found


def _mark(voice: str, across: float, up: float, size: float, colour: str, title: str) -> str:
    told = f'fill="{colour}" fill-opacity="0.75"><title>{title}</title>'
    if voice == "speech":
        return f'<rect x="{across - size:.1f}" y="{up - size:.1f}" width="{2 * size:.1f}" height="{2 * size:.1f}" {told}</rect>'
    return f'<circle cx="{across:.1f}" cy="{up:.1f}" r="{size:.1f}" {told}</circle>'
