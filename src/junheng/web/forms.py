"""Forms of accounts and offices. What a register asks is made from its declaration, not here."""

from typing import Any

from django import forms

from junheng.web.models import Office, User
from junheng.web.roles import OfficeKind, Role


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label="登录名",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The six digits of the second step."""

    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label="动态口令",
        error_messages={"invalid": "动态口令是6位数字，见手机上的验证器。"},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


class PasswordForm(forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(
        label="现在的密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        strip=False,
        help_text="至少10个字，大写字母、小写字母、数字、符号中至少三类，不与登录名、姓名相近。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再写一遍新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        if not self.user.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError("现在的密码不对。请再输一遍。")
        return str(self.cleaned_data["old"])

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("new") != found.get("again"):
            self.add_error("again", "两遍新密码不一样。请再输一遍。")
        return found


class OfficeForm(forms.Form):
    """An office; its kind and code stay as they were once it is there."""

    code = forms.CharField(
        label="代码", max_length=32, help_text="学校用10位标识码，区县用6位代码。"
    )
    name = forms.CharField(label="名称", max_length=120)
    kind = forms.ChoiceField(label="类别", choices=[(k.value, k.label) for k in OfficeKind])
    parent = forms.ModelChoiceField(label="上级单位", queryset=Office.objects.none())
    active = forms.BooleanField(
        label="在用",
        required=False,
        initial=True,
        help_text="停用以后，这个单位的人不能登录，正登录着的退出。",
    )

    def __init__(self, *args: Any, by: User, office: Office | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = Office.objects.visible_to(by).exclude(kind=OfficeKind.SCHOOL)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        if office is not None:
            del self.fields["code"], self.fields["kind"]
            if office.pk == by.area.pk:
                del self.fields["parent"]


class AccountForm(forms.Form):
    """What an administrator says of a person."""

    username = forms.CharField(label="登录名", max_length=60, help_text="建立以后不能改。")
    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.CharField(label="办公电话", max_length=40, required=False)
    office = forms.CharField(
        label="单位代码", max_length=32, help_text="在“单位”一页可以查到，例如学校的10位标识码。"
    )
    role = forms.ChoiceField(label="角色", choices=[(r.value, r.label) for r in Role])
    is_active = forms.BooleanField(label="启用", required=False, initial=True)

    def __init__(self, *args: Any, by: User, account: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if account is not None:
            del self.fields["username"], self.fields["office"]
            roles = [r for r in Role if account.office.level in r.card.kinds]
            self.fields["role"].choices = [(r.value, r.label) for r in roles]  # type: ignore[attr-defined]

    def clean_office(self) -> Office:
        code = self.cleaned_data["office"].strip()
        found = (
            Office.objects.visible_to(self.by).select_related("parent").filter(code=code).first()
        )
        if found is None:
            raise forms.ValidationError(f"辖区里没有代码为“{code}”的单位。请到“单位”一页查找。")
        return found


class HandOverForm(forms.Form):
    """Who takes over, and why."""

    username = forms.CharField(label="接手人的登录名", max_length=60)
    name = forms.CharField(label="接手人的姓名", max_length=60)
    phone = forms.CharField(label="办公电话", max_length=40, required=False)
    reason = forms.CharField(label="交接原因", max_length=200, help_text="例如：岗位调整。")
