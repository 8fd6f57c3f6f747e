"""Granite 3 (IBM): a llama with four fixed multipliers, for embeddings, scores, residuals and logits."""

import math
from dataclasses import replace

from assistant.models.convert.design import Design
from assistant.models.convert.header import Header


def design(header: Header) -> Design:
    """Read the design from the header; errors as in `Header.design`."""
    attention = replace(header.attention(interleaved=True), scale=header.number("attention.scale", 0.0))
    if not header.flag("rope.scaling.finetuned", default=True):  # Granite's word for having no positions at all
        attention = replace(attention, rotary=None)
    scales = [header.number(key, 1.0) for key in ("embedding_scale", "residual_scale", "logit_scale")]
    if not all(0 < scale < math.inf for scale in scales) or not 0 <= attention.scale < math.inf:
        raise header.contradiction()
    plain = header.design([attention] * header.layers)
    return replace(plain, embedding_scale=scales[0], residual_scale=scales[1], logit_scale=1 / scales[2])
