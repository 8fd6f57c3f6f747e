"""The terminal front end: the same verbs as the window, without Qt. Owns words and exit codes, no logic."""
