"""A document that cannot be read is a failure with its reason, and the others go on."""

import os
from pathlib import Path

import pytest

from ingest import pipeline
from kg.errors import InputError
from kg.reference import load_reference
from kg.resources import ontology_folder

TEXT = "News\n\nOn 5 May 2031, the ILO and UNESCO signed a memorandum of understanding in Nairobi.\n"


def build(folder: Path) -> pipeline.Corpus:
    return pipeline.build([folder], reference=load_reference(ontology_folder() / "reference"))


def test_a_rule_that_breaks_fails_its_document_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.txt").write_text("Bad " + TEXT)
    (tmp_path / "good.txt").write_text(TEXT)
    extract = pipeline.extract

    def breaks(analysis, names):
        if analysis.text.document == "bad.txt":
            raise IndexError("list index out of range")
        return extract(analysis, names)

    monkeypatch.setattr(pipeline, "extract", breaks)
    corpus = build(tmp_path)
    assert list(corpus.texts) == ["good.txt"]
    (failure,) = corpus.failures
    assert failure.path.endswith("bad.txt")
    assert "IndexError: list index out of range" in failure.reason
    assert list(corpus.quads)


def test_a_name_that_is_not_utf8_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xffd.txt")).write_text(TEXT)
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    corpus = build(tmp_path)
    assert list(corpus.texts) == ["good.txt"]
    (failure,) = corpus.failures
    assert "UTF-8" in failure.reason
    assert failure.path.encode().endswith("b�d.txt".encode())


def test_two_documents_of_one_name(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(TEXT)
    with pytest.raises(InputError, match="unique"):
        pipeline.find_documents([tmp_path])
