"""The command line: wires every other room together, one file a command group, each imported when chosen."""


def main() -> None:
    """Run the program."""
