"""The screen: the only ring that knows Textual."""
