"""What opens a file that nobody vouches for: runs in a child process, behind hard limits.

Nothing here may import from the rest of `junheng`: the child starts without it, so that it is up
in some tens of milliseconds and its memory is spent on the file alone.
"""
