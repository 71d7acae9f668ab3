"""A saved query as the fields of a form: what most people change stands apart, the rest of its head is YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from kg.errors import SavedQueryError
from kg.saved import PUBLIC, SavedQuery, compose, parse
from kg.saved.head import read_head

_PLACE = "draft"
_TOLD = re.compile(rf"{_PLACE}:(\d+): (.*)", re.DOTALL)
_FIELDS = ("title", "summary", "description", "tags", "visibility")


@dataclass(frozen=True, slots=True)
class Draft:
    """`more` holds the parameters, the view, the expectations and unknown keys as YAML; `body` the SPARQL.

    `tags` are as typed: with commas between them.
    """

    title: str = ""
    description: str = ""
    tags: str = ""
    visibility: str = PUBLIC
    more: str = ""
    body: str = ""


def draft_of(query: SavedQuery) -> Draft:
    """The fields of a query."""
    others = {key: value for key, value in read_head(query.name, query.text).items() if key not in _FIELDS}
    return Draft(
        query.title,
        query.description,
        ", ".join(query.tags),
        query.visibility,
        _yaml(others) if others else "",
        query.body,
    )


def draft_from(form: Mapping[str, str]) -> Draft:
    """The fields as they were typed."""
    return Draft(**{name: _text(form.get(name, "")) for name in Draft.__slots__})


def text_of(draft: Draft, name: str, base: SavedQuery | None = None) -> str:
    """The text of the query, checked. SavedQueryError says what is wrong, in words that fit the fields.

    Where nothing of the head was changed since `base`, it stays as it was written there.
    """
    try:
        more = yaml.safe_load(draft.more) or {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise SavedQueryError(f"the parameters, view and expectations are no valid YAML{where}") from error
    if not isinstance(more, dict):
        raise SavedQueryError("the parameters, view and expectations must be keys with values, as in the example")
    if twice := [key for key in _FIELDS if key in more]:
        raise SavedQueryError(
            f"{twice[0]} has a field of its own; remove it from the parameters, view and expectations"
        )
    if not draft.body.strip():
        raise SavedQueryError("there is no query; write one in SPARQL")
    fields: dict[str, object] = {"title": " ".join(draft.title.split())}
    if draft.description.strip():
        fields["description"] = draft.description.strip()
    if tags := [tag.strip() for tag in draft.tags.split(",") if tag.strip()]:
        fields["tags"] = tags
    if draft.visibility != PUBLIC:
        fields["visibility"] = draft.visibility
    head = [f"#+ {line}".rstrip() for line in _yaml({**fields, **more}).splitlines()]
    own = [line for line in draft.body.strip("\n").split("\n") if not line.startswith("#+")]
    text = "\n".join([*head, "", *own]).rstrip() + "\n"
    try:
        made = compose(parse(name, text, _PLACE))
    except SavedQueryError as error:
        told = _TOLD.fullmatch(str(error))
        if told is None:
            raise
        line = int(told[1]) - len(head) - 1
        raise SavedQueryError(f"line {line} of the query: {told[2]}" if line > 0 else told[2]) from error
    if base is None or _head(compose(base)) != _head(made):
        return made
    gap = "\n" if _body(base.text).startswith("\n") else ""
    return "\n".join(_head(base.text)) + "\n" + gap + _body(made).lstrip("\n")


def _head(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith("#+")]


def _body(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("#+"))


def _yaml(fields: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(fields), sort_keys=False, allow_unicode=True, width=100)


def _text(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n")
