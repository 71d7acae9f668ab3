"""KGError, the only root of what this product raises on purpose.

    KGError
    ├── InputError              a path, file or folder that cannot be read
    ├── OntologyError           the ontology, shapes or reference data cannot be loaded
    ├── DataFolderError         the data folder is of another version, locked, or not a data folder
    │   └── MissingReleaseError there is no release yet
    ├── SavedQueryError         a saved query's file or parameter is wrong
    │   └── UnknownQueryError   no saved query has that name
    ├── ServeError              the server cannot start (a port in use)
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


class KGError(Exception):
    """Any error that a user can do something about; `str()` is one clear line."""


class InputError(KGError):
    """A path, file or folder that cannot be read."""


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


class ServeError(KGError):
    """The server cannot start."""


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
