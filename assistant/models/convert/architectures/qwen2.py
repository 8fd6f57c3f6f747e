"""Qwen2 and Qwen2.5 (arXiv 2407.10671): a llama with biases on queries, keys and values, which the builder finds."""

from assistant.models.convert.design import Design
from assistant.models.convert.header import Header


def design(header: Header) -> Design:
    """Read the design from the header; errors as in `Header.design`."""
    return header.design([header.attention(interleaved=False)] * header.layers)
