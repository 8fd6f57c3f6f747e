"""What each megabyte of a bundle is for."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

_PARTS: Final = (
    ("language model SmolLM2-135M, converted", r"assistant/resources/models/smollm2"),
    ("embedder all-MiniLM-L6-v2", r"assistant/resources/models/"),
    ("LanceDB: the store", r"lancedb"),
    ("Arrow: rows to and from LanceDB", r"pyarrow/|libarrow|libparquet"),
    ("Qt: Unicode data (ICU)", r"libicu"),
    ("Qt: words of its dialogs", r"PySide6/.*translations"),
    ("Qt: the window", r"PySide6/|shiboken6|libpyside|libQt6"),
    ("ONNX Runtime: runs the models", r"onnxruntime/"),
    ("ONNX: converts GGUF files of the user's own", r"onnx/|ml_dtypes/|google/"),
    ("NumPy with OpenBLAS: vectors", r"numpy|simsimd"),
    ("Python modules, packed", r"hippo(\.exe)?$|Hippo(\.exe)?$|assistant(\.exe)?$|base_library\.zip"),
    ("Python itself", r"libpython|python3|python\d+\.dll"),
    ("cryptography: sealing", r"cryptography|_cffi|libcrypto|libssl"),
    ("tokenizers", r"tokenizers/"),
    ("pydantic (LanceDB asks for it)", r"pydantic"),
    ("licences", r"LICENCES|dist-info"),
    ("libraries of the system", r"lib[^/]*\.so"),
)


def by_purpose(bundle: Path) -> list[tuple[str, int]]:
    """What each part is for and how many bytes it takes, the largest first. Links count nothing."""
    sums: dict[str, int] = defaultdict(int)
    for path in bundle.rglob("*"):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(bundle).as_posix().removeprefix("_internal/")
            part = next((part for part, pattern in _PARTS if re.match(pattern, name)), "other Python packages")
            sums[part] += path.stat().st_size
    return sorted(sums.items(), key=lambda item: -item[1])


def table(bundle: Path) -> str:
    """The same for people."""
    rows = by_purpose(bundle)
    lines = [f"{size / 1e6:8.1f} MB  {part}" for part, size in rows]
    return "\n".join([*lines, f"{sum(size for _, size in rows) / 1e6:8.1f} MB  in all"])
