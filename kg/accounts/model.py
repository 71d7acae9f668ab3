"""The nouns of accounts: users, tokens, identities and what was done by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

READER, EDITOR, ADMIN = "reader", "editor", "admin"
ROLES = (READER, EDITOR, ADMIN)
"""From the least to the most: a role may do all that the ones before it may."""

READ, WRITE = "read", "write"
SCOPES = (READ, WRITE, ADMIN)
"""What a token may be used for, from the least to the most; never more than the role of its user."""


@dataclass(frozen=True, slots=True)
class User:
    """An account. `name` is what one signs in with; `has_password` is False for those who come by a provider only."""

    id: int
    name: str
    full_name: str
    email: str | None
    role: str
    has_password: bool
    disabled: bool
    created: datetime

    def may(self, role: str) -> bool:
        """Whether the account has `role` or a higher one. A disabled account has none."""
        return not self.disabled and ROLES.index(self.role) >= ROLES.index(role)


MACHINE = User(0, "command line", "command line", None, ADMIN, False, False, datetime.min.replace(tzinfo=UTC))
"""Who works at the machine itself, with the data folder at hand. No account, and may do all that needs none."""


@dataclass(frozen=True, slots=True)
class Session:
    """A user who is signed in. `id` is the hash of its secret; `csrf` is another secret of it."""

    id: str
    user: User
    created: datetime
    expires: datetime
    csrf: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token for programs. Its secret is not kept: only the one who made it has it. `expires` None: never."""

    id: int
    user: User
    label: str
    scope: str
    created: datetime
    expires: datetime | None
    last_used: datetime | None

    def may(self, scope: str) -> bool:
        """Whether the token may be used for `scope`: it has it or a higher one, and its user the role."""
        role = {READ: READER, WRITE: EDITOR, ADMIN: ADMIN}[scope]
        return SCOPES.index(self.scope) >= SCOPES.index(scope) and self.user.may(role)


@dataclass(frozen=True, slots=True)
class Identity:
    """A user as a provider knows them: `issuer` is the address of the provider, `subject` its name for the user."""

    issuer: str
    subject: str
    user: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the audit log: `who` did `action` to `object` (its name), with `detail`.

    `who` is the name of a user, or `command line` for the staff at the machine itself, or empty for nobody known.
    """

    number: int
    at: datetime
    who: str
    action: str
    object: str
    detail: Mapping[str, Any]
