"""The exact versions that were built with, as a constraints file: names and versions, no hosts.

`uv pip install -c constraints.txt .` installs the same again.
"""

import importlib.metadata

from installer import closure

_BUILD_TOOLS = ("pyinstaller", "pyinstaller-hooks-contrib")


def constraints() -> str:
    """One line for each distribution: what Hippo needs, its models, and what builds the bundle."""
    versions = {name: distribution.version for name, distribution in closure.needed().items()}
    for name in (*closure.MODEL_PACKAGES, *_BUILD_TOOLS):
        versions[name] = importlib.metadata.version(name)
    return "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))
