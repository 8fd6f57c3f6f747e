"""The window: Qt screens over the verbs of the core. Owns no logic; nothing outside this package knows Qt."""
