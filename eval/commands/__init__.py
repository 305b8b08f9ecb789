"""The commands of `python -m eval`, one a module; each reads its options, calls one function and prints."""
