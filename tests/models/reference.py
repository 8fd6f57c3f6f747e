"""The same models in plain NumPy float32, written from the papers and fed by other people's file readers."""

import math
from collections.abc import Sequence
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


class NumpyLlama:
    """Llama (Touvron et al. 2023) with weights dequantised by the `gguf` package."""

    def __init__(self, reader: gguf.GGUFReader) -> None:
        self.weights: dict[str, FloatArray] = {
            tensor.name.removesuffix(".weight"): gguf.dequantize(tensor.data, tensor.tensor_type).reshape(
                tuple(int(size) for size in reversed(tensor.shape))
            )
            for tensor in reader.tensors
        }

        def value(key: str, default: float = 0) -> float:
            field = reader.fields.get(f"llama.{key}")
            return float(field.contents()) if field else default

        self.layers = int(value("block_count"))
        self.heads = int(value("attention.head_count"))
        self.kv_heads = int(value("attention.head_count_kv"))
        self.epsilon = value("attention.layer_norm_rms_epsilon")
        self.base = value("rope.freq_base", 10000)

    def logits(self, tokens: Sequence[int]) -> FloatArray:
        """Logits of all positions, (len(tokens), vocabulary)."""
        weights = self.weights
        x: FloatArray = weights["token_embd"][list(tokens)]
        mask = np.triu(np.full((len(tokens), len(tokens)), -np.inf, np.float32), 1)
        for layer in range(self.layers):
            blk = f"blk.{layer}."
            normed = self._norm(x, blk + "attn_norm")
            q, k, v = (normed @ weights[f"{blk}attn_{part}"].T for part in "qkv")
            q, k, v = self._split(q, self.heads), self._split(k, self.kv_heads), self._split(v, self.kv_heads)
            q, k = self._rotate(q), self._rotate(k)
            k, v = (np.repeat(part, self.heads // self.kv_heads, axis=0) for part in (k, v))
            shares = softmax(q @ k.transpose(0, 2, 1) / np.float32(math.sqrt(q.shape[-1])) + mask)
            attended = (shares @ v).transpose(1, 0, 2).reshape(len(tokens), -1)
            x += attended @ weights[blk + "attn_output"].T
            normed = self._norm(x, blk + "ffn_norm")
            gate = normed @ weights[blk + "ffn_gate"].T
            x += (gate / (1 + np.exp(-gate)) * (normed @ weights[blk + "ffn_up"].T)) @ weights[blk + "ffn_down"].T
        result: FloatArray = self._norm(x, "output_norm") @ weights.get("output", weights["token_embd"]).T
        return result

    def _norm(self, x: FloatArray, name: str) -> FloatArray:
        scale: FloatArray = np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(self.epsilon))
        return x / scale * self.weights[name]

    @staticmethod
    def _split(x: FloatArray, heads: int) -> FloatArray:
        return x.reshape(len(x), heads, -1).transpose(1, 0, 2)

    def _rotate(self, x: FloatArray) -> FloatArray:
        """Rotate pairs (2i, 2i + 1) by position · base^(−2i/d), as complex numbers (Su et al. 2021)."""
        size = x.shape[-1]
        angles = np.outer(np.arange(x.shape[1]), self.base ** (-np.arange(0, size, 2) / size))
        turned = (x[..., 0::2] + 1j * x[..., 1::2]) * np.exp(1j * angles)
        return np.stack([turned.real, turned.imag], axis=-1).reshape(x.shape).astype(np.float32)


class NumpyBert:
    """BERT (Devlin et al. 2019) with mean pooling, from safetensors."""

    HEADS = 12
    LAYERS = 6

    def __init__(self, path: Path) -> None:
        from safetensors.numpy import load_file

        self.weights: dict[str, FloatArray] = load_file(path)

    def embed(self, tokens: Sequence[int]) -> FloatArray:
        """The vector of one text, (384,), of length 1."""
        weights, count = self.weights, len(tokens)
        x = weights["embeddings.word_embeddings.weight"][list(tokens)]
        x = x + weights["embeddings.position_embeddings.weight"][:count]
        x = self._norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(self.LAYERS):
            block = f"encoder.layer.{layer}."
            q, k, v = (
                self._linear(x, f"{block}attention.self.{part}").reshape(count, self.HEADS, -1).transpose(1, 0, 2)
                for part in ("query", "key", "value")
            )
            shares = softmax(q @ k.transpose(0, 2, 1) / np.float32(math.sqrt(q.shape[-1])))
            attended = (shares @ v).transpose(1, 0, 2).reshape(count, -1)
            x = x + self._linear(attended, f"{block}attention.output.dense")
            x = self._norm(x, f"{block}attention.output.LayerNorm")
            inner = self._linear(x, f"{block}intermediate.dense")
            erf = np.vectorize(math.erf, otypes=[np.float32])(inner / math.sqrt(2))
            x = x + self._linear(inner * (1 + erf) / 2, f"{block}output.dense")
            x = self._norm(x, f"{block}output.LayerNorm")
        mean = x.mean(0)
        result: FloatArray = mean / np.linalg.norm(mean)
        return result

    def _linear(self, x: FloatArray, name: str) -> FloatArray:
        result: FloatArray = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _norm(self, x: FloatArray, name: str) -> FloatArray:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-12)
        result: FloatArray = scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return result


def softmax(x: FloatArray) -> FloatArray:
    """Along the last axis."""
    powers = np.exp(x - x.max(-1, keepdims=True))
    result: FloatArray = powers / powers.sum(-1, keepdims=True)
    return result


def divergence(reference: FloatArray, other: FloatArray) -> float:
    """Kullback-Leibler divergence in nats between the distributions of two sets of logits, mean over positions."""
    p, q = softmax(reference.astype(np.float64)), softmax(other.astype(np.float64))
    return float((p * (np.log(p + 1e-300) - np.log(q + 1e-300))).sum(-1).mean())
