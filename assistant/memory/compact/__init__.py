"""Compact memory: summaries of two levels that keep what was said, line by line with its source."""
