"""Where a pixel lies: georeferencing, both images on one grid, resampling onto it."""
