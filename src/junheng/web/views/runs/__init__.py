"""Runs: queueing studies, following them, their results, two of them side by side, the targets."""
