"""Gemma 3 (arXiv 2503.19786): five layers that see a window, then one that sees everything, and so on.

Norms before and after each half of a layer, normed queries and keys, embeddings multiplied by √width, GELU gates. The
windowed layers have rotary positions of their own, which are never stretched.
"""

import math
from dataclasses import replace
from typing import Final

from assistant.models.convert.design import Attention, Design
from assistant.models.convert.header import Header

_PATTERN: Final = 6  # layers; the last of them sees everything
_LOCAL_BASE: Final = 10000.0
_LAYERS_OF_27B: Final = 62


def design(header: Header) -> Design:
    """Read the design from the header; errors as in `Header.design`."""
    whole = header.attention(interleaved=False, norms=True)
    if header.layers == _LAYERS_OF_27B:  # the only size whose scores are scaled by the width of the model's heads
        whole = replace(whole, scale=(header.integer("embedding_length") / whole.heads) ** -0.5)
    windowed = _windowed(header, whole)
    layers = [whole if (layer + 1) % _PATTERN == 0 else windowed for layer in range(header.layers)]
    plain = header.design([*layers])
    return replace(plain, activation="gelu", post_norms=True, embedding_scale=math.sqrt(plain.width))


def _windowed(header: Header, whole: Attention) -> Attention:
    if whole.rotary is None:
        return whole
    base = header.number("rope.freq_base_swa", _LOCAL_BASE)
    if not 1 < base < math.inf:
        raise header.contradiction()
    rotary = replace(whole.rotary, base=base, stretch=1.0, factors=())
    return replace(whole, rotary=rotary, window=header.window())
