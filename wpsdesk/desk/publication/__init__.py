"""From what has come to coverage, the annual report and the archive."""
