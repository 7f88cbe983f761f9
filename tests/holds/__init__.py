"""What is too long for every run: the program under kills and loads; each module is a script with its own figures."""
