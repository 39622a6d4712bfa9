"""Markdown tables on standard output."""

from __future__ import annotations

from collections.abc import Sequence


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table under its title, columns of figures to the right."""
    body = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in body) for column in range(len(heads))]
    print(f"\n### {title}\n")
    for number, row in enumerate(body):
        cells = [
            cell.ljust(w) if column == 0 else cell.rjust(w)
            for column, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        print("| " + " | ".join(cells) + " |")
        if number == 0:
            print(
                "|"
                + "|".join("-" * (w + 2) if column == 0 else "-" * (w + 1) + ":" for column, w in enumerate(widths))
                + "|"
            )
    print(flush=True)
