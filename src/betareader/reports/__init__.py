"""What the writer is shown: the page, the terminal's lines, the record."""
