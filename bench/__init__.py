"""The programs that measure betareader and its peers and print tables."""
