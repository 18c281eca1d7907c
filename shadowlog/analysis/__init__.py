"""Breakdowns: Narwhals frames in, frozen results out; knows no store and no screen. May import the domain only."""
