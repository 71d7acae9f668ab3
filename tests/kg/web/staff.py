"""A browser of somebody of the staff: signs in by the form, and sends the forms that it finds on pages."""

import re

from kg import accounts

ACCEPT = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PASSWORD = "a boat for all of us"


def add_staff(database, **roles):
    """Accounts with these names and roles."""
    for name, role in roles.items():
        accounts.add_user(database, name, role=role, password=PASSWORD, by="test")


class Browser:
    """Follows no redirects by itself."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path, **query):
        return self.client.get(path, query_string=query or None, headers=ACCEPT)

    def form_token(self, path):
        """The token against forgery in the first form that posts on the page, or in its head."""
        page = self.get(path).text
        return re.search(r'name="(?:csrf_token" value|csrf-token" content)="([^"]+)"', page)[1]

    def post(self, path, at=None, **fields):
        """Send a form to `path`, with the token of the page `at`."""
        return self.client.post(path, data={"csrf_token": self.form_token(at or path), **fields}, headers=ACCEPT)

    def sign_in(self, name, password=PASSWORD, **fields):
        """Sign in by the form."""
        return self.post("/accounts/sign-in", name=name, password=password, **fields)


def token_of(database, name, scope="read"):
    """The header with a token for the account `name`."""
    _, secret = accounts.issue_token(database, name, scope=scope, by="test")
    return {"Authorization": f"Bearer {secret}"}
