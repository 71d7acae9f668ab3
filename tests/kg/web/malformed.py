"""Requests that no server should answer with anything but "that is wrong" (4xx), made by hypothesis."""

from dataclasses import dataclass
from urllib.parse import quote, quote_from_bytes, urlencode

from hypothesis import strategies as st


@dataclass(frozen=True)
class Malformed:
    """A request. `target` is the address as it goes over the wire."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


GOOD = (
    "SELECT ?name WHERE { ?o a acc:Organisation ; rdfs:label ?name FILTER(STRLEN(?name) > 3) }",
    'PREFIX x: <http://example.org/> CONSTRUCT { ?s x:p "a\\n" } WHERE { ?s x:p ?o OPTIONAL { ?o x:q/x:r* ?z } }',
    "SELECT (COUNT(*) AS ?n) { { SELECT ?s { ?s ?p '''long ' string''' } GROUP BY ?s } UNION { BIND(1 AS ?s) } }",
    "ASK { GRAPH ?g { ?s ?p ?o MINUS { ?s a [] } } VALUES (?s ?p) { (UNDEF 1.5e3) } }",
)
_FORM = "application/x-www-form-urlencoded"
_TOKENS = (
    "SELECT", "*", "?x", "{", "}", "(", ")", ".", ";", "FILTER", "SERVICE", "<http://x>", "'", '"', "'''", "#", "^^",
    "\\u0000", "@en", "INSERT DATA", "LOAD", "LIMIT", "-1", "1e400", "a", "_:b", "[]", "<<", ">>", "\x00", "\ufeff",
    "VALUES", "GROUP BY", "PREFIX", ":",
)  # fmt: skip

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
# No query can end like this: nothing that is open could be closed by it, and nothing may follow a query.
_never_ends = st.sampled_from(["\n^^}", "\n} ^^", "\n'''^^ {", "\n<<< }"])
_cut = st.builds(lambda query, at: query[: 1 + at % (len(query) - 1)], st.sampled_from(GOOD), st.integers(0, 500))
_spoilt = st.builds(
    lambda query, at, piece, end: query[: at % len(query)] + piece + query[at % len(query) :] + end,
    st.sampled_from(GOOD),
    st.integers(0, 500),
    st.one_of(_text, st.sampled_from(_TOKENS)),
    _never_ends,
)
_soup = st.builds(
    lambda parts, end: " ".join(parts) + end, st.lists(st.sampled_from(_TOKENS), max_size=15), _never_ends
)
_nested = st.builds(lambda depth: "SELECT * " + "{" * depth + " ^^", st.integers(1, 500))
wrong_queries = st.one_of(_cut, _spoilt, _soup, _nested, st.builds(lambda text, end: text + end, _text, _never_ends))
"""Texts that are no queries."""

_accept = st.sampled_from(
    ["*/*", "text/csv", "application/sparql-results+json", "text/turtle", "text/html", "a/b, */*;q=0.1"]
)
_odd_values = st.one_of(
    _text, st.sampled_from(["", "-1", "nan", "inf", "1e999", "0", "None", "%", "../../etc", "\x00"])
)
_word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=12, max_size=20)


def _get(path: str, headers: tuple[tuple[str, str], ...] = (), **parameters: str) -> Malformed:
    return Malformed("GET", f"{path}?{urlencode(parameters)}" if parameters else path, headers)


_requests = st.one_of(
    st.builds(lambda query, accept: _get("/sparql", (("Accept", accept),), query=query), wrong_queries, _accept),
    st.builds(
        lambda query, accept: Malformed(
            "POST", "/sparql", (("Accept", accept), ("Content-Type", _FORM)), urlencode({"query": query}).encode()
        ),
        wrong_queries,
        _accept,
    ),
    st.builds(
        lambda query: Malformed("POST", "/sparql", (("Content-Type", "application/sparql-query"),), query.encode()),
        wrong_queries,
    ),
    st.builds(  # no UTF-8
        lambda body: Malformed(
            "POST", "/sparql", (("Content-Type", "application/sparql-query"),), b"ASK {} #\xff" + body
        ),
        st.binary(max_size=100),
    ),
    st.builds(
        lambda word, body: Malformed("POST", "/sparql", (("Content-Type", f"application/{word}"),), body),
        _word,
        st.binary(max_size=100),
    ),
    st.builds(
        lambda word, body: Malformed(
            "POST", "/sparql", (("Content-Type", f"application/sparql-query; charset={word}"),), body
        ),
        _word,
        st.binary(max_size=100),
    ),
    st.builds(  # a form with an update, or with two queries
        lambda name, value: Malformed(
            "POST", "/sparql", (("Content-Type", _FORM),), urlencode([("query", "ASK {}"), (name, value)]).encode()
        ),
        st.sampled_from(["query", "update"]),
        _text.filter(bool),
    ),
    st.builds(lambda value: _get("/sparql", query="ASK {}", timeout="x" + value), _odd_values),
    st.builds(lambda word: _get("/sparql", query="ASK {}", format=word), _word),
    st.builds(lambda word: _get("/sparql", (("Accept", f"image/{word}"),), query="ASK {}"), _word),
    st.builds(lambda text: _get("/sparql", **{"query": "ASK {}", "default-graph-uri": " " + text}), _text),
    st.builds(lambda text: Malformed("GET", f"/sparql?query={quote_from_bytes(text)}%5E%5E"), st.binary(max_size=60)),
    st.builds(
        lambda method, word: Malformed(method, f"/sparql?x={word}"), st.sampled_from(["PUT", "DELETE", "PATCH"]), _word
    ),
    st.builds(
        lambda path, text: Malformed("GET", path + quote(text, safe="")),
        st.sampled_from(
            ["/resource/zz", "/documents/zz", "/queries/zz", "/classes/zz", "/static/zz", "/admin/", "/zz"]
        ),
        _text,
    ),
    st.builds(lambda name, value: _get("/queries/agreements.csv", **{name: value}), _word, _odd_values),
)


@st.composite
def malformed_requests(draw: st.DrawFn) -> Malformed:
    """A malformed request, at times with further odd parameters and headers."""
    request = draw(_requests)
    if draw(st.integers(0, 3)) == 0 and request.method == "GET":
        extra = urlencode({"zz" + draw(_word): draw(_odd_values)})
        target = request.target + ("&" if "?" in request.target else "?") + extra
        request = Malformed(request.method, target, request.headers, request.body)
    if draw(st.integers(0, 3)) == 0:
        odd = draw(
            st.sampled_from(
                [
                    ("If-None-Match", '"' * 7), ("If-None-Match", "W/"), ("Accept-Encoding", "gzip;q=x, ,;,br;q=9"),
                    ("Accept-Language", ";;;"), ("Origin", "null"), ("X-Forwarded-For", ", ,'"), ("Cookie", "=;=;\\"),
                    ("Authorization", "Bearer"), ("Range", "bytes=9-1"), ("If-Modified-Since", "never"),
                ]
            )
        )  # fmt: skip
        request = Malformed(request.method, request.target, (*request.headers, odd), request.body)
    return request
