"""One family of errors. The text of each is a sentence for the user: what is wrong, and what to do."""


class SentinelMatchError(Exception):
    """Base of every error that the engine raises on purpose; ``str(error)`` is shown to the user as it is."""


class InputError(SentinelMatchError):
    """A raster, band, extent, area or parameter cannot be used."""


class OutputError(SentinelMatchError):
    """A result cannot be written where it was asked for."""


class WeightsError(SentinelMatchError):
    """The weights of a network are missing, or are not what they should be."""


class TransformationError(SentinelMatchError):
    """The points cannot determine the transformation (too few, or all on one line)."""


class Cancelled(SentinelMatchError):
    """The caller asked to stop."""
