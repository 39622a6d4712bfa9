"""Reading and writing files by their suffix."""
