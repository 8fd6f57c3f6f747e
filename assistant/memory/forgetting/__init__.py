"""Forgetting on request: what goes, what it takes along, the time for undo, the purge and its receipt."""
