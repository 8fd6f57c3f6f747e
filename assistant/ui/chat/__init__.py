"""The conversation in the middle of the window: messages, composer, and what the model saw."""
