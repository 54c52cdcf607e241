"""The second step of signing in: a code that changes every half minute (TOTP)."""

from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from junheng.errors import RefusedError
from junheng.web.actions.recording import record
from junheng.web.models import User

WRONG = "动态口令不对或已过期。请核对手机的时间，等下一个口令再输。"


@transaction.atomic
def offered(user: User) -> TOTPDevice:
    """The device that waits to be confirmed, made where there is none yet."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "验证器"}
    )
    return device


@transaction.atomic
def confirm(user: User, code: str) -> None:
    """From now on signing in asks for a code. Raises RefusedError where the code is wrong."""
    device = offered(user)
    if not device.verify_token(code):
        raise RefusedError(WRONG)
    device.confirmed = True
    device.save()
    record("打开两步登录", user, by=user)


@transaction.atomic
def remove(user: User, code: str) -> None:
    """Signing in asks for the password alone again. Raises RefusedError where the code is wrong."""
    device = TOTPDevice.objects.select_for_update().get(user=user, confirmed=True)
    if not device.verify_token(code):
        raise RefusedError(WRONG)
    device.delete()
    record("关闭两步登录", user, by=user)


@transaction.atomic
def remove_for(user: User, *, by: User, reason: str) -> None:
    """An administrator takes the second step away: the phone was lost.

    Raises RefusedError for the own account, which `remove` serves with a code.
    """
    if user.pk == by.pk:
        raise RefusedError("不能免去自己的两步登录。请用动态口令关闭，或由另一位管理员办理。")
    if TOTPDevice.objects.filter(user=user).delete()[0]:
        record("代为关闭两步登录", user, by=by, reason=reason)
