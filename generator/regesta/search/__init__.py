"""Queries, and the search index: many small files, so that a browser fetches few (`docs/search.md`)."""
