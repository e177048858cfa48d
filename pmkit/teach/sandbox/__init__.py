"""Student code is run without a network, without other people's files, and within limits."""
