"""Mappings: how to read a table that we have never seen, written down once, as data."""

from loaders.mapping.codes import CODES
from loaders.mapping.mapping import Mapping
from loaders.mapping.problems import MappingError

__all__ = ["CODES", "Mapping", "MappingError"]
