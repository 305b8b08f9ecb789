"""Reading reports: bytes in, a `Report` out."""
