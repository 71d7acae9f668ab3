"""Documents to quads: reads, annotates, extracts, resolves. Never serves, never queries."""
