"""The table of all routes of the API. The blueprint, the description and the page are made from it."""

from __future__ import annotations

from kg.accounts import ADMIN, EDITOR, READER
from kg.web.api import kept, people, queries
from kg.web.api.route import Argument, Route

_TAG = Argument("tag", "string", "Only those with this tag.")
_DELETED = Argument("deleted", "boolean", "The deleted ones, and not those that stand.")
_WHY = Argument("why", "string", "Why, for the audit log.")
_LIMIT = Argument("limit", "integer", "How many at most.")
_CONFLICT = (
    "`based_on` is the version that you started from, null for a new query. Where somebody else has saved meanwhile, "
    "the answer is 409 with `theirs`, `yours` and `current`: put the two together, and save again based on `current`."
)

ROUTES: tuple[Route, ...] = (
    Route(
        "list_queries", "GET", "/queries", "Saved queries", "All saved queries that you may see", queries.listing,
        "Queries", arguments=(_TAG, _DELETED),
    ),
    Route("show_query", "GET", "/queries/{name}", "Saved queries", "A query as it stands", queries.show, "Query"),
    Route(
        "save_query", "PUT", "/queries/{name}", "Saved queries", "Save a new query, or the next version of one",
        queries.save, "Version", "QueryToSave", EDITOR, description=_CONFLICT,
    ),
    Route(
        "delete_query", "DELETE", "/queries/{name}", "Saved queries", "Delete a query", queries.delete, None,
        role=EDITOR, arguments=(_WHY,),
        description="Its versions stay, and so do the links to them. Undone by restore.",
    ),
    Route(
        "restore_query", "POST", "/queries/{name}/restore", "Saved queries", "Restore a deleted query",
        queries.restore, "Version", "Reason", EDITOR,
    ),
    Route(
        "list_versions", "GET", "/queries/{name}/versions", "Saved queries", "All versions, the newest first",
        queries.history, "Versions",
    ),
    Route(
        "show_version", "GET", "/queries/{name}/versions/{version}", "Saved queries", "A query as it was",
        queries.show_version, "Query",
    ),
    Route(
        "run_query", "POST", "/queries/{name}/run", "Saved queries", "Run a query with values for its parameters",
        queries.ask, "Answer", "QueryToRun",
        description="For files in many formats there are the links /queries/NAME.csv and so on.",
    ),
    Route(
        "list_runs", "GET", "/queries/{name}/runs", "Saved queries", "What a query gave on each release",
        queries.runs, "Runs", arguments=(_LIMIT,),
    ),
    Route(
        "list_releases", "GET", "/releases", "Releases", "All releases, the newest first", kept.all_releases, "Releases"
    ),
    Route("show_release", "GET", "/releases/{number}", "Releases", "A release", kept.release, "Release"),
    Route(
        "list_runs_on_release", "GET", "/releases/{release}/runs", "Releases",
        "What the saved queries gave on a release", queries.runs_on, "Runs",
        arguments=(Argument("broken", "boolean", "Only those that did not give what is expected."),),
    ),
    Route(
        "list_pins", "GET", "/pins", "Pins", "What keeps releases", kept.pins, "Pins",
        arguments=(
            Argument("release", "integer", "Only those of this release."),
            Argument("name", "string", "Only those of this query."),
        ),
    ),
    Route(
        "make_pin", "POST", "/pins", "Pins", "Keep a release for a version of a query", kept.pin, "Pin", "PinToMake",
        EDITOR, status=201,
    ),
    Route(
        "remove_pin", "DELETE", "/pins/{name}/{version}/{release}", "Pins", "Remove a pin", kept.unpin, None,
        role=EDITOR,
    ),
    Route(
        "make_link", "POST", "/links", "Short links", "A short, permanent link for a query in SPARQL", kept.shorten,
        "Link", "LinkToMake", status=201, description="The same query with the same view has the same link.",
    ),
    Route("show_link", "GET", "/links/{slug}", "Short links", "What a short link stands for", kept.lengthen, "Link"),
    Route("show_me", "GET", "/me", "Your account", "Who asks", people.me, "Me"),
    Route("list_tokens", "GET", "/tokens", "Your account", "Your tokens", people.tokens, "Tokens", role=READER),
    Route(
        "make_token", "POST", "/tokens", "Your account", "Make a token", people.make_token, "NewToken", "TokenToMake",
        READER, status=201, description="Its secret is shown in this answer, and never again.",
    ),
    Route(
        "revoke_token", "DELETE", "/tokens/{number}", "Your account", "Revoke a token", people.revoke_token, None,
        role=READER,
    ),
    Route("list_users", "GET", "/users", "Accounts", "All accounts", people.users, "Users", role=ADMIN),
    Route(
        "make_user", "POST", "/users", "Accounts", "Make an account", people.make_user, "User", "UserToMake", ADMIN,
        status=201,
    ),
    Route("show_user", "GET", "/users/{name}", "Accounts", "An account", people.user, "User", role=ADMIN),
    Route(
        "change_user", "PATCH", "/users/{name}", "Accounts", "Change an account", people.change_user, "User",
        "UserToChange", ADMIN, description="Only what is given is changed.",
    ),
    Route(
        "list_entries", "GET", "/audit", "Accounts", "Who changed what, the newest first", people.entries, "Entries",
        role=ADMIN,
        arguments=(
            _LIMIT,
            Argument("before", "integer", "Only entries before this number."),
            Argument("object", "string", "Only entries on this account or query."),
            Argument("who", "string", "Only entries by this account."),
        ),
    ),
)  # fmt: skip
