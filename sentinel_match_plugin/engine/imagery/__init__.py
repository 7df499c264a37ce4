"""Pixels in: files and their bands, windows and decimation, what a band is called, stretch, areas and masks."""
