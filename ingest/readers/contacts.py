"""Contact data: e-mail addresses and telephone numbers are covered before a text is stored.

Documents end with the mobile numbers and addresses of press officers. A graph of offices has no use for them, and
nobody asked these people. Every letter and digit becomes a dot, so that all offsets stay as they were.
"""

from __future__ import annotations

import re

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)+")
NUMBER = r"\+?\(?\d[\d\s().·-]{5,18}\d"
TELEPHONE = re.compile(
    rf"(?P<word>\b(?:tel(?:ephone)?|phone|mob(?:ile)?|cell|fax|hotline|whatsapp|zalo|viber|call)\b\.?:?\s*)(?P<number>{NUMBER})"
    r"|(?P<international>\+\d{1,3}[\s().-]?\d[\d\s().-]{5,16}\d)",
    re.IGNORECASE,
)
COVER = "•"


def cover(content: str) -> str:
    """The text with contact data covered; as long as the text itself.

    >>> cover("Ms X, Officer - x.y@example.org / Mob: 0900000000")
    'Ms X, Officer - •••@•••••••.••• / Mob: ••••••••••'
    """
    content = EMAIL.sub(lambda m: _dots(m.group()), content)
    return TELEPHONE.sub(
        lambda m: _dots(m.group()) if m["international"] else m["word"] + _dots(m["number"]),
        content,
    )


def _dots(text: str) -> str:
    return re.sub(r"[^\W_]", COVER, text)
