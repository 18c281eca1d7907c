"""Reads codebooks from TOML with pydantic and ships the presets; may import the domain only."""
