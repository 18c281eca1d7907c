"""The screens; the only room that says key and widget. Sees no chart and no migration."""
