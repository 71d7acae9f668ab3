from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from kg import accounts
from kg.errors import AccountError, SignInError, ThrottledError, UnknownTokenError, UnknownUserError

GOOD = "correct horse battery"
BY = "command line"


@pytest.fixture
def ada(database):
    return accounts.add_user(database, "ada", role="editor", password=GOOD, full_name="Ada Brook", by=BY)


def actions(database):
    return [(entry.who, entry.action, entry.object) for entry in reversed(accounts.entries(database))]


def everything_stored(database):
    with database.reading() as connection:
        kept = []
        for table in ("users", "sessions", "tokens", "audit", "attempts"):
            kept += [str(row) for row in connection.execute(text(f"SELECT * FROM {table}"))]
    return "\n".join(kept)


def test_an_account_is_made_and_found(database, ada):
    assert (ada.name, ada.full_name, ada.role, ada.has_password, ada.disabled) == (
        "ada",
        "Ada Brook",
        "editor",
        True,
        False,
    )
    assert accounts.find_user(database, " ADA ") == ada
    assert accounts.users(database) == [ada]
    assert ada.may("reader") and ada.may("editor") and not ada.may("admin")
    assert GOOD not in everything_stored(database)
    with pytest.raises(UnknownUserError, match="no account 'bob'"):
        accounts.find_user(database, "bob")


@pytest.mark.parametrize("name", ["", " ", "-a", "a b", "a\0b", "é", "a" * 65, "a/b", "<b>"])
def test_names_that_cannot_be(database, name):
    with pytest.raises(AccountError, match="cannot be a name"):
        accounts.add_user(database, name, by=BY)


@pytest.mark.parametrize("password", ["", "short", "a" * 1001, "aaaaaaaaaaaa", "ada.brook.lake", "half \ud800 a pair"])
def test_passwords_that_cannot_be(database, password):
    with pytest.raises(AccountError, match="password"):
        accounts.add_user(database, "Ada.Brook.Lake", password=password, by=BY)
    assert accounts.users(database) == []


def test_a_name_is_given_once(database, ada):
    with pytest.raises(AccountError, match="already"):
        accounts.add_user(database, "Ada", by=BY)
    with pytest.raises(AccountError, match="no role 'king'"):
        accounts.add_user(database, "bob", role="king", by=BY)


def test_signing_in_and_out(database, clock, ada):
    session, secret = accounts.sign_in(database, "Ada ", GOOD, "192.0.2.1")
    assert accounts.session(database, secret) == session and session.user == ada
    assert session.csrf and session.csrf != secret
    assert secret not in everything_stored(database)
    assert accounts.session(database, "x") is None and accounts.session(database, "\ud800") is None
    accounts.sign_out(database, secret)
    accounts.sign_out(database, secret)
    assert accounts.session(database, secret) is None
    assert actions(database) == [
        (BY, "user.add", "ada"),
        ("ada", "session.sign-in", "ada"),
        ("ada", "session.sign-out", "ada"),
    ]


def test_a_session_ends_by_itself(database, clock, ada):
    _, secret = accounts.sign_in(database, "ada", GOOD, "", lifetime=timedelta(hours=2))
    clock.move(hours=1, minutes=59)
    assert accounts.session(database, secret)
    clock.move(minutes=1)
    assert accounts.session(database, secret) is None


@pytest.mark.parametrize("change", ["disable", "password", "everywhere"])
def test_a_session_ends_with_what_is_done_to_the_account(database, ada, change):
    _, secret = accounts.sign_in(database, "ada", GOOD, "")
    if change == "disable":
        accounts.disable_user(database, "ada", by=BY)
    elif change == "password":
        accounts.set_password(database, "ada", "another good one", by=BY)
    else:
        assert accounts.sign_out_everywhere(database, "ada", by=BY) == 1
    assert accounts.session(database, secret) is None


def test_who_may_not_sign_in_is_told_no_more_than_that(database, ada):
    accounts.add_user(database, "bob", by=BY)
    accounts.add_user(database, "eve", password=GOOD, by=BY)
    accounts.disable_user(database, "eve", by=BY)
    told = set()
    for name, password in [
        ("ada", "wrong"),
        ("nobody", GOOD),
        ("bob", ""),
        ("eve", GOOD),
        ("a\0", GOOD),
        ("ada", "\ud800"),
    ]:
        with pytest.raises(SignInError) as raised:
            accounts.sign_in(database, name, password, "192.0.2.1")
        told.add(str(raised.value))
    assert told == {"the name or the password is wrong"}
    accounts.enable_user(database, "eve", by=BY)
    assert accounts.sign_in(database, "eve", GOOD, "")


