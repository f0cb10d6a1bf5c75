"""Units for systemd and a line for cron that run the jobs. Pure: texts."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

MARK = "# timeline jobs"


def quoted(argument: str) -> str:
    """An argument of ExecStart: one word, nothing in it expanded."""
    inner = argument.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{inner}"' if not argument or set(argument) & set(" \t'\"\\;") else inner


def _service(command: Sequence[str], description: str, kind: Sequence[str], variables: str, user: str) -> str:
    lines = [
        "[Unit]",
        f"Description={description}",
        *([] if not user else ["Wants=network-online.target", "After=network-online.target"]),
        "",
        "[Service]",
        *kind,
        f"ExecStart={' '.join(map(quoted, command))}",
        f"EnvironmentFile=-{variables.replace('%', '%%') if not variables.startswith('%h') else variables}",
        *([f"User={user}"] if user else []),
        "UMask=0077",
        "NoNewPrivileges=true",
        "PrivateTmp=true",
        "ProtectSystem=full",
    ]
    return "".join(f"{line}\n" for line in lines)


def timer_units(command: Sequence[str], minutes: int, variables: str, user: str) -> dict[str, str]:
    """The service that does what is due, and the timer that calls it; by their file names. `variables` is a file of
    variables, `user` who runs it, "" for the units of a user's own."""
    kind = ["Type=oneshot", "TimeoutStartSec=infinity", "TimeoutStopSec=15"]
    timer = [
        "[Unit]",
        "Description=Calls for the scheduled imports of timeline that are due",
        "",
        "[Timer]",
        f"OnCalendar=*:0/{minutes}",
        "AccuracySec=5s",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return {
        "timeline-jobs.service": _service(command, "Scheduled imports of timeline that are due", kind, variables, user),
        "timeline-jobs.timer": "".join(f"{line}\n" for line in timer),
    }


def daemon_units(command: Sequence[str], variables: str, user: str) -> dict[str, str]:
    """The service that runs all the time."""
    kind = ["Type=exec", "Restart=always", "RestartSec=10", "TimeoutStopSec=15", "KillMode=mixed"]
    service = _service(command, "Scheduled imports of timeline", kind, variables, user)
    target = "multi-user.target" if user else "default.target"
    return {"timeline-jobs.service": f"{service}\n[Install]\nWantedBy={target}\n"}


def cron_line(command: Sequence[str], minutes: int, variables: str) -> str:
    """A line of a user's crontab, where % would end the command. A file of variables is read first, where given."""
    when = "* * * * *" if minutes == 1 else f"*/{minutes} * * * *"
    told = f"set -a; . {shlex.quote(variables)}; set +a; " if variables else ""
    return f"{when} {(told + shlex.join(command)).replace('%', chr(92) + '%')} {MARK}\n"


def with_line(crontab: str, line: str) -> str:
    """A crontab with our line in the place of the one that was there."""
    kept = [each for each in crontab.splitlines(keepends=True) if not each.rstrip().endswith(MARK)]
    if kept and not kept[-1].endswith("\n"):
        kept[-1] += "\n"
    return "".join(kept) + line
