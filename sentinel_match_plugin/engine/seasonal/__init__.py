"""The network of the matcher ``seasonal``: what it sees, its layers, and its weights."""
