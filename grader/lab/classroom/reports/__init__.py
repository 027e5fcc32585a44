"""One module a format; each writes its files from the result model alone."""
