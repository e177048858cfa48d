"""The bridge: who must hear what when, strategy for projects, exceptions for the sponsor."""
