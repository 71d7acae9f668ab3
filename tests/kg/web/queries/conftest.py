"""Saved queries on the web, with both kinds of databases: each test that asks for `app` or `ask` runs twice."""

from dataclasses import replace

import pytest
from rdflib import XSD, Literal

from kg import accounts
from kg.database import sqlite_url
from kg.namespaces import ACC
from kg.resources import queries_folder
from kg.web import close_app, create_app
from tests.kg.served import EXAMPLE, PLAN, Stated, make_release, thing

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
MANY = 448
"""Statistics that the release 2 has besides the two of the example."""


def larger():
    """The example with so many statistics that a page does not show them all."""
    things = [thing(f"statistic/more-{number}") for number in range(MANY)]
    values = [
        Stated(PLAN, one, ACC.value, Literal(str(number), datatype=XSD.decimal), "25,400 boats")
        for number, one in enumerate(things)
    ]
    units = [Stated(PLAN, one, ACC.unit, Literal("boats", lang="en"), "boats") for one in things]
    classes = {**EXAMPLE.classes, **dict.fromkeys(things, "Statistic")}
    return replace(EXAMPLE, classes=classes, stated=(*EXAMPLE.stated, *values, *units))


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """Two releases; the second one has more statistics."""
    folder = tmp_path_factory.mktemp("queries") / "data"
    make_release(folder, EXAMPLE)
    make_release(folder, larger())
    return folder


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def app(request, data, tmp_path_factory):
    if request.param == "sqlite":
        url = sqlite_url(tmp_path_factory.mktemp("staff"))
    else:
        url = request.getfixturevalue("cluster").new_url()
    app = create_app(data, queries=queries_folder(), database=url, workers=2, time_limit=10)
    database = app.extensions["accord"].library.database
    for name, role in (("anna", "editor"), ("ben", "editor"), ("rea", "reader"), ("root", "admin")):
        accounts.add_user(database, name, role=role, by="test")
    yield app
    close_app(app)


@pytest.fixture(scope="module")
def secrets(app):
    """A token for each account."""
    database = app.extensions["accord"].library.database
    scopes = {"anna": "write", "ben": "write", "rea": "read", "root": "admin"}
    return {name: accounts.issue_token(database, name, scope=scope, by="test")[1] for name, scope in scopes.items()}


@pytest.fixture
def ask(app, secrets):
    """Ask as nobody or `by` an account; for a page where `page` is set. Data in `form` are posted."""

    def ask(path, by=None, *, page=True, form=None, status=200, headers=(), **arguments):
        said = {"Accept": PAGE} if page else {}
        said |= {"Authorization": f"Bearer {secrets[by]}"} if by else {}
        said |= dict(headers)
        method = "GET" if form is None else "POST"
        response = app.test_client().open(path, method=method, query_string=arguments or None, data=form, headers=said)
        assert response.status_code == status, (response.status_code, response.text[:3000])
        return response

    return ask


@pytest.fixture
def library(app):
    return app.extensions["accord"].library


@pytest.fixture
def user(app):
    database = app.extensions["accord"].library.database
    return lambda name: accounts.find_user(database, name)


@pytest.fixture
def save(library, user, app):
    """Save a text as a query of anna, or another account."""

    def save(name, text, by="anna", why="", based_on=None):
        saved = library.save(name, text, user(by), why=why, based_on=based_on)
        app.extensions["accord"].changes.look()
        return saved

    return save


@pytest.fixture
def delete(library, user, app):
    """Delete a query of anna."""

    def delete(name, why=""):
        library.delete(name, user("anna"), why)
        app.extensions["accord"].changes.look()

    return delete


def text(title="Parties", *, head="", where="?agreement acc:party ?party .", select="?agreement ?party"):
    """A saved query; `head` are further lines of it, without their signs."""
    lines = "".join(f"#+ {line}\n" for line in head.splitlines())
    return f"#+ title: {title}\n{lines}SELECT {select} WHERE {{\n  {where}\n}}\nORDER BY {select}\n"
