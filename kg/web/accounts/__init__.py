"""/accounts/: signing in and out, one's own account with its tokens, and for admins all accounts and the audit log.

signing.py  in and out, by password or by a provider
own.py      one's own account
staff.py    all accounts, and the audit log
"""

from __future__ import annotations

from kg.web.accounts import own, signing, staff
from kg.web.accounts.blueprint import blueprint

__all__ = ["blueprint", "own", "signing", "staff"]
