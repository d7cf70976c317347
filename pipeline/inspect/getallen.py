"""Numbers that carry their own check."""

from __future__ import annotations

_BSN_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_rijksregisternummer(cijfers: str) -> bool:
    """Whether eleven digits hold as a Belgian rijksregisternummer or BIS number, of either century."""
    if len(cijfers) != 11 or int(cijfers[2:4]) % 20 > 12 or int(cijfers[4:6]) > 31:
        return False
    basis, controle = int(cijfers[:9]), int(cijfers[9:])
    return controle in (97 - basis % 97, 97 - (2_000_000_000 + basis) % 97)


def is_bsn(cijfers: str) -> bool:
    """Whether nine digits pass the eleven-proof of the Dutch burgerservicenummer. One in eleven does so by chance."""
    if len(cijfers) != 9 or not int(cijfers):
        return False
    return sum(gewicht * int(teken) for gewicht, teken in zip(_BSN_GEWICHTEN, cijfers, strict=True)) % 11 == 0


def is_iban(tekst: str) -> bool:
    """Whether letters and digits pass the check of an IBAN (ISO 7064, mod 97-10)."""
    if not 15 <= len(tekst) <= 34 or not tekst.isascii() or not tekst.isalnum():
        return False
    return int("".join(str(int(teken, 36)) for teken in tekst[4:] + tekst[:4])) % 97 == 1
