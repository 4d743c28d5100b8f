"""The stages of a build: look, load, plan, make, publish."""
