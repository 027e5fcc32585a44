# The package behind ./lab: finds exercises, builds answers, runs the checkers, and reports.
