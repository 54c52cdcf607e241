"""What to do: one module a question, each with its objective, its bound and its gap."""
