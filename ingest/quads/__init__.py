"""Findings to quads: one named graph a document, and the merged statements for the default graph (graph None)."""

from ingest.quads.default_graph import conflicts, merged
from ingest.quads.document_graph import DocumentGraph
from ingest.quads.terms import Quad, Triple, language, literal

__all__ = ["DocumentGraph", "Quad", "Triple", "conflicts", "language", "literal", "merged"]
