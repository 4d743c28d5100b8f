"""Files beside the pages: each module plans one kind and returns bytes by site-relative path."""
