#!/bin/sh
# Print the first Python that can make pmkit's environment; otherwise say in one sentence what is missing.
# PYTHON names one to take instead.
supported='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
seen=
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    # A name alone proves nothing: pyenv leaves names on the PATH that run no Python.
    version=$("$python" -c 'import platform; print(platform.python_version())' 2>/dev/null) || continue
    seen="${seen:+$seen, }$python is $version"
    "$python" -c "$supported" || continue
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        command -v "$python"
        exit 0
    fi
    bare=$python
done
if [ -n "$bare" ]; then
    echo "pmkit: $bare cannot make a virtual environment; on Debian and Ubuntu 'apt install python3-venv' adds what is missing." >&2
else
    echo "pmkit needs Python 3.11, 3.12 or 3.13 (${seen:-no Python was found}); install one, or name it: make PYTHON=/path/to/python3.12." >&2
fi
exit 1
