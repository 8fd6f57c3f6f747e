"""What a decoder looks like: the few things in which the supported architectures differ.

All of them are pre-norm transformers: RMS norm, a mixer (attention, or a short convolution), RMS norm, a gated
feed-forward network; each half is added to what came in.
"""

from dataclasses import dataclass
from typing import Literal

from assistant.models.convert.rotary import Rotary


@dataclass(frozen=True)
class Attention:
    """Grouped-query attention.

    Attributes:
        heads: Query heads.
        kv_heads: Key and value heads.
        head_size: Width of a head.
        rotary: How queries and keys are turned; None: not at all.
        scale: What scores are multiplied by; 0 stands for head_size^(−1/2).
        window: How many tokens it sees, itself included; 0: all before it.
        norms: Whether each query and key goes through an RMS norm before it is turned.
    """

    heads: int
    kv_heads: int
    head_size: int
    rotary: Rotary | None
    scale: float = 0.0
    window: int = 0
    norms: bool = False


@dataclass(frozen=True)
class ShortConvolution:
    """LFM2's gated convolution along the text: each channel sees its last `taps` values, itself included."""

    taps: int


Mixer = Attention | ShortConvolution


@dataclass(frozen=True)
class Design:
    """A whole decoder.

    Attributes:
        width: Of the hidden state.
        inner: Of the feed-forward network.
        context_length: How many tokens it can see.
        epsilon: Of all RMS norms.
        mixers: One for each layer.
        activation: Of the feed-forward network's gate; "gelu" is the tanh approximation.
        post_norms: Whether each half of a layer ends with an RMS norm of its own.
        embedding_scale: What embeddings are multiplied by.
        residual_scale: What each half of a layer is multiplied by before it is added.
        logit_scale: What logits are multiplied by.
        output_norm: The name of the last norm's tensor.
    """

    width: int
    inner: int
    context_length: int
    epsilon: float
    mixers: tuple[Mixer, ...]
    activation: Literal["silu", "gelu"] = "silu"
    post_norms: bool = False
    embedding_scale: float = 1.0
    residual_scale: float = 1.0
    logit_scale: float = 1.0
    output_norm: str = "output_norm.weight"
