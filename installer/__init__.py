"""What turns the source tree into something to install: `python -m installer` builds all that this machine can build.

Nothing here is part of the program. The order: `models` (converted once), `hippo.spec` (PyInstaller, trimmed by
`trim`), `bundle` (licences, times, what each megabyte is for), then `linux`, `windows` or `macos`.
"""
