"""Places that one raster alone makes known: found tile by tile, spread over it, written as points."""
