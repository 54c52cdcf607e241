"""Where the rooms of the desk enter their addresses into the matrix: import your module here."""
