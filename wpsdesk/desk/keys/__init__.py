"""Who may sign: UD's own keys, a unit's enrolment, the people at a desk, and what has been issued."""