def test_many_attempts_on_a_name_have_to_wait(database, clock, ada):
    for _ in range(5):
        with pytest.raises(SignInError):
            accounts.sign_in(database, "ada", "wrong", "")
    with pytest.raises(ThrottledError, match="15 minutes") as raised:
        accounts.sign_in(database, "ada", GOOD, "")
    assert raised.value.retry_after == 900
    accounts.add_user(database, "bob", password=GOOD, by=BY)
    assert accounts.sign_in(database, "bob", GOOD, "")
    clock.move(seconds=raised.value.retry_after)
    assert accounts.sign_in(database, "ada", GOOD, "")
    for _ in range(4):
        with pytest.raises(SignInError):
            accounts.sign_in(database, "ada", "wrong", "")
    assert accounts.sign_in(database, "ada", GOOD, ""), "an attempt that is well makes the others forgotten"


def test_many_attempts_from_an_address_have_to_wait(database, clock, monkeypatch, ada):
    monkeypatch.setattr("kg.accounts.sessions.MOST_BY_ADDRESS", 3)
    for number, address in enumerate(["2001:db8::1", "2001:db8::2:3", "2001:DB8::ffff"]):
        with pytest.raises(SignInError):
            accounts.sign_in(database, f"guess{number}", "wrong", address)
    with pytest.raises(ThrottledError):
        accounts.sign_in(database, "ada", GOOD, "2001:db8::9")
    assert accounts.sign_in(database, "ada", GOOD, "2001:db8:0:1::9")
    assert accounts.sign_in(database, "ada", GOOD, "::ffff:192.0.2.1")


def test_many_attempts_at_once_do_not_get_past_the_limit(database, ada):
    def attempt(_):
        try:
            accounts.sign_in(database, "ada", "wrong", "")
        except ThrottledError:
            return "wait"
        except SignInError:
            return "wrong"

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, range(12))) == ["wait"] * 7 + ["wrong"] * 5


def test_addresses_are_forgotten(database, clock, ada):
    with pytest.raises(SignInError):
        accounts.sign_in(database, "ada", "wrong", "192.0.2.77")
    assert "192.0.2.77" in everything_stored(database)
    clock.move(minutes=16)
    accounts.sign_in(database, "ada", GOOD, "")
    assert "192.0.2.77" not in everything_stored(database)


def test_a_password_that_was_hashed_in_a_weaker_way_is_hashed_again(database, ada):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    with database.writing() as connection:
        connection.execute(text("UPDATE users SET password = :weak"), {"weak": weak})
    accounts.sign_in(database, "ada", GOOD, "")
    with database.reading() as connection:
        assert connection.scalar(text("SELECT password FROM users")) != weak
    assert accounts.sign_in(database, "ada", GOOD, "")


def test_there_is_always_an_admin(database, ada):
    accounts.add_user(database, "root", role="admin", by=BY)
    for change in (
        lambda: accounts.disable_user(database, "root", by=BY),
        lambda: accounts.change_user(database, "root", role="editor", by=BY),
    ):
        with pytest.raises(AccountError, match="root is the only admin"):
            change()
    accounts.change_user(database, "ada", role="admin", full_name=" Ada\nB. ", email="ada@example.org", by="root")
    assert accounts.disable_user(database, "root", by="ada").disabled
    changed = accounts.find_user(database, "ada")
    assert (changed.role, changed.full_name, changed.email) == ("admin", "Ada B.", "ada@example.org")
    assert accounts.entries(database, who="root")[0].detail == {
        "role": "admin",
        "full_name": "Ada B.",
        "email": "ada@example.org",
    }


