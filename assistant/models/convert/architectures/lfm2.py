"""LFM2 (Liquid AI, arXiv 2511.23404): most layers are short gated convolutions, some are attention with normed heads.

The header gives a layer that convolves no key heads. The last norm goes by the name of the embedding's.
"""

from dataclasses import replace
from typing import Final

from assistant.models.convert.design import Design, Mixer, ShortConvolution
from assistant.models.convert.header import Header

_MOST_TAPS: Final = 64


def design(header: Header) -> Design:
    """Read the design from the header; errors as in `Header.design`."""
    attention = header.attention(interleaved=False, norms=True)
    taps = header.integer("shortconv.l_cache")
    if not 1 < taps <= _MOST_TAPS:
        raise header.contradiction()
    kv_heads = header.for_each_layer("attention.head_count_kv")
    layers: list[Mixer] = [attention if count else ShortConvolution(taps) for count in kv_heads]
    return replace(header.design(layers), output_norm="token_embd_norm.weight")
