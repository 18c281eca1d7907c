"""Widgets of the record screen."""
