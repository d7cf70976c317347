"""Encrypts finished files for a recipient who asked for it, and believes none of it before it has tried.

The last step before staging: all checks and proofs are about the clear file. Salts are random, so equal input gives
other bytes each time; the manifest and the register hold the hash of what was delivered.
"""

from pipeline.encrypt.passphrase import MIN_TEKENS, check_wachtwoord
from pipeline.encrypt.pdf import encrypt_pdf
from pipeline.encrypt.word import encrypt_word

__all__ = ["MIN_TEKENS", "check_wachtwoord", "encrypt_pdf", "encrypt_word"]
