"""Number phrases of six languages → amounts."""
