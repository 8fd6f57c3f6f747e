"""The words of the window and their translations: `python -m tests.translations` brings the files up to date."""
