"""Formats of conversations outside Hippo: read them in, write them out. Knows no memory and no model."""
