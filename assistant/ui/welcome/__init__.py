"""First start: protection, recovery code, the model being prepared. Three clicks to the first chat."""

from assistant.ui.welcome.welcome import WelcomeWidget

__all__ = ["WelcomeWidget"]
