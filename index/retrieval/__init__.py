"""From a question to the passages and sentences of the reports that may answer it."""
