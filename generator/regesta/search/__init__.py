"""The search index: small files of which a reader's browser fetches only what its query needs. `docs/search.md` has the format."""
