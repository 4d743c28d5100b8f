"""The site's pages, a module for each kind: a function that plans its pages from a `Site`."""
