"""PostgreSQL refuses to run as root. Where we are root, it gets the rights of somebody else."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path


def _keep() -> None:
    pass


@dataclass(frozen=True)
class Rights:
    """How a child gives up being root: by becoming another account, or by a step of its own before it execs."""

    account: str | None = None
    step: Callable[[], None] = _keep

    @property
    def group(self) -> int | None:
        return pwd.getpwnam(self.account).pw_gid if self.account else None

    def give(self, directory: Path) -> None:
        if self.account:
            os.chown(directory, pwd.getpwnam(self.account).pw_uid, pwd.getpwnam(self.account).pw_gid)


def _enter_user_namespace() -> None:
    """Root outside, an ordinary user inside: the files stay root's, and PostgreSQL sees no root."""
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text("1000 0 1")
    Path("/proc/self/gid_map").write_text("1000 0 1")


OURS = Rights()
NAMESPACE = Rights(step=_enter_user_namespace)
NOBODY = Rights(account="nobody")


@cache
def without_root() -> Rights:
    """Containers often forbid user namespaces; there `nobody` does it, with a data directory of its own."""
    if os.geteuid() != 0:
        return OURS
    return NAMESPACE if _namespaces_allowed() else NOBODY


def _namespaces_allowed() -> bool:
    if not hasattr(os, "unshare"):
        return False
    try:
        return subprocess.run(["true"], preexec_fn=_enter_user_namespace).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
