"""What the story is about: its cast, its own words, who speaks, its habits."""
