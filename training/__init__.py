"""The programs that learn what ships with betareader from the bundles in `../shared/data`."""
