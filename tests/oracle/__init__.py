"""The second engine and its comparison with the first."""