def test_tokens(database, clock, ada):
    token, secret = accounts.issue_token(
        database, "ada", scope="write", label="report", lifetime=timedelta(days=2), by="ada"
    )
    assert secret.startswith("accord_") and len(secret) > 40 and secret not in everything_stored(database)
    found = accounts.token(database, secret)
    assert found == token and found.user == ada and found.label == "report"
    assert found.may("read") and found.may("write") and not found.may("admin")
    assert accounts.tokens(database, "ada")[0].last_used == clock()
    assert accounts.token(database, secret + "x") is None and accounts.token(database, "other") is None
    accounts.disable_user(database, "ada", by=BY)
    assert accounts.token(database, secret) is None
    accounts.enable_user(database, "ada", by=BY)
    accounts.change_user(database, "ada", role="reader", by=BY)
    assert not accounts.token(database, secret).may("write"), "a token may no more than its user"
    clock.move(days=2)
    assert accounts.token(database, secret) is None
    endless, lasting = accounts.issue_token(database, "ada", lifetime=None, by="ada")
    clock.move(days=4000)
    assert accounts.token(database, lasting).expires is None
    accounts.revoke_token(database, endless.id, by="ada")
    assert accounts.token(database, lasting) is None
    for unknown in (endless.id, 0, -1, 10**30):
        with pytest.raises(UnknownTokenError):
            accounts.revoke_token(database, unknown, by="ada")


@pytest.mark.parametrize(
    ("name", "scope", "days", "message"),
    [
        ("ada", "admin", 1, "ada has the role editor and cannot have a token for admin"),
        ("ada", "all", 1, "no scope 'all'"),
        ("ada", "read", 0, "some time at least"),
        ("ada", "read", 4000, "ten years at most"),
        ("bob", "read", 1, "no account 'bob'"),
        ("eve", "read", 1, "eve is disabled"),
    ],
)
def test_tokens_that_cannot_be(database, ada, name, scope, days, message):
    accounts.add_user(database, "eve", by=BY)
    accounts.disable_user(database, "eve", by=BY)
    with pytest.raises(AccountError, match=message):
        accounts.issue_token(database, name, scope=scope, lifetime=timedelta(days=days), by=BY)


def test_identities(database, ada):
    issuer = "https://login.example.org"
    with pytest.raises(SignInError, match="no account here goes with this identity"):
        accounts.sign_in_identity(database, issuer, "17")
    linked = accounts.link_identity(database, issuer, "17", "ada", by="ada")
    assert accounts.identities(database, "ada") == [linked]
    session, _ = accounts.sign_in_identity(database, issuer, "17")
    assert session.user == ada
    accounts.add_user(database, "bob", by=BY)
    with pytest.raises(AccountError, match="goes with the account ada already"):
        accounts.link_identity(database, issuer, "17", "bob", by=BY)
    accounts.disable_user(database, "ada", by=BY)
    with pytest.raises(SignInError):
        accounts.sign_in_identity(database, issuer, "17")
    accounts.unlink_identity(database, issuer, "17", by="ada")
    assert accounts.identities(database, "ada") == [] == accounts.identities(database, "nobody")


def test_who_comes_by_a_provider_gets_an_account_once(database, ada):
    made = accounts.provision(database, "https://i", "1", name="Ada", full_name="Ada Lake", by="https://i")
    assert (made.name, made.role, made.has_password, made.full_name) == ("ada-2", "reader", False, "Ada Lake")
    assert accounts.provision(database, "https://i", "1", name="other", by="https://i") == made
    assert accounts.provision(database, "https://i", "2", name="Jürgen Groß <b>", by="").name == "j-rgen-gro-b"
    assert accounts.provision(database, "https://i", "3", name="日本", by="").name == "user"
    for issuer, subject in (("", "1"), ("https://i", ""), ("https://i", "x" * 256), ("https://i", "a\nb")):
        with pytest.raises(AccountError):
            accounts.provision(database, issuer, subject, name="x", by="")
    with pytest.raises(AccountError, match="no role"):
        accounts.provision(database, "https://i", "4", name="x", role="king", by="")


def test_the_log_is_read_in_pages(database, ada):
    for number in range(5):
        accounts.log(database, "ada", "test", f"thing-{number % 2}", number=number)
    newest = accounts.entries(database, limit=2, before=10**30)
    assert [entry.detail["number"] for entry in newest] == [4, 3]
    assert [entry.detail.get("number") for entry in accounts.entries(database, before=newest[-1].number)] == [
        2,
        1,
        0,
        None,
    ]
    assert [entry.detail["number"] for entry in accounts.entries(database, object="thing-1")] == [3, 1]


def test_an_installation_has_its_secrets(database):
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _: accounts.installation_secret(database, "cookies"), range(8)))
    assert len(made) == 1 and len(made.pop()) > 40
    assert accounts.installation_secret(database, "other") != accounts.installation_secret(database, "cookies")
