"""What both faces show of trust and keys: a look at a file, digits to read out, keys in files of their own."""
