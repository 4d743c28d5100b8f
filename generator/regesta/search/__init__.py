"""Queries, and the search index: small files, of which a browser fetches only what a query needs. See `docs/search.md`."""
