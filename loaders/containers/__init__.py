"""Containers: from any file that holds tables to tables of text, with what is odd about them."""

from loaders.containers.codes import CODES, UnreadableTable
from loaders.containers.read import read_table, read_tables

__all__ = ["CODES", "UnreadableTable", "read_table", "read_tables"]
