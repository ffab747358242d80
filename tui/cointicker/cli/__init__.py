"""The one-shot commands: text and JSON."""
