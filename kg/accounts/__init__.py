"""Accounts of the staff: who they are, how they sign in, what they may do, and what they did.

    READER  sees what is for the staff
    EDITOR  also saves queries
    ADMIN   also makes accounts, and changes what is others'

Every function takes the database first. `by` is the name of who does it, for the audit log. Reading needs no account.

    model.py       users, sessions, tokens, identities, entries of the log
    users.py       made, changed, disabled
    passwords.py   hashed by argon2
    sessions.py    signing in and out, and how often one may try
    tokens.py      for programs
    identities.py  of OpenID Connect providers
    secrets.py     random ones, and their hashes
    audit.py       who did what
"""

from __future__ import annotations

from kg.accounts.audit import entries, log, write_entry
from kg.accounts.identities import identities_of as identities
from kg.accounts.identities import link_identity, provision, unlink_identity
from kg.accounts.model import (
    ADMIN,
    EDITOR,
    MACHINE,
    READ,
    READER,
    ROLES,
    SCOPES,
    WRITE,
    Entry,
    Identity,
    Session,
    Token,
    User,
)
from kg.accounts.secrets import installation_secret
from kg.accounts.sessions import check_password, session, sign_in, sign_in_identity, sign_out, sign_out_everywhere
from kg.accounts.tokens import issue_token, revoke_token, token
from kg.accounts.tokens import tokens_of as tokens
from kg.accounts.users import add_user, change_user, disable_user, enable_user, find_user, set_password
from kg.accounts.users import users_of as users

__all__ = [
    "ADMIN",
    "EDITOR",
    "MACHINE",
    "READ",
    "READER",
    "ROLES",
    "SCOPES",
    "WRITE",
    "Entry",
    "Identity",
    "Session",
    "Token",
    "User",
    "add_user",
    "change_user",
    "check_password",
    "disable_user",
    "enable_user",
    "entries",
    "find_user",
    "identities",
    "installation_secret",
    "issue_token",
    "link_identity",
    "log",
    "provision",
    "revoke_token",
    "session",
    "set_password",
    "sign_in",
    "sign_in_identity",
    "sign_out",
    "sign_out_everywhere",
    "token",
    "tokens",
    "unlink_identity",
    "users",
    "write_entry",
]
