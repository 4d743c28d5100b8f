"""Papers enter the archive: they are fetched, recognized, merged, named, written and counted."""
