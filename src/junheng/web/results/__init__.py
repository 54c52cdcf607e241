"""What the pages read of results: files under the data folder, never changed, kept in memory.

`reading` keeps the blocks of lately opened results; the other modules make tables of them. Nothing
here computes a verdict, and nothing here asks the database.
"""
