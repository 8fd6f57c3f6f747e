"""Qwen3 (arXiv 2505.09388): a llama that norms each query and key."""

from assistant.models.convert.design import Design
from assistant.models.convert.header import Header


def design(header: Header) -> Design:
    """Read the design from the header; errors as in `Header.design`."""
    return header.design([header.attention(interleaved=False, norms=True)] * header.layers)
