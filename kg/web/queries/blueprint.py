"""The blueprint of the addresses below /queries/. Every module of this package adds its own."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("queries", __name__, url_prefix="/queries")
