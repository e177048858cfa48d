"""A result as a picture: result -> ``altair`` chart, never displayed by us."""

from pmkit.views.importing import put_off

put_off("rfc3987_syntax", "is_valid_syntax")
