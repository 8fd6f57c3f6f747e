"""The settings: one file for each page that does more than show what `assistant.settings` has."""
