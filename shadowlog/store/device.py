"""Which device writes to a database: an id drawn at random, and a mark by which the machine is known again."""

from __future__ import annotations

import hashlib
import secrets
import socket
import sqlite3

DEVICE = "device"
MACHINE = "machine"


def new_device() -> str:
    """Draw the id of a device."""
    return secrets.token_hex(8)


def said(driver: sqlite3.Connection, key: str) -> str:
    """Give what a database says of itself under a key; "" for nothing."""
    found = driver.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def this_device(driver: sqlite3.Connection, *, writing: bool) -> str:
    """Give the id to write chains under: another one where the file was copied to another machine, or chains would fork."""
    device = said(driver, DEVICE)
    if writing and said(driver, MACHINE) != _mark(device):
        device = new_device()
        # All of it or nothing: a new id with the old mark would be changed again at every opening.
        driver.execute("BEGIN IMMEDIATE")
        for row in device_rows(device):
            driver.execute("INSERT INTO meta VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value", row)
        driver.execute("COMMIT")
    return device


def device_rows(device: str) -> list[dict[str, str]]:
    """Give what a database says of the device that writes to it."""
    return [{"key": DEVICE, "value": device}, {"key": MACHINE, "value": _mark(device)}]


def _mark(device: str) -> str:
    """A mark of the machine by which it is known again and which nobody can read."""
    return hashlib.sha256(f"{device} {socket.gethostname()}".encode()).hexdigest()[:16]
