"""The only code of the desk that writes rows: each function one transaction, with its event in it.

Keyword-only after the subject; `by` is who acts. Everything is asked again inside the transaction,
because somebody may have been faster.
"""
