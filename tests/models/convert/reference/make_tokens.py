"""Makes the reference tokens beside this file with the authors' own tokenizers. The tests only read them.

Not part of the test run: it needs sentencepiece (tried with 0.2) and llama-cpp-python (0.3.36), and from the project
only the built-in model's vocabulary. From the root of the repository:

    python -m tests.models.convert.reference.make_tokens
"""

import importlib
import io
import json
import tempfile
from pathlib import Path
from typing import Any, Final

import gguf

TEXTS: Final = [
    "Hello, world!",
    "The cat's owners, who'LL arrive on 24 May 1999,  couldn't\n\n  say: \"why?\" (extraordinarily!)",
    "naïve café — „Straße“ ÉCOLE",
    "🦛👩‍👩‍👧‍👦🇩🇪 ok",
    "日本語のテキスト 漢字 العربية עברית ไทย हिन्दी भाषा",
    "a\n\n\tb\r\n  c  ",
    "3.14159 and 1234567 or ١٢٣ ²",
    "   leading and trailing   ",
    "def f(x):\n    return x**2  # squares\n\n\n",
    "CamelCaseWords HTTPServer iPhone it's IT'S we'Ve",
    "path/to/file.txt//\n/ ﬁne ǅ Ⅷ ½ !!!???...,,,\t\t\ttabs",
    "▁ <s> <0x0A> <unk>",
]
BYTE_LEVEL: Final = ("smollm", "gpt-2", "qwen2", "llama-bpe", "gpt-4o", "tekken")
# Gemma lists runs of white space with its own tokens.
RUNS: Final = ["▁" * count for count in range(2, 9)] + ["\n" * count for count in range(1, 5)] + ["\t", "\t\t"]
CORPUS: Final = Path(__file__).parents[4] / "LICENSE"


def train(*, space_first: bool) -> dict[str, Any]:
    """A small SentencePiece model, as llama.cpp's converter lists it in a header, and its tokens for the texts."""
    spm: Any = importlib.import_module("sentencepiece")
    model = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter([*CORPUS.read_text().splitlines(), *TEXTS[:3]]),
        model_writer=model,
        model_type="bpe",
        vocab_size=700,
        byte_fallback=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        allow_whitespace_only_pieces=True,
        split_digits=True,
        add_dummy_prefix=space_first,
        user_defined_symbols=[] if space_first else RUNS,
        control_symbols=["<|user|>", "<|end|>"],
        minloglevel=2,
    )
    library = spm.SentencePieceProcessor(model_proto=model.getvalue())
    kinds = []
    for index in range(len(library)):
        checks = (library.IsUnknown, library.IsControl, None, library.IsUnused, library.IsByte)
        kind = next((2 + at for at, check in enumerate(checks) if check and check(index)), 1)
        text = library.IdToPiece(index)
        kinds.append(4 if not space_first and text in RUNS else kind)
    return {
        "space_first": space_first,
        "tokens": [library.IdToPiece(index) for index in range(len(library))],
        "scores": [library.GetScore(index) for index in range(len(library))],
        "kinds": kinds,
        "ids": [library.EncodeAsIds(text) for text in TEXTS],
    }


def byte_level(words: str, folder: Path) -> list[list[int]]:
    """What llama.cpp makes of the texts with the built-in model's merges and another rule for words."""
    from assistant.models.convert.gguf import GgufFile
    from assistant.models.library import LANGUAGE_MODEL

    path = folder / f"{words}.gguf"
    with GgufFile(LANGUAGE_MODEL.files["model.gguf"].locate()) as file:
        writer = gguf.GGUFWriter(path, "llama")
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre(words)
        for name in ("tokens", "token_type", "merges"):
            writer.add_array(f"tokenizer.ggml.{name}", file.metadata[f"tokenizer.ggml.{name}"])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    model: Any = importlib.import_module("llama_cpp").Llama(str(path), vocab_only=True, verbose=False)
    return [model.tokenize(text.encode(), add_bos=False, special=False) for text in TEXTS]


def main() -> None:
    """Write tokens.json."""
    with tempfile.TemporaryDirectory() as folder:
        found = {
            "texts": TEXTS,
            "byte_level": {words: byte_level(words, Path(folder)) for words in BYTE_LEVEL},
            "sentencepiece": [train(space_first=space_first) for space_first in (True, False)],
        }
    Path(__file__).with_name("tokens.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
