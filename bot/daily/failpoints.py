"""Where a test may end the process, as a power cut would; nothing happens unless it asks for it.

DAYBOOK_FAILPOINT is a name such as "after sending", with ":3" behind it for the third time. It is
read once, at the start, and is no setting for operators.
"""

from __future__ import annotations

import os
import signal

_wanted, _, _times = os.environ.get("DAYBOOK_FAILPOINT", "").partition(":")
_left = {_wanted: int(_times) if _times.isdigit() else 1} if _wanted else {}


def reach(name: str) -> None:
    """Kill the process if a test asked for it at this point."""
    if name not in _left:
        return
    _left[name] -= 1
    if _left[name] <= 0:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
