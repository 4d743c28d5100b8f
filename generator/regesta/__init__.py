"""Regesta: a static site generator for curated archives of research papers."""

__version__ = "0.1.0"
