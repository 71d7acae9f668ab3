"""Pictures that are made of words: one number, the first rows of a table, a sentence where there is nothing to draw."""

from __future__ import annotations

from xml.sax.saxutils import escape

from kg.charts.columns import NUMBER, Column, Columns, plain
from kg.charts.picture import ACCENT, FONT, INK, LINE, QUIET, Drawing, Frame, some
from kg.saved import View

_ROW = 26
_NARROWEST, _WIDEST = 60, 420
_MOST_COLUMNS = 6


def written(
    text: str, x: float, y: float, size: float, *, colour: str = INK, bold: bool = False, anchor: str = ""
) -> str:
    """A line of text in SVG. `text` is whatever the data hold."""
    weight = ' font-weight="700"' if bold else ""
    at = f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FONT}, sans-serif" font-size="{size:g}" fill="{colour}"{weight}{at}>'
        f"{escape(plain(text))}</text>"
    )


def width_of(text: str, size: float) -> float:
    """About how wide a text is, in pixels: enough to break lines and to cut cells.

    Letters of East Asia are as wide as they are high, those that are marks of others have no width.
    """
    wide = sum(2 if "\u2e80" <= letter <= "\ua4cf" or "\uac00" <= letter <= "\ud7a3" else 1 for letter in text)
    narrow = sum(letter in "iIljtfr.,:;'|!()[] " for letter in text)
    large = sum(letter.isupper() or letter in "mwMW@%—" for letter in text)
    return size * (0.6 * wide - 0.27 * narrow + 0.11 * large)


def fitted(text: str, size: float, width: float) -> str:
    """The text, cut to a width."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def number(columns: Columns, view: View, frame: Frame) -> Drawing:
    """The number of the first row; without a column of numbers, how many rows there are."""
    value = columns.wanted(view, "value") or columns.first(NUMBER)
    label = columns.wanted(view, "label")
    figure = f"{columns.rows:,}" if value is None else _figure(value) if columns.rows else "–"
    below = label.words[0] if label is not None and columns.rows else "rows" if value is None else value.title
    height = frame.height or 180
    size = min(96.0, height * 0.5, 0.9 * frame.width / max(1, 0.6 * len(figure)))
    middle = frame.width / 2
    parts = [
        written(figure, middle, height / 2 + size * 0.2, size, colour=ACCENT, bold=True, anchor="middle"),
        written(
            fitted(below, 18, frame.width), middle, height / 2 + size * 0.2 + 36, 18, colour=QUIET, anchor="middle"
        ),
    ]
    notes: tuple[str, ...] = ()
    if value is not None and columns.rows > 1:
        notes = (f"The number of the first of {columns.rows:,} rows.",)
    return Drawing("svg", "".join(parts), f"{below}: {figure}.", notes, frame.width, height)


def _figure(value: Column) -> str:
    found = value.number(0)
    if found is None:
        return value.words[0] or "–"
    return f"{found:,.0f}" if found.is_integer() else f"{found:,.6g}"


def table(columns: Columns, frame: Frame) -> Drawing:
    """The first rows of a table."""
    shown = columns.all[:_MOST_COLUMNS]
    rows = min(columns.rows, frame.most, 25 if frame.height is None else max(1, (frame.height - 10) // _ROW - 1))
    natural = [
        max(
            [_NARROWEST, width_of(one.title, 12) + 18]
            + [min(_WIDEST, width_of(one.words[row], 13) + 18) for row in range(rows)]
        )
        for one in shown
    ]
    widths = _shared(natural, frame.width)
    parts = []
    left = 0.0
    for column, width in zip(shown, widths, strict=True):
        numbers = column.kind == NUMBER
        anchor, x = ("end", left + width - 14) if numbers else ("", left)
        parts.append(written(fitted(column.title, 12, width - 12), x, 16, 12, colour=QUIET, anchor=anchor))
        for row in range(rows):
            cell = fitted(column.words[row], 13, width - 14)
            parts.append(written(cell, x, 16 + _ROW * (row + 1), 13, anchor=anchor))
        left += width
    for row in range(rows + 1):
        y = 24 + _ROW * row
        parts.append(f'<path d="M0 {y}H{frame.width}" stroke="{LINE if row else QUIET}" stroke-width="1"/>')
    notes = []
    if rows < columns.rows:
        notes.append(f"The first {rows:,} of {columns.rows:,} rows.")
    if len(shown) < len(columns.all):
        notes.append(f"The first {len(shown)} of {len(columns.all)} columns.")
    first = some([" · ".join(column.words[row] for column in shown if column.words[row]) for row in range(rows)], 3)
    says = f"Table of {columns.rows:,} rows with the columns {', '.join(one.title for one in columns.all)}: {first}."
    return Drawing("svg", "".join(parts), says, tuple(notes), frame.width, frame.height or 30 + _ROW * rows)


def _shared(natural: list[float], width: float) -> list[float]:
    """Widths of columns that together are `width`: who needs less than its part gives the rest to the others."""
    widths = list(natural)
    while sum(widths) > width + 1:
        part = max(widths) - max(1.0, (sum(widths) - width) / len(widths))
        widths = [min(one, part) for one in widths]
    if widths and sum(widths) < width:
        widths = [one + (width - sum(widths)) / len(widths) for one in widths]
    return widths


def nothing(frame: Frame) -> Drawing:
    """Where the answer has no rows."""
    height = frame.height or 120
    said = "The answer has no rows."
    text = written(said, frame.width / 2, height / 2, 18, colour=QUIET, anchor="middle")
    return Drawing("svg", text, said, (), frame.width, height)
