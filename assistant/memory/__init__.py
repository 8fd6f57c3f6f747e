"""HEMA: what is remembered, what is recalled for a question, what is summed up, what fades and what is forgotten."""
