"""Worked examples: TOML files whose answers were found by hand, and the one module that runs them."""
