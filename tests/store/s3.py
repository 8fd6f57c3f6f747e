"""An S3 server on 127.0.0.1, in a process of its own, and what lies in its bucket."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

from pyarrow.fs import FileSelector, S3FileSystem

from assistant.settings import Sharing

BUCKET = "mine"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "someone", "AWS_SECRET_ACCESS_KEY": "a secret", "AWS_EC2_METADATA_DISABLED": "true"}

_SERVER = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""


class Bucket:
    """One bucket on a server.

    Attributes:
        place: As the settings name it.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self.files = S3FileSystem(
            access_key=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            secret_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            endpoint_override=f"127.0.0.1:{port}",
            scheme="http",
            region="us-east-1",
            allow_bucket_creation=True,
            allow_bucket_deletion=True,
        )
        self.place = self.at("hippo")
        self.files.create_dir(BUCKET)

    def at(self, folder: str) -> Sharing:
        """A place in the bucket."""
        return Sharing(place=f"s3://{BUCKET}/{folder}", endpoint=f"http://127.0.0.1:{self._port}", region="us-east-1")

    def contents(self) -> dict[str, bytes]:
        """Every object, by name."""
        found = self.files.get_file_info(FileSelector(BUCKET, recursive=True))
        return {file.path: self.files.open_input_stream(file.path).read() for file in found if file.is_file}

    def with_bytes(self, needle: bytes) -> list[str]:
        """Names of the objects that contain these bytes."""
        return [name for name, data in self.contents().items() if needle in data]

    def empty(self) -> None:
        """Delete everything."""
        self.files.delete_dir_contents(BUCKET)


@contextlib.contextmanager
def serving() -> Iterator[Bucket]:
    """A server with an empty bucket, until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdin
        assert server.stdout
        try:
            yield Bucket(int(server.stdout.readline()))
        finally:
            server.stdin.close()
            server.wait(20)
