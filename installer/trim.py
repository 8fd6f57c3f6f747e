"""What is left out of the bundle although a package brings it, each with the reason. Read by `hippo.spec`.

Two lists: modules that are not looked at (and so bring none of their own), and files that hooks collect wholesale.
On Linux, libraries of the system that only such a file needed go with it.
"""

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

Entry = tuple[str, str, str]
"""Of PyInstaller: where a file lies in the bundle, where it comes from, and its kind."""

MODULES: Final = (
    # Clients for catalogue servers; `assistant.store.lance` puts empty modules in their place.
    "lance_namespace",
    "lance_namespace_urllib3_client",
    "urllib3",
    # Arrow beyond tables in memory and datasets: remote file systems, RPC, other formats, its own tests.
    "pyarrow._azurefs",
    "pyarrow._cuda",
    "pyarrow._flight",
    "pyarrow._gcsfs",
    "pyarrow._hdfs",
    "pyarrow._orc",
    "pyarrow._s3fs",
    "pyarrow._substrait",
    "pyarrow.cffi",
    "pyarrow.conftest",
    "pyarrow.cuda",
    "pyarrow.flight",
    "pyarrow.interchange",
    "pyarrow.jvm",
    "pyarrow.orc",
    "pyarrow.substrait",
    "pyarrow.tests",
    # ONNX: graphs are written, never run by its reference or tested against its data.
    "onnx.backend",
    "onnx.bin",
    "onnx.reference",
    "onnx.test",
    "onnx.tools",
    "onnxruntime.backend",
    "onnxruntime.datasets",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    # The hub's own command line, and its faster transfer: Hippo's download is plain ranges that can be resumed.
    "hf_xet",
    "huggingface_hub.cli",
    "numpy.f2py",
    "numpy.testing.tests",
    # Of the standard library.
    "ensurepip",
    "idlelib",
    "lib2to3",
    "pydoc_data",
    "sqlite3",
    "tkinter",
    "turtle",
    "turtledemo",
)

_FILES: Final = re.compile(
    r"""
      (^|/)tests?/
    | \.(pyi|pxd|pxi|pyx|h|hpp|cc|cpp|cmake|c|rst)$
    | ^pyarrow/(include|src|includes)/
    | ^pyarrow/.*lib(arrow_flight|arrow_s3|arrow_python_flight|arrow_orc|arrow_cuda)[^/]*$
    | ^(libarrow_flight|libarrow_s3|libarrow_python_flight)[^/]*$
    | ^pyarrow/lib[^/]*\.so(\.\d+){3}$               # the same file under its longer name
    | ^onnx/(backend|reference|test|bin|defs)/
    | (^|/)libonnxruntime_providers_(cuda|tensorrt)[^/]*$
    # Qt: a window of widgets needs no scenes, no virtual keyboard, no database, and no screens without a desktop.
    | PySide6/Qt/qml/
    | Qt6?(Quick|Qml|VirtualKeyboard|Pdf|Sql|Test|Designer|Help|EglF|LabsQml)[^/]*$
    | plugins/(egldeviceintegrations|generic|qmltooling|sqldrivers|virtualkeyboard|networkinformation|tls)/
    | plugins/platforms/libq(eglfs|linuxfb|minimalegl|minimal|vkkhrdisplay|vnc)[^/]*$
    | plugins/platforminputcontexts/libqtvirtualkeyboardplugin[^/]*$
    | plugins/platformthemes/libqgtk3[^/]*$            # Hippo has its own look; GTK would come with thirty libraries
    | plugins/imageformats/(lib)?q(gif|icns|jpeg|pdf|tga|tiff|wbmp|webp|ico)[^/]*$
    | (^|/)opengl32sw\.dll$
    # Of Qt's own translations those of its widgets; of the window's, what is loaded and not what it is made from.
    | PySide6/.*translations/(?!qtbase_)[^/]*$
    | ui/translations/[^/]*\.(ts|md)$
    """,
    re.VERBOSE,
)

_TAKEN_FROM_THE_SYSTEM: Final = re.compile(
    r"^lib(ssl|crypto|ffi|readline|tinfo|ncursesw|panelw|bz2|lzma|uuid|expat|xcb-(?!dri)[a-z-]+|xkbcommon(-x11)?)\.so"
)
"""Which libraries of the Linux that builds are carried along: those that distributions have in different versions, and
the small ones of X11 that many lack. All others (glib, fontconfig, D-Bus, the C++ runtime, ...) belong to the desktop
that Hippo runs on: it keeps them mended, and its graphics driver uses the same ones."""


def is_wanted(destination: str) -> bool:
    """Whether the file that would lie at `destination` inside the bundle is needed."""
    return _FILES.search(destination.replace("\\", "/")) is None


def without_orphans(
    entries: Iterable[Entry], imports: Callable[[str], Iterable[tuple[str, str | None]]]
) -> list[Entry]:
    """The entries less those libraries of the system that are better left to it, or that none of the others needs.

    Args:
        entries: All binaries of the bundle.
        imports: Names and places of the libraries that the binary at a path is linked with, also by way of others
            (PyInstaller's `get_imports`).
    """
    everything = list(entries)
    own = [entry for entry in everything if not _is_of_the_system(entry[1])]
    needed = {
        Path(name).name for _, source, kind in own if kind in ("BINARY", "EXTENSION") for name, _ in imports(source)
    }
    return own + [
        entry
        for entry in everything
        if _is_of_the_system(entry[1])
        and (name := Path(entry[0]).name) in needed
        and _TAKEN_FROM_THE_SYSTEM.match(name)
    ]


def _is_of_the_system(source: str) -> bool:
    return sys.platform == "linux" and source.startswith(("/lib/", "/usr/lib/", "/lib64/", "/usr/lib64/"))
