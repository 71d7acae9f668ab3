from kg.changes import compare
from kg.engine import Table, Term


def table(columns, *rows, complete=True):
    terms = (
        tuple(cell if cell is None or isinstance(cell, Term) else Term("literal", cell) for cell in row) for row in rows
    )
    return Table(tuple(columns.split()), tuple(terms), complete=complete)


def test_rows_that_came_and_went():
    found = compare(table("a b", ("1", "x"), ("2", None)), table("a b", ("2", None), ("3", "y")))
    assert [row[0].value for row in found.added.rows] == ["3"]
    assert [row[0].value for row in found.removed.rows] == ["1"]
    assert (found.same, found.changed, found.complete) == (1, True, True)


def test_another_order_of_rows_and_columns_is_no_change():
    assert not compare(table("a b", ("1", "x"), ("2", "y")), table("b a", ("y", "2"), ("x", "1"))).changed


def test_rows_count_as_often_as_they_are_there():
    found = compare(table("a", ("1",)), table("a", ("1",), ("1",), ("1",)))
    assert len(found.added.rows) == 2
    assert not found.removed.rows


def test_terms_of_other_kinds_differ_and_blank_nodes_do_not():
    assert compare(table("a", (Term("iri", "x:y"),)), table("a", ("x:y",))).changed
    assert compare(table("a", (Term("literal", "x", "en"),)), table("a", (Term("literal", "x", "vi"),))).changed
    assert not compare(table("a", (Term("blank", "1"),)), table("a", (Term("blank", "2"),))).changed


def test_other_columns_make_all_rows_other_ones():
    found = compare(table("a", ("1",)), table("a b", ("1", "2")))
    assert (found.columns_added, found.columns_removed, found.same) == (("b",), (), 0)
    assert len(found.added.rows) == len(found.removed.rows) == 1
