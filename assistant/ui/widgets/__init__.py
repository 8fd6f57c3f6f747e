"""Widgets that several screens share. They know no verb of the core."""
