"""What is written: the warped raster, the report and its figures."""
