"""TOML in, validated settings out; themes; where files live."""
