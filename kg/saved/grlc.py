"""A saved query as grlc and other followers of BASIL take it: a value is put in place of its variable, as text.

So a parameter may stand once only, where any term may stand: `VALUES ?_since_date { UNDEF }` becomes
`{ BIND(?__since_xsd_date AS ?sinceGiven) }`, and the query uses `?sinceGiven`. Two underscores say that the parameter
may be left out.
"""

from __future__ import annotations

import re
from dataclasses import replace

import yaml

from kg.saved.head import compose
from kg.saved.model import Parameter, SavedQuery
from kg.saved.parameters import VALUES_LINE, term_of
from kg.saved.prefixes import declare

_ENDINGS = {
    "string": "",
    "iri": "_iri",
    "integer": "_integer",
    "decimal": "_number",
    "date": "_xsd_date",
    "boolean": "_xsd_boolean",
}
"""How the type of a parameter stands in the name of its variable."""

_XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"


def for_grlc(query: SavedQuery) -> str:
    """The text of `query` as a file for grlc, with the defaults and the lists of values as grlc takes them."""
    names = {parameter.variable: _unused(f"{parameter.name}Given", query.body) for parameter in query.parameters}
    lines = {one.variable: f"  {{ BIND({_given(one)} AS ?{names[one.variable]}) }}" for one in query.parameters}

    def rewritten(line: str) -> str:
        if match := VALUES_LINE.fullmatch(line):
            return lines[match["variable"]]
        for variable, name in names.items():
            line = re.sub(rf"[?$]{variable}\b", f"?{name}", line)
        return line

    body = declare("\n".join(map(rewritten, query.body.split("\n"))))
    # grlc would write this line before every SELECT.
    body = body if _XSD in body else _XSD + body
    head = "\n".join(f"#+ {line}" for line in _more(query).rstrip("\n").split("\n"))
    return f"{head}\n{compose(replace(query, parameters=(), text=''), body)}"


def _given(parameter: Parameter) -> str:
    """The parameter as grlc knows it, or its default."""
    ending = f"_{parameter.language}" if parameter.language else _ENDINGS[parameter.type]
    variable = f"?{'_' if parameter.required else '__'}{parameter.name}{ending}"
    if parameter.default is None:
        return variable
    return f"COALESCE({variable}, {term_of(parameter, parameter.default)})"


def _more(query: SavedQuery) -> str:
    """What grlc's head has and ours has not."""
    fields: dict[str, object] = {"summary": query.title}
    if defaults := [{one.name: one.default} for one in query.parameters if one.default is not None]:
        fields["defaults"] = defaults
    if lists := [{one.name: list(one.enum)} for one in query.parameters if one.enum]:
        fields["enumerate"] = lists
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=110)


def _unused(name: str, text: str) -> str:
    while re.search(rf"[?$]{name}\b", text):
        name += "Here"
    return name
