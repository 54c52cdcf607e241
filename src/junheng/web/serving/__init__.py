"""What `junheng serve` starts: the first offices and accounts, the demonstration, the web server."""
