"""Run the program with ``python -m shadowlog``."""

from shadowlog.cli import main

main()
