"""A desk on a PostgreSQL server, which several officers have open at once: one desk is one schema of a database."""
