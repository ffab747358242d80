"""``cointicker line``: one line for a status bar. Nothing here imports what takes longer than its answer."""
