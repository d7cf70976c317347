"""Word with ECMA-376 agile encryption (AES-256, SHA-512), as Word itself protects a document with a password."""

from __future__ import annotations

import io
import zipfile

from msoffcrypto.exceptions import DecryptionError, EncryptionError, FileFormatError, InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

from pipeline.encrypt.passphrase import check_wachtwoord, make_refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_FOUTEN = (DecryptionError, EncryptionError, FileFormatError, InvalidKeyError)


def encrypt_word(inhoud: bytes, wachtwoord: str) -> bytes:
    """The same document, to be opened with the passphrase only. Raises PoortFout when it is not so, GebruikFout."""
    sleutel = check_wachtwoord(wachtwoord)
    uit = io.BytesIO()
    try:
        OOXMLFile(io.BytesIO(inhoud)).encrypt(sleutel, uit)
    except _FOUTEN:
        raise make_refusal("een Word-document") from None
    versleuteld = uit.getvalue()
    if not is_protected(versleuteld, inhoud, sleutel):
        raise make_refusal("een Word-document")
    return versleuteld


def is_protected(versleuteld: bytes, helder: bytes, sleutel: str) -> bool:
    """Whether it is no package any more, holds none, takes this passphrase only, and gives back the same bytes."""
    if not versleuteld.startswith(_OLE) or _ZIP in versleuteld:
        return False
    if any(deel in versleuteld for deel in _list_parts(helder)):
        return False
    # Of a wrong passphrase only the integrity of what it decrypts is asked: making a key of it is what takes long.
    if any(_decrypt(versleuteld, fout, controleer=False) is not None for fout in (sleutel[:-1], sleutel + "x")):
        return False
    return _decrypt(versleuteld, sleutel, controleer=True) == helder


def _list_parts(helder: bytes) -> list[bytes]:
    """The packed bytes of each part, and its name: what a clear or half-clear copy would hold."""
    with zipfile.ZipFile(io.BytesIO(helder)) as pakket:
        return [lid.filename.encode() for lid in pakket.infolist()] + [
            helder[lid.header_offset + 30 : lid.header_offset + 62] for lid in pakket.infolist()
        ]


def _decrypt(versleuteld: bytes, sleutel: str, *, controleer: bool) -> bytes | None:
    """What is inside; None when this passphrase is not the one; `controleer` asks the file itself first."""
    uit = io.BytesIO()
    try:
        bestand = OOXMLFile(io.BytesIO(versleuteld))
        bestand.load_key(password=sleutel, verify_password=controleer)
        bestand.decrypt(uit, verify_integrity=True)
    except _FOUTEN:
        return None
    return uit.getvalue()
