"""Start the chat page on the port given, after a look at whether that port is free."""

import os
import socket
import sys
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app.py"


def main(port: str) -> None:
    """Become the page's server, or say in a sentence why the port cannot be had."""
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise SystemExit(f"PORT is '{port}', which is no port. Choose a number, for example: make chat PORT=8502")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", int(port)))
        except OSError as error:
            raise SystemExit(
                f"Port {port} cannot be used: {error.strerror}. Choose another, for example: "
                f"make chat PORT={_another(int(port))}"
            ) from None
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", port]
    os.execv(sys.executable, command)


def _another(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8501


if __name__ == "__main__":
    main(sys.argv[1])
