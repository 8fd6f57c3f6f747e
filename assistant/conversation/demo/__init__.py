"""A home to look around in: a made-up life in a temporary folder, made by the same verbs that real use goes through."""

from .seed import PASSPHRASE as PASSPHRASE
from .seed import demo_home as demo_home
from .seed import seed as seed
