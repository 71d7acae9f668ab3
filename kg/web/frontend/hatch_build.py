"""Builds the front end on the way into the wheel, and for an editable installation, where npm is there.

Without npm, or where npm fails, the product is whole but for the editor: /sparql stays a plain form.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SECONDS = 300  # for each step, so that a network that does not answer cannot hold up an installation for long


class FrontEnd(BuildHookInterface[Any]):
    """The hook that hatchling calls."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build into kg/web/static/built, where what is there is older than its source; else say why not."""
        folder = Path(self.root) / "kg" / "web" / "frontend"
        built = folder.parent / "static" / "built" / "editor.js"
        if _is_fresh(built, folder):
            return
        npm = shutil.which("npm")
        if npm is None:
            self.app.display_warning("npm was not found: the front end is left out, and /sparql is a plain form")
            return
        for step in (("ci", "--fetch-retries=1"), ("run", "build")):
            try:
                done = subprocess.run(  # noqa: S603 -- npm, with these words
                    [npm, "--silent", *step], cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
                )
                reason = "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["no reason given"])[0]
            except subprocess.TimeoutExpired:
                reason = f"it took longer than {_SECONDS} seconds"
            if reason:
                self.app.display_warning(f"npm {step[0]} failed ({reason}): the front end is as it was before")
                return


def _is_fresh(built: Path, folder: Path) -> bool:
    sources = [*folder.glob("src/*"), *folder.glob("*.json"), *folder.glob("*.mjs")]
    return built.is_file() and built.stat().st_mtime > max(file.stat().st_mtime for file in sources)
