"""What Windows installs from. Written by the documentation; not yet run on Windows."""
