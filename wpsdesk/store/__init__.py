"""The desk's memory: one encrypted file beside its key file, and one transaction for every verb."""
