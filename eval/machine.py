"""What a run was made on and with: processor, memory, versions; nothing that names a person or a machine."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.settings import PROJECT
from index.weights import load_manifest
from rag.settings import Settings

GIGABYTE = 2**30
PROCESSORS = Path("/proc/cpuinfo")
MODEL_NAME = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)
UNNAMED = {"embedded", "none"}


class Machine(BaseModel):
    """Processor by name, cores that may be used, memory in gigabytes, operating system and Python."""

    model_config = ConfigDict(frozen=True)

    processor: str
    cores: int
    memory_gigabytes: float | None
    system: str
    python: str

    def __str__(self) -> str:
        """One line for a table's foot."""
        memory = f"{self.memory_gigabytes:.0f} GB, " if self.memory_gigabytes else ""
        return f"{self.processor}, {self.cores} cores, {memory}{self.system}, Python {self.python}"


class Versions(BaseModel):
    """The project's commit ("" without git), whether files differed from it, libraries and models by version."""

    model_config = ConfigDict(frozen=True)

    commit: str
    changed: bool
    libraries: dict[str, str]
    models: dict[str, str]


def machine() -> Machine:
    """This machine."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gigabytes=_memory(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )


def versions(settings: Settings) -> Versions:
    """What this project is at now; a model is known by its name and the first of its file's SHA-256 sum."""
    pins = (PROJECT / "requirements.txt").read_text("utf-8")
    models = {model.name: model.files[0].sha256[:12] for model in load_manifest()}
    return Versions(
        commit=_git("rev-parse", "HEAD"),
        changed=bool(_git("status", "--porcelain")),
        libraries={
            name: found for name in re.findall(r"^([\w.-]+)==", pins, re.MULTILINE) if (found := _version(name))
        },
        models=models if settings.model in UNNAMED else {**models, public_name(settings.model): ""},
    )


def public_name(path_or_name: str) -> str:
    """A model or folder without the path to it, which may hold a person's name."""
    return Path(path_or_name).name if path_or_name.startswith(("/", "~", ".")) else path_or_name


def _processor() -> str:
    described = PROCESSORS.read_text("utf-8") if PROCESSORS.is_file() else ""
    if found := MODEL_NAME.search(described):
        return found[1].strip()
    return platform.processor() or "processor without a name"


def _memory() -> float | None:
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names:
        return None
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / GIGABYTE, 1)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _git(*arguments: str) -> str:
    """What git says, empty where there is no git or no repository."""
    git = shutil.which("git")
    if not git:
        return ""
    try:
        done = subprocess.run([git, *arguments], cwd=PROJECT, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
