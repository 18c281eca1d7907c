"""Keeps journals and their projection in a database; the only room that says row. May import the domain only."""
