"""Episodic recall: what a question asks, where each row stands, what speaks for it, which channel it comes by."""
