import pytest

from kg.resources import queries_folder
from kg.web import close_app, create_app
from tests.kg.served import EXAMPLE, make_release
from tests.kg.web.staff import add_staff


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web") / "data"
    make_release(folder, EXAMPLE)
    return folder


@pytest.fixture(scope="session")
def app(data):
    app = create_app(data, queries=queries_folder(), workers=2, time_limit=10)
    yield app
    close_app(app)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def page(client):
    """Get an address as a browser does; gives the text of the page."""

    def page(path, status=200, **parameters):
        accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        response = client.get(path, query_string=parameters, headers={"Accept": accept})
        assert response.status_code == status, response.text
        assert response.content_type == "text/html; charset=utf-8"
        return response.text

    return page


@pytest.fixture
def staffed(data, database_url):
    """An application with an account of each role (reader, editor, admin), on both kinds of databases."""
    app = create_app(data, queries=queries_folder(), database=database_url, workers=1)
    add_staff(app.extensions["accord"].library.database, reader="reader", editor="editor", admin="admin")
    yield app
    close_app(app)


@pytest.fixture
def stored(staffed):
    """The library of `staffed`."""
    return staffed.extensions["accord"].library
