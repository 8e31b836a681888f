"""Text becomes figures and findings."""

from loaders.library import Library, load_library

__all__ = ["Library", "load_library"]
