"""Semantic forgetting: how much a memory weighs, and what fades."""
