"""All raster icons, drawn from the SVGs in `assistant/resources/icons`: PNG, Windows' .ico and macOS' .icns."""

import struct
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE: Final = Path(__file__).parent.parent / "assistant" / "resources" / "icons"
SIZES: Final = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
"""Edge lengths in pixels that the icon theme specification and AppStream ask for."""

_SMALL: Final = 24
"""Up to this edge the drawing for few pixels is used."""

_ICO: Final = (16, 24, 32, 48, 64, 128, 256)
_ICNS: Final = {16: (b"icp4",), 32: (b"icp5", b"ic11"), 64: (b"icp6", b"ic12"), 128: (b"ic07",)}
_ICNS_LARGE: Final = {256: (b"ic08", b"ic13"), 512: (b"ic09", b"ic14"), 1024: (b"ic10",)}


def make_icons(folder: Path) -> None:
    """Fill `folder` with hippo-EDGE.png of all `SIZES`, hippo.ico and hippo.icns."""
    folder.mkdir(parents=True, exist_ok=True)
    for edge in SIZES:
        (folder / f"hippo-{edge}.png").write_bytes(png(edge))
    (folder / "hippo.ico").write_bytes(ico({edge: png(edge) for edge in _ICO}))
    apple = _ICNS | _ICNS_LARGE
    (folder / "hippo.icns").write_bytes(icns([(kind, png(edge)) for edge, kinds in apple.items() for kind in kinds]))


def png(edge: int) -> bytes:
    """The icon as a PNG file of `edge` by `edge` pixels."""
    renderer = QSvgRenderer(str(SOURCE / ("hippo-small.svg" if edge <= _SMALL else "hippo.svg")))
    image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico(images: dict[int, bytes]) -> bytes:
    """A Windows icon file of PNG images by edge length: a header, a directory of 16 bytes each, the images."""
    place = 6 + 16 * len(images)
    directory = b""
    for edge, image in images.items():
        shown = edge % 256  # 0 stands for 256
        directory += struct.pack("<BBBBHHII", shown, shown, 0, 0, 1, 32, len(image), place)
        place += len(image)
    return struct.pack("<HHH", 0, 1, len(images)) + directory + b"".join(images.values())


def icns(images: list[tuple[bytes, bytes]]) -> bytes:
    """A macOS icon file of PNG images, each with its four-letter kind."""
    body = b"".join(kind + struct.pack(">I", 8 + len(image)) + image for kind, image in images)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body
