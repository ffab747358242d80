"""Pictures on a terminal: how it can show them, and the cells and bytes that make it do so."""
