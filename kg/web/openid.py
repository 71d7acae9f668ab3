"""Signing in by a provider of OpenID Connect: the code flow with PKCE, state and nonce. The only door to Authlib."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, session
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from kg import accounts
from kg.accounts import READER, Session
from kg.database import Database
from kg.errors import SignInError

_SECONDS = 10  # that the provider may take for an answer
_NEXT = "next"
_DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider, as the installation is registered there. `secret` is None for a public client.

    Who comes by it for the first time gets an account with `role`; with None only those have one whom an admin made it
    for.
    """

    issuer: str
    client: str
    secret: str | None = None
    role: str | None = READER

    @property
    def name(self) -> str:
        """What people know it by: its host."""
        return urlsplit(self.issuer).hostname or self.issuer


class OpenID:
    """Signs people in by `provider`."""

    def __init__(self, app: Flask, provider: Provider, database: Database) -> None:
        self.provider = provider
        self._database = database
        how = {} if provider.secret else {"token_endpoint_auth_method": "none"}
        self._client = OAuth(app).register(  # type: ignore[no-untyped-call]
            "provider",
            client_id=provider.client,
            client_secret=provider.secret,
            server_metadata_url=provider.issuer.rstrip("/") + _DISCOVERY,
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "default_timeout": _SECONDS,
                **how,
            },
        )

    def begin(self, back: str, wanted: str) -> Response:
        """Send the browser to the provider, which sends it `back`; `wanted` is the page to go on with after that."""
        try:
            self._check_issuer()
            answer: Response = self._client.authorize_redirect(back)
        except (OAuthError, RequestException, RuntimeError, ValueError) as error:
            raise self._away(error) from error
        session[_NEXT] = wanted
        return answer

    def finish(self, address: str) -> tuple[Session, str, str]:
        """The session of who has come back, the secret for its cookie, and the page to go on with. SignInError."""
        wanted = str(session.get(_NEXT, ""))
        try:
            self._check_issuer()
            claims = self._client.authorize_access_token().get("userinfo")
        except (OAuthError, JoseError) as error:
            raise SignInError(
                f"{self.provider.name} did not sign you in ({_reason(error)}); begin again from the sign-in page"
            ) from error
        except (RequestException, RuntimeError, ValueError) as error:
            raise self._away(error) from error
        subject = claims.get("sub") if claims else None
        if not isinstance(subject, str) or not subject:
            raise SignInError(f"{self.provider.name} did not say who you are; begin again from the sign-in page")
        issuer = self.provider.issuer
        if self.provider.role is not None:
            wished = (str(claims.get(name) or "") for name in ("preferred_username", "email"))
            accounts.provision(
                self._database,
                issuer,
                subject,
                name=next(filter(None, wished), subject).partition("@")[0],
                full_name=str(claims.get("name") or ""),
                email=str(claims.get("email") or "") or None,
                role=self.provider.role,
                by=self.provider.name,
            )
        return *accounts.sign_in_identity(self._database, issuer, subject, address), wanted

    def _check_issuer(self) -> None:
        """An issuer says its own name where it describes itself; another one could pass for it otherwise."""
        named = self._client.load_server_metadata().get("issuer")
        if named != self.provider.issuer:
            raise ValueError(f"it calls itself {named!r}, not {self.provider.issuer!r}")

    def _away(self, error: Exception) -> SignInError:
        return SignInError(f"{self.provider.name} cannot be asked at the moment ({_reason(error)}); try again later")


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
