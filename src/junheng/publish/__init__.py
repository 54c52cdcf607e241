"""What may be said, and how: wording, terminal views, the Excel result book, machine-readable results.

The modules are imported one by one (`publish.terminal`, `publish.book`, …): whoever shows a list
of findings need not load a spreadsheet writer.
"""
