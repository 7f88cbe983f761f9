"""What an attached file is by its content, what it carries besides, and the file without that."""
