"""The options of `kg serve` for a provider of OpenID Connect, by which people may sign in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import click

from kg.accounts import READER, ROLES

_NOBODY = "nobody"
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_OPTIONS = (
    click.option(
        "--oidc-issuer",
        envvar="KG_OIDC_ISSUER",
        metavar="URL",
        help="Let people sign in with this provider of OpenID Connect. Register there https://HOST/accounts/back.",
    ),
    click.option("--oidc-client-id", envvar="KG_OIDC_CLIENT_ID", metavar="ID", help="What the provider knows us by."),
    click.option(
        "--oidc-client-secret",
        envvar="KG_OIDC_CLIENT_SECRET",
        metavar="SECRET",
        help="Our secret there, if it gave one. Better in the environment, KG_OIDC_CLIENT_SECRET.",
    ),
    click.option(
        "--oidc-role",
        type=click.Choice([*ROLES, _NOBODY]),
        default=READER,
        envvar="KG_OIDC_ROLE",
        show_default=True,
        help="The role of the account that who comes by the provider for the first time gets; nobody: they get none.",
    ),
)


def provider(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options; it gets `provider`, a `kg.web.openid.Provider` or None."""

    @wraps(command)
    def with_provider(
        oidc_issuer: str | None,
        oidc_client_id: str | None,
        oidc_client_secret: str | None,
        oidc_role: str,
        **others: Any,
    ) -> None:
        if oidc_issuer is None:
            command(provider=None, **others)
            return
        from kg.web.openid import Provider

        parts = urlsplit(oidc_issuer)
        if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)):
            raise click.BadParameter(f"{oidc_issuer!r} does not begin with https://", param_hint="--oidc-issuer")
        if not oidc_client_id:
            raise click.UsageError("--oidc-issuer goes with --oidc-client-id")
        role = None if oidc_role == _NOBODY else oidc_role
        command(provider=Provider(oidc_issuer, oidc_client_id, oidc_client_secret or None, role), **others)

    for option in reversed(_OPTIONS):
        with_provider = option(with_provider)
    return with_provider
