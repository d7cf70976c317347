"""Passphrases of recipients: from the computer's keyring, else typed unseen. Never in a file, option or environment."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import click

from pipeline.cli.ask import confirm
from pipeline.encrypt import check_wachtwoord
from pipeline.errors import GebruikFout
from schemas.werkmap import Partner

DIENST = "casusoverleg"


@dataclass
class Wachtwoorden:
    """The passphrases of one table's partners; each is looked up once a run."""

    tafel: str
    _bekend: dict[str, str | None] = field(default_factory=dict, repr=False)

    @property
    def dienst(self) -> str:
        """The name under which the keyring keeps them, with the partner's id as user."""
        return f"{DIENST} {self.tafel}"

    def get(self, partner: Partner) -> str | None:
        """The passphrase for this partner, or None when there is none and nobody to ask."""
        if partner.id not in self._bekend:
            self._bekend[partner.id] = self._look_up(partner.id) or self._ask(partner)
        return self._bekend[partner.id]

    def _look_up(self, naam: str) -> str | None:
        import keyring  # asks the system for its keyrings, which only this may cost
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(self.dienst, naam)
        except KeyringError:
            return None

    def _ask(self, partner: Partner) -> str | None:
        if not sys.stdin.isatty():
            return None
        click.echo(f"De documenten voor {partner.naam} worden versleuteld.", err=True)
        while (wachtwoord := _prompt()) is None:
            pass
        if confirm("Dit wachtwoord bewaren in de sleutelbos van deze computer?"):
            self._keep(partner.id, wachtwoord)
        return wachtwoord

    def _keep(self, naam: str, wachtwoord: str) -> None:
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(self.dienst, naam, wachtwoord)
        except KeyringError:
            click.echo("Deze computer heeft geen sleutelbos; u moet het de volgende keer opnieuw typen.", err=True)


def _prompt() -> str | None:
    """A passphrase that was typed twice alike and can serve; None to ask again."""
    een: str = click.prompt("Wachtwoord (u ziet niet wat u typt)", hide_input=True, err=True)
    try:
        schoon = check_wachtwoord(een)
    except GebruikFout as fout:
        click.echo(f"{fout.melding} {fout.remedie}", err=True)
        return None
    if click.prompt("Nog eens hetzelfde wachtwoord", hide_input=True, err=True) != een:
        click.echo("Dat was niet tweemaal hetzelfde.", err=True)
        return None
    return schoon
