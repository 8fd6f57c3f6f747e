"""How Hippo starts ONNX Runtime: no telemetry, as many threads as there are real cores, no chatter on stderr."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError

_MOST_THREADS: Final = 8  # a small model's decoding is limited by memory, and the window wants a core too

_SPIN_MICROSECONDS: Final = "20"


def open_session(graph: Path, threads: int = 0) -> Any:
    """Open the ONNX graph at `graph` for the CPU, an `onnxruntime.InferenceSession`.

    Args:
        graph: The `.onnx` file; its weights may lie beside it.
        threads: How many threads compute; 0 chooses.

    Raises:
        ModelError: The file is missing or damaged, or uses an operator that this ONNX Runtime does not have.
    """
    return _open(str(graph), _options(threads), graph.parent)


def open_changed_session(
    graph: bytes, folder: Path, initialisers: Mapping[str, NDArray[np.generic]], threads: int = 0
) -> Any:
    """Open a graph that is on no disk, with some weights of its own and all others from a model folder.

    Args:
        graph: The ONNX model. The weights in `initialisers` are declared in it as if they lay in a file.
        folder: Where the files of the other weights lie.
        initialisers: Weights by name.
        threads: As for `open_session`.

    Raises:
        ModelError: As for `open_session`.
    """
    options = _options(threads)
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    import onnxruntime

    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in initialisers.values()]
    options.add_external_initializers(list(initialisers), values)
    return _open(graph, options, folder)


def _options(threads: int) -> Any:
    # Without this, importing it alone leaves a device id and a database of events in the user's cache folder.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or good_thread_count()
    options.inter_op_num_threads = 1
    # By default threads spin for their next piece of work so long that on a busy machine they keep the others from
    # doing theirs: decoding falls to a third. Not to spin at all costs a quarter on an idle one.
    options.add_session_config_entry("session.intra_op.spin_duration_us", _SPIN_MICROSECONDS)
    options.log_severity_level = 4  # failures are raised; anything below is for ONNX Runtime's own developers
    return options


def _open(graph: str | bytes, options: Any, folder: Path) -> Any:
    import onnxruntime

    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its exceptions have no common base of their own
        raise ModelError(
            f"The model in {folder} cannot be loaded; it is damaged, or made for another version.",
            next_step="Remove it and add it again.",
        ) from error


def good_thread_count() -> int:
    """The number of physical cores that this process may use, at most 8."""
    if sys.platform == "linux":
        allowed = os.sched_getaffinity(0)
        cores = {_core_of(cpu) for cpu in allowed}
        count = min(len(cores), _cgroup_cpus())
    elif sys.platform == "darwin":  # Apple's processors have one thread a core
        count = os.cpu_count() or 1
    else:
        count = (os.cpu_count() or 2) // 2
    return max(1, min(count, _MOST_THREADS))


def _core_of(cpu: int) -> tuple[str, str]:
    topology = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology")
    try:
        return (topology / "physical_package_id").read_text(), (topology / "core_id").read_text()
    except OSError:
        return "", str(cpu)


def _cgroup_cpus() -> int:
    """How many CPUs a container's quota allows, rounded up."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return -(-int(quota) // int(period))
    except (OSError, ValueError):  # no limit ("max"), or no cgroup
        return _MOST_THREADS
