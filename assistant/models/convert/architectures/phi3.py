"""Phi-3, Phi-3.5 and Phi-4-mini (arXiv 2404.14219): a llama whose matrices come joined, which the builder sees.

Those with a long context have two sets of rotary factors (LongRoPE, arXiv 2402.13753): one up to the context that they
were first trained on (4,096 tokens), and one beyond. A KV cache cannot change from one to the other in the middle, and
Hippo's prompts are short, so the model is converted with the first set and with that context.
"""

import math
from dataclasses import replace

from assistant.models.convert.design import Attention, Design
from assistant.models.convert.header import Header


def design(header: Header) -> Design:
    """Read the design from the header; errors as in `Header.design`."""
    attention = header.attention(interleaved=False, scalings=("none", "longrope"))
    context = header.integer("context_length")
    attention = replace(attention, window=header.window())
    short = header.factors("rope_factors_short.weight", attention.rotary.size // 2) if attention.rotary else ()
    if not short:
        return header.design([attention] * header.layers)
    trained = header.integer("rope.scaling.original_context_length")
    if not 1 < trained <= context:
        raise header.contradiction()
    plain = header.design([_stretched(header, attention, short, context / trained)] * header.layers)
    return replace(plain, context_length=min(plain.context_length, trained))


def _stretched(header: Header, attention: Attention, factors: tuple[float, ...], ratio: float) -> Attention:
    if attention.rotary is None:
        return attention
    trained = header.integer("rope.scaling.original_context_length")
    magnitude = math.sqrt(1 + math.log(ratio) / math.log(trained))
    magnitude = header.number("rope.scaling.attn_factor", magnitude)
    if not 0 < magnitude < math.inf:
        raise header.contradiction()
    return replace(attention, rotary=replace(attention.rotary, factors=factors, magnitude=magnitude))
