"""KGError, the only root of what this product raises on purpose.

    KGError
    ├── InputError              a path, file or folder that cannot be read
    │   └── UnknownReleaseError no release has that number, or it was removed
    ├── OntologyError           the ontology, shapes or reference data cannot be loaded
    ├── DataFolderError         the data folder is of another version, locked, or not a data folder
    │   └── MissingReleaseError there is no release yet
    ├── SavedQueryError         a saved query's file or parameter is wrong
    │   ├── UnknownQueryError   no saved query has that name
    │   ├── DeletedQueryError   it was deleted; `query` is its last version
    │   ├── ConflictError       it was changed by another meanwhile; `current`, `theirs`, `yours`
    │   └── BrokenQueriesError  saved queries do not give what is expected of them on a new release
    ├── DatabaseError           the staff's database cannot be opened, read or written
    ├── ForbiddenError          the account may not do this
    │   └── SignInNeededError   nobody is known to ask, and this needs an account
    ├── AccountError            an account cannot be made or changed like this
    │   ├── UnknownUserError    no account has that name
    │   ├── UnknownTokenError   there is no such token
    │   └── SignInError         the name, password or identity is not one that may sign in
    │       └── ThrottledError  too many failed attempts; try again after `retry_after` seconds
    ├── ServeError              the server cannot start (a port in use)
    ├── ChartError              an answer cannot be drawn as the view wants it
    └── QueryError              a SPARQL query was not answered
        ├── QuerySyntaxError    line, column
        ├── UpdateRefusedError  an update, SERVICE or LOAD
        ├── QueryTimeoutError   stopped at its time limit
        ├── QueryMemoryError    stopped at its memory limit, or its worker died
        ├── ResultTooLargeError stopped at the limit of an answer's size
        ├── AnswerFormatError   no such format, or not one for an answer of this form
        ├── QueryStoppedError   stopped by the staff
        └── BusyError           all workers busy; try again after `retry_after` seconds
            └── QuotaError      this asker has used up its time; try again after `retry_after` seconds

A message names the value that was wrong and what to do. It is translated once, at the edge: the command line prints it
and exits with 1, the web turns it into a problem with a status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from kg.saved.model import SavedQuery, Version


class KGError(Exception):
    """Any error that a user can do something about; `str()` is one clear line."""


class InputError(KGError):
    """A path, file or folder that cannot be read."""


class UnknownReleaseError(InputError):
    """No release has that number, or it was removed."""


class OntologyError(KGError):
    """The ontology, the shapes or the reference data cannot be loaded, or contradict themselves."""


class DataFolderError(KGError):
    """The data folder is of another version, in use by another build, or no data folder."""


class MissingReleaseError(DataFolderError):
    """The data folder holds no release yet."""


class SavedQueryError(KGError):
    """A saved query's file, or a value for one of its parameters, is wrong."""


class UnknownQueryError(SavedQueryError):
    """No saved query has that name."""


class DeletedQueryError(SavedQueryError):
    """The saved query was deleted. `query` is its last version, `at`, `by` and `why` say when, by whom and why."""

    def __init__(
        self, message: str, query: SavedQuery, at: datetime | None = None, by: str = "", why: str = ""
    ) -> None:
        super().__init__(message)
        self.query = query
        self.at = at
        self.by = by
        self.why = why


class ConflictError(SavedQueryError):
    """The saved query was changed by another since the version that a change is based on.

    `current` is the version that stands (None where the name is taken by what the user may not see), `theirs` its text,
    `yours` the text that was not saved, `based_on` the number of the version it was made from (None: a new query).
    """

    def __init__(self, message: str, current: Version | None, yours: str, based_on: int | None) -> None:
        super().__init__(message)
        self.current = current
        self.theirs = current.text if current else ""
        self.yours = yours
        self.based_on = based_on


class BrokenQueriesError(SavedQueryError):
    """Saved queries do not give what is expected of them on a new release, and the build was told to be strict."""


class DatabaseError(KGError):
    """The staff's database cannot be opened, read or written."""


class ForbiddenError(KGError):
    """The account may not do this."""


class SignInNeededError(ForbiddenError):
    """Nobody is known to ask, or by a token that is no good, and this needs an account."""


class AccountError(KGError):
    """An account cannot be made or changed like this."""


class UnknownUserError(AccountError):
    """No account has that name."""


class UnknownTokenError(AccountError):
    """There is no such token."""


class SignInError(AccountError):
    """The name, the password or the identity is not one that may sign in."""


class ThrottledError(SignInError):
    """There were too many failed attempts to sign in; `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ServeError(KGError):
    """The server cannot start."""


class ChartError(KGError):
    """An answer cannot be drawn as the view wants it: a column is missing, or nothing in it fits."""


class QueryError(KGError):
    """A SPARQL query was not answered.

    Where the place in the query is known, `line` and `column` count from 1, and `excerpt` shows the line with a caret
    below the place.
    """

    line: int | None = None
    column: int | None = None
    excerpt: str = ""


class QuerySyntaxError(QueryError):
    """The query does not parse. `line` and `column` count from 1; None where the parser gave no position."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class UpdateRefusedError(QueryError):
    """An update, a LOAD or a SERVICE: this endpoint only reads its own data."""


class QueryTimeoutError(QueryError):
    """The query was stopped at its time limit."""


class QueryMemoryError(QueryError):
    """The query was stopped at its memory limit, or its worker died."""


class ResultTooLargeError(QueryError):
    """The answer was stopped at its size limit."""


class AnswerFormatError(QueryError):
    """There is no such format, or the answer has another form (rows, a graph) than the format can hold."""


class BusyError(QueryError):
    """All workers are busy; `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class QuotaError(BusyError):
    """This asker has used more query time than it may; others are served."""


class QueryStoppedError(QueryError):
    """The query was stopped by the staff."""
