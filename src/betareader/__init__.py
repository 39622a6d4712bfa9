"""betareader: the careful friend who reads your story before you post it."""
