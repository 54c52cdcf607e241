"""Migrations of the desk: one while nothing is released."""
