"""Accounts: opening, changing, handing over, passwords, and who signed in."""

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.errors import RefusedError
from junheng.web.actions.recording import BATCH, record, record_many
from junheng.web.models import Event, Office, User
from junheng.web.passwords import made_password
from junheng.web.roles import Role


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    office: Office,
    role: Role,
    by: User | None,
    phone: str = "",
    password: str | None = None,
    must_change: bool = True,
) -> tuple[User, str]:
    """A new account and its first password, which is shown once and never kept in clear.

    Raises RefusedError where the role has no place in such an office or the name is taken.
    """
    password = password or made_password()
    user = User(
        username=username, name=name, phone=phone, office=office, role=role.value,
        must_change_password=must_change, password_changed_at=timezone.now(),
    )  # fmt: skip
    user.set_password(password)
    _suits(role, office)
    if User.objects.filter(username=username).exists():
        raise RefusedError(f"登录名“{username}”已经有人用。请换一个。")
    user.save()
    record("建立账号", user, by=by, new=_shown(user))
    return user, password


@transaction.atomic
def open_demo_accounts(people: Iterable[tuple[str, str, Office, Role]], *, held: str) -> None:
    """Accounts of an invented city, (login name, name, office, role) each. They share one password,
    whose hash is `held`: making thousands of hashes takes minutes. Raises RefusedError."""
    users = []
    for username, name, office, role in people:
        _suits(role, office)
        users.append(
            User(
                username=username, name=name, office=office, role=role.value, password=held,
                must_change_password=False, password_changed_at=timezone.now(),
            )
        )  # fmt: skip
    made = User.objects.bulk_create(users, batch_size=BATCH)
    record_many("建立账号", ((user, _shown(user)) for user in made), by=None)


@transaction.atomic
def change_account(
    user: User, *, name: str, phone: str, role: Role, active: bool, by: User, reason: str = ""
) -> None:
    """Change what is shown of an account; one out of use is signed out with its next request."""
    now = (
        User.objects.select_for_update(of=("self",))
        .select_related("office__parent")
        .get(pk=user.pk)
    )
    _suits(role, now.office)
    if now.pk == by.pk and (not active or role is not now.part):
        raise RefusedError("不能停用自己的账号，也不能改自己的角色。请由另一位管理员办理。")
    old = _shown(now)
    now.name, now.phone, now.role, now.is_active = name, phone, role.value, active
    if (new := _shown(now)) == old:
        return
    now.save()
    record("更改账号", now, by=by, old=old, new=new, reason=reason)


@transaction.atomic
def hand_over(
    user: User, *, username: str, name: str, phone: str, by: User, reason: str
) -> tuple[User, str]:
    """The work of one person goes to another of the same office and role: the old account is taken
    out of use, a new one opened. What the old one did stays under the old name."""
    old = (
        User.objects.select_for_update(of=("self",))
        .select_related("office__parent")
        .get(pk=user.pk)
    )
    if not old.is_active:
        raise RefusedError(f"“{old.name}”的账号已经停用。请直接建立新账号。")
    if old.pk == by.pk:
        raise RefusedError("不能交接自己的账号。请由另一位管理员办理。")
    heir, password = open_account(
        username=username, name=name, phone=phone, office=old.office, role=old.part, by=by
    )
    old.is_active = False
    old.save(update_fields=["is_active"])
    record(
        "交接账号", old, by=by, reason=reason,
        old={"username": old.username, "name": old.name},
        new={"username": heir.username, "name": heir.name},
    )  # fmt: skip
    return heir, password


@transaction.atomic
def change_password(user: User, password: str, *, by: User) -> None:
    """A password of one's own choice. Raises RefusedError with every rule that it breaks."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise RefusedError("".join(error.messages)) from error
    user.set_password(password)
    user.must_change_password = False
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    record("更改密码", user, by=by)


@transaction.atomic
def reset_password(user: User, *, by: User) -> str:
    """A new first password, shown once; whoever is signed in with the old one is signed out.

    Raises RefusedError for the own account: its password is changed with the old one in hand.
    """
    if user.pk == by.pk:
        raise RefusedError(
            "不能重设自己的密码。请在“我的账号”里用现在的密码更改；忘了的，请由另一位管理员重设。"
        )
    password = made_password()
    user.set_password(password)
    user.must_change_password = True
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    record("重设密码", user, by=by)
    return password


@transaction.atomic
def note_session(verb: str, user: User, *, address: str, proven: bool = True) -> Event:
    """登录, 退出, 登录失败 and the like go into the sign-in log of the account.

    Where it is not `proven` that the person is the one of the account, nobody is named as the doer.
    """
    return record(verb, user, by=user if proven else None, new={"address": address})


def _suits(role: Role, office: Office) -> None:
    if office.level not in role.card.kinds:
        places = "、".join(kind.label for kind in sorted(role.card.kinds))
        raise RefusedError(
            f"“{role.label}”只能设在{places}，“{office.name}”是{office.level.label}。请换一个角色或单位。"
        )


def _shown(user: User) -> dict[str, str | bool]:
    return {
        "username": user.username,
        "name": user.name,
        "phone": user.phone,
        "office": user.office.code,
        "role": user.role,
        "active": user.is_active,
    }
