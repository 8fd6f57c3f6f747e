"""A model hub on this machine, as much of it as a download needs, that can cut lines, lie and stall."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.offline import permitted

REPOSITORY = "people/tiny"
REVISION = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class FakeHub:
    """What the hub holds and how it behaves.

    Attributes:
        files: Contents by name; those that end in .json are kept by git, all others as large files.
        cuts: After how many bytes of a file each further answer breaks off.
        altered: Names of files of which a byte is sent wrong.
        ranges: Whether it can begin in the middle of a file.
        status: What it answers to everything, if not 0.
        repository: The one repository that it has.
        asked: The files that were asked for, and from which byte on.
        described: The addresses of all other requests.
        headers: The names of all headers that were sent.
    """

    files: dict[str, bytes]
    cuts: list[int] = field(default_factory=list)
    altered: set[str] = field(default_factory=set)
    ranges: bool = True
    status: int = 0
    repository: str = REPOSITORY
    asked: list[tuple[str, int]] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    headers: set[str] = field(default_factory=set)
    endpoint: str = ""

    def description(self) -> dict[str, Any]:
        siblings = []
        for name, data in self.files.items():
            blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
            sibling: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": blob}
            if not name.endswith(".json"):
                sha256 = hashlib.sha256(data).hexdigest()
                sibling["lfs"] = {"size": len(data), "sha256": sha256, "pointerSize": 135}
            siblings.append(sibling)
        return {
            "id": self.repository,
            "sha": REVISION,
            "siblings": siblings,
            "tags": [],
            "private": False,
            "downloads": 0,
        }

    @contextmanager
    def running(self) -> Iterator["FakeHub"]:
        with permitted():  # it looks its own name up, and another test may have put this process on guard
            server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        self.endpoint = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: object) -> None: ...

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                hub.headers |= {name.lower() for name in self.headers}
                prefix = f"/{hub.repository}/resolve/{REVISION}/"
                if hub.status:
                    self._send(hub.status, b"")
                elif path == f"/api/models/{hub.repository}":
                    self._send(200, json.dumps(hub.description()).encode())
                elif path.startswith(prefix) and path.removeprefix(prefix) in hub.files:
                    self._send_file(path.removeprefix(prefix))
                else:
                    self._send(404, b"")
                if "/resolve/" not in path:
                    hub.described.append(path)

            def _send(self, status: int, data: bytes, **headers: str) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def _send_file(self, name: str) -> None:
                data = bytearray(hub.files[name])
                if name in hub.altered:
                    data[len(data) // 2] ^= 1
                wanted = self.headers.get("Range", "bytes=0-")
                start = int(wanted.removeprefix("bytes=").rstrip("-")) if hub.ranges else 0
                hub.asked.append((name, start))
                self.send_response(206 if start else 200)
                self.send_header("Content-Length", str(len(data) - start))
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
                self.end_headers()
                end = len(data)
                if hub.cuts:
                    end = max(hub.cuts.pop(0), start)
                self.wfile.write(data[start:end])
                self.close_connection = True

        return Handler
