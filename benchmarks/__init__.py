"""What the product costs, measured on its own code with its real storage: `make bench`."""
