"""Putting a site into its folder: at once where the system can do that, file by file elsewhere."""
