"""Places: country names and codes to ISO 3166-1 alpha-3, provinces to one spelling."""

from loaders.places.countries import parse_place
from loaders.places.provinces import parse_province

__all__ = ["parse_place", "parse_province"]
