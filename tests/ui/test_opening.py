"""The window is seen before anything heavy is imported."""

import subprocess
import sys

HEAVY = ("numpy", "lancedb", "pyarrow", "onnxruntime", "tokenizers", "snowballstemmer", "keyring", "pygments")

_OPEN = """
import sys
import assistant.conversation.session, assistant.ui.app, assistant.ui.main_window
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_window_opens_without_waiting_for_what_only_memory_and_models_need() -> None:
    done = subprocess.run([sys.executable, "-c", _OPEN], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "PySide6" in loaded
    assert loaded.isdisjoint(HEAVY)
