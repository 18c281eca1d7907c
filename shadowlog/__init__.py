"""shadowlog: follow a headteacher for a day, and hand the day back as a picture."""

__version__ = "0.1.0"
