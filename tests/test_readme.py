"""The README tells the truth: its commands run, and its answers are the answers."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```(?:\n```\n(.*?)```)?", README, re.S)
QUERIES = [(shlex.split(block)[1:], answer) for block, answer in BLOCKS if block.startswith(".venv/bin/kg query")]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme") / "data"
    done = CliRunner().invoke(main, ["build", "--data", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def words(text):
    """The words of a table, without its lines and the breaks in its cells."""
    return set(re.findall(r"[\w.:/-]+", text))


@pytest.mark.parametrize(("command", "answer"), QUERIES)
def test_the_tour_gives_the_answers_that_it_shows(command, answer, data):
    done = CliRunner().invoke(main, [*command, "--data", str(data), "--format", "csv"])
    assert done.exit_code == 0, done.output
    shown = words(answer)
    assert shown, "the README shows an answer to each query"
    found = words(done.output.replace("https://w3id.org/accord-kg/ontology#", "acc:"))
    assert shown - found == set()


@pytest.mark.parametrize("line", re.findall(r"`kg ([a-z]+)[ `]", README))
def test_every_command_that_is_named_exists(line):
    assert line in main.commands
