"""Making passages findable: chunks, vectors, words, and the register of grades."""
