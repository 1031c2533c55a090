"""Stand-ins of outside systems: programs of their own that know nothing of ours.

A trading centre, a treasury, a text message gateway and an announcement website as real HTTP
services, for demonstrations and tests (``procureflow simulate centre``). They check our signatures
with an implementation of their own, keep what they got in their own database, and can be told to
be away, slow or wrong. Nothing of ``engine`` is imported here.
"""
