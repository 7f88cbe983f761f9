"""Keys, certificates, enrolment, revocation: who may sign what, and how anybody can tell."""
