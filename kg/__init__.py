"""The graph: ontology, store, releases, queries and pages. Knows nothing of documents' text."""
