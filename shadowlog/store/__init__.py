"""Keeps days and studies in one SQLite file: rows never leave this folder. Imports no screen, and alembic only in migrate."""
