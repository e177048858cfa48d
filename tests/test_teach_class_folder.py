"""The key of a class is made once, and belongs to who made it."""

from __future__ import annotations

import stat

import pytest

from pmkit.model.errors import PlanError
from pmkit.teach.class_folder import KEY, ClassFolder


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first = ClassFolder(tmp_path).key
    assert ClassFolder(tmp_path).key == first
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / KEY).stat().st_mode) == 0o600
    (tmp_path / KEY).write_text("nonsense")
    with pytest.raises(PlanError, match="must be the key that was made for the class"):
        _ = ClassFolder(tmp_path).key
