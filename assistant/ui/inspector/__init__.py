"""The memory inspector: everything that Hippo keeps, why it keeps it, when it used it, and how to make it forget."""

from assistant.ui.inspector.dock import InspectorDock

__all__ = ["InspectorDock"]
