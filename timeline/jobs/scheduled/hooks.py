"""Who is told when a run fails or a job disables itself: a webhook, and people by e-mail.

The environment names both (docs/jobs.md). What cannot be told is said in the log, and hurts no run.
"""

from __future__ import annotations

import json
import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage

from timeline.jobs.listening import moment
from timeline.jobs.secrets import expanded
from timeline.model import JobRun, JobState
from timeline.model.errors import InputError, TimelineError, UsageError

_TIMEOUT = 10.0  # seconds
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Mail:
    """Letters by a server's leave. `security` is "starttls", "tls" or "none"."""

    to: tuple[str, ...]
    sender: str
    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Hooks:
    webhook: str = field(default="", repr=False)
    private: bool = False
    mail: Mail | None = None


def hooks_of(environment: Mapping[str, str] = os.environ) -> Hooks:
    """Who is to be told. Raises UsageError for a setting that means nothing, InputError for a variable not set."""
    webhook = expanded(environment.get("TIMELINE_WEBHOOK", ""), environment)
    private = environment.get("TIMELINE_WEBHOOK_PRIVATE", "").lower() in ("yes", "true", "1")
    to = tuple(environment.get("TIMELINE_MAIL_TO", "").replace(",", " ").split())
    if not to:
        return Hooks(webhook, private)
    security = environment.get("TIMELINE_SMTP_SECURITY", "starttls").lower()
    host, _, port = environment.get("TIMELINE_SMTP", "").partition(":")
    if security not in _PORTS:
        raise UsageError(f"TIMELINE_SMTP_SECURITY: {security!r} is none", hint=f"Say {', '.join(_PORTS)}")
    if not host or not (port or "0").isdigit():
        raise UsageError("TIMELINE_SMTP names no mail server", hint="Write such as mail.example.org:587")
    sender = environment.get("TIMELINE_MAIL_FROM") or to[0]
    user, password = environment.get("TIMELINE_SMTP_USER", ""), environment.get("TIMELINE_SMTP_PASSWORD", "")
    if user and security == "none":
        raise UsageError("TIMELINE_SMTP_SECURITY: a password is not sent without encryption", hint="Say starttls")
    return Hooks(webhook, private, Mail(to, sender, host, int(port or _PORTS[security]), security, user, password))


def message(run: JobRun, state: JobState) -> dict[str, object]:
    """What is told; its keys are a promise. `event` is "failed" or "disabled"."""
    return {
        "event": "disabled" if state.trouble else "failed",
        "job": run.job,
        "run": run.number,
        "planned": moment(run.planned),
        "started": moment(run.started) if run.started else None,
        "ended": moment(run.ended) if run.ended else None,
        "attempt": run.attempt,
        "failures": state.failures,
        "error": run.error,
        "trouble": state.trouble,
    }


def tell(hooks: Hooks, told: Mapping[str, object]) -> list[str]:
    """Tell it, and give why somebody could not be told."""
    troubles = []
    if hooks.webhook:
        troubles.append(_posted(hooks, told))
    if hooks.mail is not None:
        troubles.append(_mailed(hooks.mail, letter(hooks.mail, told)))
    return [each for each in troubles if each]


def letter(mail: Mail, told: Mapping[str, object]) -> EmailMessage:
    found = EmailMessage()
    what = "has disabled itself" if told["event"] == "disabled" else "has failed"
    found["Subject"] = f"timeline: the job {told['job']} {what}"
    found["From"], found["To"] = mail.sender, ", ".join(mail.to)
    lines = [f"{key}: {value}" for key, value in told.items() if value not in (None, "")]
    found.set_content("\n".join([*lines, "", f"timeline jobs logs {told['run']}", f"timeline jobs show {told['job']}"]))
    return found


def _posted(hooks: Hooks, told: Mapping[str, object]) -> str:
    from timeline.sources.fetching import Fetcher, Policy

    body = json.dumps(told, ensure_ascii=False).encode()
    try:
        with Fetcher(Policy(allow_private=hooks.private, total=_TIMEOUT, tries=1)) as fetcher:
            fetcher.post(hooks.webhook, body, "application/json")
    except InputError as error:
        return f"the webhook was not told: {error.what}"  # its address is a secret
    except (TimelineError, OSError, ValueError) as error:
        return f"the webhook was not told: {type(error).__name__}"
    return ""


def _mailed(mail: Mail, found: EmailMessage) -> str:
    try:
        with _server(mail) as server:
            if mail.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if mail.user:
                server.login(mail.user, mail.password)
            server.send_message(found)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return f"the e-mail was not sent: {type(error).__name__}"
    return ""


def _server(mail: Mail) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=_TIMEOUT, context=ssl.create_default_context())
    return smtplib.SMTP(mail.host, mail.port, timeout=_TIMEOUT)
