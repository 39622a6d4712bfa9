"""`python -m betareader` is the same as `betareader`."""

import sys

from betareader.cli import main

if __name__ == "__main__":
    sys.exit(main())
