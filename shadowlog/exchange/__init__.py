"""Ways in and out for other programs: CSV, JSON. Knows no screen."""
