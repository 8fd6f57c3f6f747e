"""What Windows shows of the programs in their properties, in the form that PyInstaller reads."""

from pathlib import Path
from typing import Final

from assistant import __version__

_FORM: Final = """\
VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0
  ),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "The Hippo authors"),
      StringStruct("FileDescription", "Hippo"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "hippo"),
      StringStruct("LegalCopyright", "Copyright 2026 the Hippo authors. Apache License 2.0"),
      StringStruct("ProductName", "Hippo"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
  ],
)
"""


def write_version_info(work: Path) -> Path:
    """Write the file below `work`; its path."""
    path = work / "version-info.txt"
    path.write_text(version_info(__version__), encoding="utf-8")
    return path


def version_info(version: str) -> str:
    """The text for a version such as "1.2.3"; Windows counts in four numbers."""
    parts = [int(part) for part in version.split(".")[:4]]
    numbers = (*parts, *[0] * (4 - len(parts)))
    return _FORM.format(numbers=numbers, version=version)
