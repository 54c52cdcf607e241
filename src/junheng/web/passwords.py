"""Passwords: what a chosen one must have, and how a first one is made."""

import secrets

from django.core.exceptions import ValidationError

KINDS = 3
"""So many of the four kinds of signs a password must have."""
_CLEAR = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that are not taken for one another when read from paper."""
LENGTH = 14


class ThreeKindsValidator:
    """Capital letters, small letters, digits, other signs: at least three of the four kinds."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002
        kinds = {
            "upper"
            if c.isupper()
            else "lower"
            if c.islower()
            else "digit"
            if c.isdigit()
            else "other"
            for c in password
        }
        if len(kinds) < KINDS:
            raise ValidationError(self.get_help_text(), code="too_few_kinds")

    def get_help_text(self) -> str:
        return "密码要有大写字母、小写字母、数字、符号四类中的至少三类。"


def made_password() -> str:
    """A first password; it has three kinds of signs and nothing that is hard to tell apart."""
    while True:
        found = "".join(secrets.choice(_CLEAR) for _ in range(LENGTH))
        if (
            any(map(str.isupper, found))
            and any(map(str.islower, found))
            and any(map(str.isdigit, found))
        ):
            return found
