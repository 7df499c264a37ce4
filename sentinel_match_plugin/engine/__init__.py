"""The product's knowledge: rasters in, tie points, honest error and a warped raster out. Imports no QGIS.

Pixel frame, everywhere in this package unless a docstring says otherwise: ``(x, y) = (column, row)``, GDAL's
convention, the centre of the first pixel is at ``(0.5, 0.5)``. Point arrays are float64 of shape ``(N, 2)``.
"""

__version__ = "0.1.0"
