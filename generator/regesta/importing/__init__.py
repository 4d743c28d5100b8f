"""Papers enter the archive: fetched, recognized, merged, put, and accounted for."""
