"""The commands, one module for each family: what may be said, and the value that it comes to."""
