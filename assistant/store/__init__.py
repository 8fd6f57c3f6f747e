"""Sealed records in LanceDB, and the search index over them that lives only in memory."""
