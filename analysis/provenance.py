"""Where numbers come from: command, time, versions and machine."""

import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata

SHOWN_PACKAGES = ("numpy", "numba", "scipy", "pandas", "pyarrow", "matplotlib")


@dataclass(frozen=True)
class Provenance:
    """All that is needed to make the same numbers again.

    Attributes:
        command: what was typed.
        created: time in UTC, ISO 8601 to the second.
        versions: name of a package (or Python) to its version.
        machine: operating system, processor and C library; bits are promised per platform only.
        code: hash of the simulation's sources.
        settings: what was changed with ``--set``, path to value as typed.
    """

    command: str
    created: str
    versions: dict[str, str]
    machine: str
    code: str
    settings: dict[str, str]


def provenance(command: str, settings: dict[str, str]) -> Provenance:
    """Provenance of a result made now."""
    from simulation.compilation import source_hash

    library, number = platform.libc_ver()
    machine = f"{platform.system()} {platform.machine()} {library} {number}".strip()
    return Provenance(
        command=command,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        versions={"python": platform.python_version(), **_versions()},
        machine=machine,
        code=source_hash(),
        settings=settings,
    )


def _versions() -> dict[str, str]:
    found = {}
    for name in SHOWN_PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
