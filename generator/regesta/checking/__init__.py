"""Is the built site whole, and is the archive sound? Each module looks at one thing."""
