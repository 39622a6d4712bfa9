"""English: its words, how they are written and said, and what could have been meant."""
