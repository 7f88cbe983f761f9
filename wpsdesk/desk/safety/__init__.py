"""What keeps a desk from being lost or read: words, backups, and the wipe."""
