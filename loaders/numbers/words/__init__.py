"""The words of number phrases, one table per language; `lexicon` reads them all."""
