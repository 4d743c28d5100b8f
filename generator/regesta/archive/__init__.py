"""All papers and the indexes of them, the people, related papers, and the tags that papers should have."""
