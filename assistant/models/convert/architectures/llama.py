"""Llama and its kin (SmolLM, Mistral, TinyLlama, ...): Touvron et al. 2023, arXiv 2302.13971, with grouped queries.

GGUF files permute the rows of queries and keys so that rotary pairs are neighbours.
"""

from assistant.models.convert.design import Design
from assistant.models.convert.header import Header


def design(header: Header) -> Design:
    """Read the design from the header; errors as in `Header.design`."""
    return header.design([header.attention(interleaved=True)] * header.layers)
