"""Citations of an answer: as text, BibTeX, RIS and CSL-JSON, for papers and for the programs that keep references.

What is cited is one answer: a version of a query on a release, with the values it was asked with. Its hash tells later
readers whether what they get is what was cited.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Their names in English: the same on every machine, whatever its language."""
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = {
    "\\": r"{\textbackslash}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. `query` is the name of the query, `digest` the SHA-256 of the answer in hexadecimal.

    `created` is when the release was made, `accessed` the day on which the answer was asked for. `address` leads to the
    same answer for ever: it names the version and the release.
    """

    title: str
    query: str
    version: int
    release: int
    created: datetime
    accessed: date
    digest: str
    rows: int
    address: str
    publisher: str = "Accord"

    @property
    def key(self) -> str:
        """The key for BibTeX, of letters, digits and hyphens: `accord-agreements-v3-r5`; other values, another key."""
        return (
            f"accord-{re.sub(r'[^a-z0-9-]', '', self.query.lower())}-v{self.version}-r{self.release}-{self.digest[:6]}"
        )

    @property
    def edition(self) -> str:
        """What it is a version of, in words."""
        return f"query {self.query}, version {self.version}, on release {self.release}"


def text(citation: Citation) -> str:
    """A citation as a line of text.

    >>> made, seen = datetime(2026, 11, 22), date(2026, 12, 1)
    >>> text(Citation("Who signed", "agreements", 3, 5, made, seen, "ab" * 32, 2, "https://example.org/queries/agreements"))
    ... # doctest: +ELLIPSIS
    'Accord (2026). Who signed [Data set: query agreements, version 3, on release 5 of 22 November 2026; 2 rows; ...
    """
    cited = citation
    return (
        f"{_line(cited.publisher)} ({cited.created.year}). {_line(cited.title)} [Data set: {cited.edition} of "
        f"{_day(cited.created)}; {_rows(cited)}; SHA-256 {cited.digest}]. "
        f"{cited.address} (accessed {_day(cited.accessed)})\n"
    )


def bibtex(citation: Citation) -> str:
    """An entry for BibTeX and BibLaTeX."""
    cited = citation
    note = f"Release of {_day(cited.created)}; {_rows(cited)}; SHA-256 of the answer: {cited.digest}"
    fields = {
        "author": "{" + tex(cited.publisher) + "}",
        "title": "{" + tex(cited.title) + "}",
        "year": str(cited.created.year),
        "month": None,
        "publisher": "{" + tex(cited.publisher) + "}",
        "howpublished": "Data set",
        "version": tex(cited.edition),
        "note": tex(note),
        "url": tex_address(cited.address),
        "urldate": cited.accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value is not None]
    lines.insert(3, f"  month = {_SHORT_MONTHS[cited.created.month - 1]},")
    return "\n".join([f"@misc{{{cited.key},", *lines, "}"]) + "\n"


def ris(citation: Citation) -> str:
    """A record in RIS, for EndNote, Zotero, Mendeley. Lines end with CR LF."""
    cited = citation
    fields = (
        ("TY", "DATA"),
        ("ID", cited.key),
        ("AU", _line(cited.publisher)),
        ("TI", _line(cited.title)),
        ("PY", str(cited.created.year)),
        ("DA", f"{cited.created:%Y/%m/%d}"),
        ("ET", _line(cited.edition)),
        ("PB", _line(cited.publisher)),
        ("UR", cited.address),
        ("Y2", f"{cited.accessed:%Y/%m/%d}"),
        ("N1", f"{_rows(cited)}; SHA-256 of the answer: {cited.digest}"),
        ("ER", ""),
    )
    return "".join(f"{name}  - {value}\r\n" for name, value in fields)


def csl(citation: Citation) -> str:
    """A list with one item in CSL-JSON, for citeproc and Zotero."""
    cited = citation
    item: Mapping[str, object] = {
        "id": cited.key,
        "type": "dataset",
        "title": _line(cited.title),
        "author": [{"literal": _line(cited.publisher)}],
        "publisher": _line(cited.publisher),
        "issued": {"date-parts": [[cited.created.year, cited.created.month, cited.created.day]]},
        "accessed": {"date-parts": [[cited.accessed.year, cited.accessed.month, cited.accessed.day]]},
        "version": _line(cited.edition),
        "note": f"{_rows(cited)}; SHA-256 of the answer: {cited.digest}",
        "URL": cited.address,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def tex(words: str) -> str:
    """Text for a field of BibTeX: on one line, with all that TeX would take for a command written as a letter.

    >>> tex("50 % of R&D {x}")
    '50 \\\\% of R\\\\&D \\\\{x\\\\}'
    """
    # BibTeX counts braces, also those after a backslash: alone they would end the field.
    line = _line(words)
    escaped = "".join(_TEX.get(letter, letter) for letter in line)
    return (
        escaped if _balanced(line) else escaped.replace(r"\{", r"{\textbraceleft}").replace(r"\}", r"{\textbraceright}")
    )


def tex_address(address: str) -> str:
    """An address for the field `url`, which is printed by \\url: only what would end the field is written otherwise."""
    return _line(address).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")


def _balanced(words: str) -> bool:
    depth = 0
    for letter in words:
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return False
    return depth == 0


def _line(words: str) -> str:
    return " ".join(_UNSEEN.sub(" ", words).split())


def _rows(cited: Citation) -> str:
    return f"{cited.rows:,} {'row' if cited.rows == 1 else 'rows'}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
