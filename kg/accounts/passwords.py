"""Passwords: stored as argon2 writes them, so that who reads the database cannot sign in. The only door to argon2."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kg.errors import AccountError

SHORTEST = 10
LONGEST = 1000
"""Characters of a password. The upper limit keeps one request from using the machine for long."""

# 46 MiB and one thread: a guess costs much, and a small machine can let several people sign in at once.
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
# Checked where there is no such account, so that the time of an answer does not tell who has one.
_NOBODY = "$argon2id$v=19$m=47104,t=1,p=1$GGO54Ttxljn+T7rUqwFiWQ$qhwGok2VBnstx13OuLj687sE6DDQQXeGoIVG8FgD2ss"


def hash_password(name: str, password: str) -> str:
    """The hash of a new password for the user `name`. AccountError where it is too short or too easy."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountError(f"a password has {SHORTEST} characters at least and {LONGEST} at most; take another one")
    if len(set(password)) < 4 or password.casefold() == name.casefold():
        raise AccountError("this password is too easy to guess; take another one")
    try:
        return _HASHER.hash(password)
    except UnicodeEncodeError as error:
        raise AccountError("this password holds signs that are no text; take another one") from error


def fits(stored: str | None, password: str) -> bool:
    """Whether `password` is the one that `stored` was made from. It takes as long where there is none."""
    try:
        return _HASHER.verify(stored or _NOBODY, password[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def is_dated(stored: str) -> bool:
    """Whether `stored` was made with weaker settings than those of today."""
    return _HASHER.check_needs_rehash(stored)
