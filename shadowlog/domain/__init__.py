"""The method's words and rules: what a day is, what can be said to it, how it answers. Imports the standard library only."""
