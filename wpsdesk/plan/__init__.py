"""The action plan as data: model, loading, checking. Pure; knows nothing of reports."""
