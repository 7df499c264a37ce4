"""Training: data sets of places seen at several dates, pairs made of them, what is trained, and the loop."""
