"""What a unit reports in a year: the model, the form as data, the checks, the codec. Pure."""
