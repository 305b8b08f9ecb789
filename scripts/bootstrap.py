"""Make `.venv` and install what the project runs on. Standard library only; old Pythons can read it, to be told so."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = PROJECT / "requirements.txt"
OLDEST = (3, 11)
# PyTorch's own index of builds without CUDA, which are a tenth of the size. Set TORCH_INDEX to another, or to nothing
# for whatever the usual index has (on Linux a CUDA build of several GB).
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"


def main() -> None:
    """Create the environment if it is not sound, then install; a kill at any point is mended by the next run."""
    _check_python()
    if not _is_sound():
        _say("Creating .venv")
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "The environment .venv could not be created.")
    torch_index = os.environ.get("TORCH_INDEX", TORCH_INDEX)
    if torch_index:
        _say("Installing torch")
        # One try and no dependencies: where that index cannot be reached, the usual ones serve at once.
        brief = ["--no-deps", "--retries", "0", "--timeout", "10", "--extra-index-url", torch_index]
        _pip([*brief, _pinned("torch")])
    _say("Installing the other packages")
    _pip(["-r", str(REQUIREMENTS)])


def _check_python() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SystemExit(
            f"Python 3.11 or newer is needed, and {sys.executable} is {found}. "
            "Install a newer one and name it, for example: make setup PYTHON=python3.12"
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        version = ".".join(map(str, sys.version_info[:2]))
        raise SystemExit(
            f"{sys.executable} cannot make virtual environments. Install python3-venv "
            f"(on Debian and Ubuntu: sudo apt install python{version}-venv) and run the command again."
        )


def _is_sound() -> bool:
    """Whether pip runs in the environment, and no package is there that a killed install left without its record."""
    pip = [str(PYTHON), "-m", "pip", "--version"]
    if not PYTHON.exists() or subprocess.run(pip, stdout=subprocess.DEVNULL, check=False).returncode:
        return False
    return all((found / "RECORD").exists() for found in VENV.glob("lib/python*/site-packages/*.dist-info"))


def _pinned(name: str) -> str:
    """The requirement of requirements.txt that pins this package."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    return next(line.split()[0] for line in lines if line.startswith(f"{name}=="))


def _pip(arguments: "list[str]") -> None:
    _run(
        [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments],
        "Not every package could be installed; pip says why above. Run the command again: what was fetched is kept.",
    )


def _run(command: "list[str]", trouble: str) -> None:
    if subprocess.run(command, check=False).returncode:
        raise SystemExit(trouble)


def _say(text: str) -> None:
    sys.stdout.write(f"== {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit("Interrupted. Run the command again to go on.") from None
