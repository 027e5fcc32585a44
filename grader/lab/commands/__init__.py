# One module for each command of ./lab; each holds one click command named `command`.
