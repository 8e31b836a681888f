"""Figures kept elsewhere: looked at now and then, copied, taken as a whole or not at all."""

from loaders.remote.address import Address
from loaders.remote.mirror import Limits, Mirror, Trouble
from loaders.remote.problems import REASONS
from loaders.remote.watching import RemoteWatcher

__all__ = ["REASONS", "Address", "Limits", "Mirror", "RemoteWatcher", "Trouble"]
