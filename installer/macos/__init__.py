"""What macOS installs from. Written by the documentation; not yet run on macOS."""
