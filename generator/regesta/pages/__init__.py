"""The site's pages, a module for each kind: every one is a function from a `Site` to `Page`s."""
