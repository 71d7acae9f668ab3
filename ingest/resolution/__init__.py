"""The same thing under several names: local keys of documents become stable IRIs of the corpus."""
