"""What an attached file is, by its content."""
