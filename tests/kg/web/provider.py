"""A small provider of OpenID Connect on loopback, strict about what a client must do: PKCE, its address, its secret."""

import hashlib
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from contextlib import contextmanager
from urllib.parse import unquote, urlencode

from flask import Flask, abort, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server


class TestProvider:
    """Signs everybody in as `person` (the claims). `spoil` changes the claims of its tokens, `key` signs them."""

    __test__ = False

    def __init__(self, client, secret, back):
        self.person = {"sub": "4711"}
        self.spoil = {}
        self.asked = {}
        self.refuse = False
        self._client, self._secret, self._back = client, secret, back
        self._codes = {}
        self.key = self._published = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.issuer = self.named = ""
        self.app = Flask("provider")
        self.app.add_url_rule("/.well-known/openid-configuration", "discover", self._discover)
        self.app.add_url_rule("/keys", "keys", self._keys)
        self.app.add_url_rule("/authorize", "authorize", self._authorize)
        self.app.add_url_rule("/token", "token", self._token, methods=["POST"])

    def _discover(self):
        return jsonify(
            issuer=self.named or self.issuer,
            authorization_endpoint=f"{self.issuer}/authorize",
            token_endpoint=f"{self.issuer}/token",
            jwks_uri=f"{self.issuer}/keys",
            response_types_supported=["code"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["RS256"],
            code_challenge_methods_supported=["S256"],
        )

    def _keys(self):
        return jsonify(keys=[self._published.as_dict(private=False)])

    def _authorize(self):
        asked = self.asked = request.args.to_dict()
        if asked["client_id"] != self._client or asked["redirect_uri"] != self._back:
            abort(400)
        if "openid" not in asked["scope"].split() or asked["code_challenge_method"] != "S256":
            abort(400)
        if self.refuse:
            return redirect(f"{self._back}?{urlencode({'error': 'access_denied', 'state': asked['state']})}")
        code = secrets.token_urlsafe()
        self._codes[code] = asked
        return redirect(f"{self._back}?{urlencode({'code': code, 'state': asked['state']})}")

    def _token(self):
        asked = self._codes.pop(request.form["code"], None)
        if asked is None or not self._knows_client():
            return jsonify(error="invalid_grant"), 400
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        if urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self._client, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims | self.person | self.spoil, self.key)
        return jsonify(access_token=secrets.token_urlsafe(), token_type="Bearer", id_token=signed)

    def _knows_client(self):
        scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
        if self._secret is None:
            return not scheme and request.form.get("client_id") == self._client
        return scheme == "Basic" and unquote(b64decode(sent).decode()) == f"{self._client}:{self._secret}"


@contextmanager
def running_provider(client, secret, back):
    """The provider at work, at its `issuer`. It knows one client, which it sends people `back` to."""
    provider = TestProvider(client, secret, back)
    server = make_server("127.0.0.1", 0, provider.app, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
