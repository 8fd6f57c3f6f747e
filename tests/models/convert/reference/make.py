"""Makes the reference logits beside this file with the authors' own code. The tests only read them.

Not part of the test run: it needs PyTorch and transformers (tried with torch 2.13 and transformers 5.23), which nothing
else here does. From the root of the repository:

    python -m tests.models.convert.reference.make
"""

import importlib
from pathlib import Path
from typing import Any, Final

import numpy as np

from tests.models.convert import random_models as rm

torch: Final[Any] = importlib.import_module("torch")
transformers: Final[Any] = importlib.import_module("transformers")


def logits(model: rm.Model) -> rm.FloatArray:
    """What transformers computes for `model`: (len(TOKENS), vocabulary)."""
    name = model.hugging_face
    config_class = getattr(transformers, "Gemma3TextConfig" if name == "Gemma3" else f"{name}Config")
    common = {
        "vocab_size": rm.VOCABULARY,
        "hidden_size": rm.WIDTH,
        "intermediate_size": rm.INNER,
        "num_hidden_layers": model.layers,
        "num_attention_heads": rm.HEADS,
        "num_key_value_heads": rm.KV_HEADS,
        "max_position_embeddings": rm.CONTEXT,
        "rms_norm_eps": rm.EPSILON,
        "tie_word_embeddings": "lm_head.weight" not in model.shapes,
        "pad_token_id": 0,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "attn_implementation": "eager",
    }
    if name not in ("Phi3", "Lfm2"):
        common["head_dim"] = model.head
    network = getattr(transformers, f"{name}ForCausalLM")(config_class(**{**common, **model.config})).eval().float()
    state = {key: torch.from_numpy(value) for key, value in rm.weights(model).items()}
    missing = network.load_state_dict(state, strict=False)
    assert not missing.unexpected_keys, missing
    assert set(missing.missing_keys) <= ({"lm_head.weight"} if common["tie_word_embeddings"] else set()), missing
    with torch.no_grad():
        result: rm.FloatArray = network(torch.tensor([rm.TOKENS])).logits[0].numpy()
    return result


def main() -> None:
    """Write one .npz file for each model."""
    for name, model in rm.MODELS.items():
        kept = logits(model)[list(rm.KEPT)]
        np.savez_compressed(Path(__file__).with_name(f"{name}.npz"), logits=kept)


if __name__ == "__main__":
    main()
