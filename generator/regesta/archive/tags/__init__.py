"""Tags: suggested by the taxonomy, changed in papers, edited in the taxonomy."""
