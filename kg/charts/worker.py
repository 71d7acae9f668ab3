"""The program that draws: it turns specifications into SVG and SVG into PNG, one request after the other.

The converter runs the JavaScript of Vega. The texts in a picture come from documents, which anybody may have written,
so it works in a process of its own: without the network, with a limit on its memory, and killed when it takes too long.

On standard input a 4-byte length and a JSON object:

    {"do": "svg", "spec": a specification in Vega-Lite}
    {"do": "network", "spec": {"nodes": [...], "edges": [...], "kinds": [...]}, "width": ..., "height": ...}
    {"do": "land", "box": [west, south, east, north], "width": ..., "height": ...}
    {"do": "png", "svg": ..., "scale": ...}

On standard output a letter, a 4-byte length and that many bytes: `D` what was drawn, `E` one line that says why not.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import struct
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.charts.maps import land
from kg.charts.networks import forces, laid_out
from kg.engine.worker import deny_system_calls, die_with_parent

HEADER = struct.Struct(">cI")
LENGTH = struct.Struct(">I")
_NICENESS = 5
_VERSION = "6.4"  # of Vega-Lite
_CLIP = re.compile(r"""((?:id="|url\(#))clip(\d+)""")


def main(parent: int, memory: int, denied: bytes) -> None:
    """Draw until standard input ends."""
    die_with_parent(parent)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if denied:
        deny_system_calls(denied)  # before the converter is loaded: threads that are there already would be free of it
    if memory:
        # Not the address space: the JavaScript engine reserves 32 GB of it, and uses little.
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)  # queries come first
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but frames may ever get into the answers
    import vl_convert

    fonts = find_spec("fontpkg_noto_sans")
    if fonts is not None and fonts.origin:
        vl_convert.register_font_directory(str(Path(fonts.origin).parent / "files"))
    while len(header := requests.read(LENGTH.size)) == LENGTH.size:
        request = json.loads(requests.read(LENGTH.unpack(header)[0]))
        try:
            kind, data = b"D", _drawn(vl_convert, request)
        except Exception as error:  # the converter raises whatever it likes
            kind, data = b"E", " ".join(str(error).split())[:300].encode()
        answers.write(HEADER.pack(kind, len(data)) + data)
        answers.flush()


def _drawn(converter: Any, request: dict[str, Any]) -> bytes:
    if request["do"] == "png":
        return bytes(converter.svg_to_png(request["svg"], scale=request["scale"]))
    if request["do"] == "land":
        west, south, east, north = request["box"]
        return land((west, south, east, north), request["width"], request["height"]).encode()
    # No address is good: a specification of ours names none, and one in a text of the data would not be looked up.
    if request["do"] == "network":
        scene = converter.vega_to_scenegraph(forces(request["spec"]), allowed_base_urls=[])
        return laid_out(request["spec"], list(_dots(scene)), request["width"], request["height"]).encode()
    drawn = str(converter.vegalite_to_svg(request["spec"], vl_version=_VERSION, allowed_base_urls=[]))
    return _CLIP.sub(_Numbers(), drawn).encode()


class _Numbers:
    """Numbers clips from 0 in each picture; the converter counts them through all that it draws."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __call__(self, name: re.Match[str]) -> str:
        return f"{name[1]}clip{self._known.setdefault(name[2], len(self._known))}"


def _dots(scene: Any) -> Iterator[tuple[float, float]]:
    """Where the items of the mark `dots` are."""
    if isinstance(scene, list):
        for part in scene:
            yield from _dots(part)
    elif isinstance(scene, dict):
        if scene.get("name") == "dots":
            yield from ((float(item.get("x", 0)), float(item.get("y", 0))) for item in scene["items"])
        else:
            for part in scene.values():
                yield from _dots(part)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), bytes.fromhex(sys.argv[3]))
