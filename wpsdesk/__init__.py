"""WPS Desk: offline reporting on the action plan Women, Peace and Security 2023-2030."""
