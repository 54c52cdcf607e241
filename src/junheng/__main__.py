"""`python -m junheng` is the command line."""

from junheng.cli import main

main()
