"""A unit's answers: written, found again, looked back at, and exchanged with colleagues."""
