"""What needs the QGIS window."""
