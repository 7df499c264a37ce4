"""The bridge between QGIS and the engine: its environment (find, create, check), the worker process, the messages.

Standard library only and Python 3.9: it runs inside QGIS's Python, whatever QGIS that is, and in the engine's.
"""
