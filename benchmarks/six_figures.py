"""The peer of a report as a whole process: what reads a database, breaks it down and draws, and six figures written.

python benchmarks/six_figures.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import plotly.graph_objects as go
import polars as pl
import sqlmodel

NAMES = [f"Heading {n}" for n in range(18)]

assert pl
assert sqlmodel
for figure in range(6):
    bars = go.Bar(orientation="h", x=[(n * 7 + figure) % 19 for n in range(18)], y=NAMES, text=NAMES)
    made = go.Figure(data=[bars, bars], layout={"template": "none", "title": {"text": "Share of the time"}})
    made.write_html(Path(sys.argv[1]) / f"figure-{figure}.html")
