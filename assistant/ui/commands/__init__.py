"""What can be done in the window, by name and by keys: the acts, the palette that finds them, the overview of keys."""

from .act import Act as Act
from .palette import CommandPalette as CommandPalette
from .shortcuts import ShortcutsDialog as ShortcutsDialog
