"""UD's reading: accepted or returned, conflicts settled, and what the unit is told."""
