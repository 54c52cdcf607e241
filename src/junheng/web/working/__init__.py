"""`junheng work`: takes queued runs one at a time a core, each in a process of its own.

loop      takes, watches, cancels, finishes; alone in speaking to the database
child     the process of one run: plain values in, files and a receipt out, no Django
ordering  from a row to those plain values
doing     one function a kind of run
pages     what the pages of a result read
"""
