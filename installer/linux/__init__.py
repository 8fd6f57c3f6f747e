"""What Linux installs from: a Debian package and a portable archive."""
