"""The static edition: every crisis as plain files that any web host can serve, at any scale.

``python -m edition OUT`` writes them. What they say comes from the functions behind the live pages.
"""

from edition.options import Options
from edition.writing import Writer

__all__ = ["Options", "Writer"]
