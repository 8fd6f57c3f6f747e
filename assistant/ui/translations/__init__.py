"""The window in other languages: files of Qt's own kind. README.md tells how they are made and in which words."""
