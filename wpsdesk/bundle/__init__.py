"""The bundle: the one file that goes from desk to desk; written, sealed, opened and verified here."""
