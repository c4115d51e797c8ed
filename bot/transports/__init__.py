"""Code that carries posts out: one module each, the same shape."""
