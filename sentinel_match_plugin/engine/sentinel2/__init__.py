"""Sentinel-2 products: what is in a .SAFE folder or its zip, its bands as one raster, and bands made ready for use."""
