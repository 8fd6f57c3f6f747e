"""LanceDB is loaded without what Hippo never uses."""

import subprocess
import sys


def test_no_http_client_comes_along_with_the_store() -> None:
    program = (
        "import sys; from assistant.store.lance import load_lancedb; lancedb = load_lancedb();"
        "assert lancedb is load_lancedb() and callable(lancedb.connect);"
        "assert not {'urllib3', 'requests', 'aiohttp'} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
