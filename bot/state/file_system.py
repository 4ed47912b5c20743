"""Which file system a file lies on, and whether SQLite may keep a WAL there.

A WAL needs memory that all processes share and locks that hold, which network file systems do not
give: https://sqlite.org/wal.html (Overview, 2) and https://sqlite.org/howtocorrupt.html (2.1).
"""

from __future__ import annotations

import re
from pathlib import Path

NETWORK = frozenset(
    "9p afs beegfs ceph cifs coda fuse.glusterfs fuse.rclone fuse.s3fs fuse.sshfs glusterfs gpfs"
    " lustre ncpfs nfs nfs4 ocfs2 smb2 smb3 smbfs vboxsf virtiofs".split()
)
_MOUNTS = Path("/proc/self/mountinfo")


def network_file_system(file: Path, mounts: Path = _MOUNTS) -> str | None:
    """Return the name of the network file system that holds a file, None for a local one.

    Only Linux tells, in a form that proc(5) describes; elsewhere nothing is known.
    """
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    kind = kind_of_mount(file.absolute().resolve(), lines)
    return kind if kind in NETWORK else None


def kind_of_mount(path: Path, lines: list[str]) -> str | None:
    """Return the file system's kind where a path is mounted; of equal ones the last covers."""
    found: tuple[int, str] | None = None
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, kind = before.split(" "), after.split(" ")[0]
        if len(fields) < 5 or not kind:
            continue
        mounted_on = Path(_unescaped(fields[4]))
        depth = len(mounted_on.parts)
        if path.is_relative_to(mounted_on) and (found is None or depth >= found[0]):
            found = depth, kind
    return found[1] if found else None


def _unescaped(text: str) -> str:
    """Return a mount point as it is: proc(5) writes a space by its octal number."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
