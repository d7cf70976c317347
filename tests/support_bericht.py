"""A mail as a partner sends it: a few words, and files."""

from __future__ import annotations

from email.message import EmailMessage

WOORDEN = "Zinnetje dat nergens mag staan."


def make_mail(**bijlagen: bytes) -> bytes:
    """The message with these forms attached, by name."""
    mail = EmailMessage()
    mail["From"], mail["Date"] = "Mieke <mieke.verzonden@example.org>", "Fri, 20 Nov 2026 10:15:00 +0100"
    mail.set_content(WOORDEN)
    for naam, inhoud in bijlagen.items():
        mail.add_attachment(inhoud, maintype="application", subtype="octet-stream", filename=f"{naam}.docx")
    mail.set_boundary("grens")
    return mail.as_bytes()
