"""cointicker: live coin prices and market headlines in one terminal pane."""

__version__ = "0.1.0"
