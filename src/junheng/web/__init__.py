"""The desk: who files, returns, passes, seals and studies; acts are rows, facts stay files.

Nothing is imported here, so that `junheng --help` waits for no Django.
"""
