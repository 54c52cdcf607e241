"""The one Django app of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Known to Django as `desk`: its tables are `desk_office`, `desk_case` and so on."""

    name = "junheng.web"
    label = "desk"
    verbose_name = "均衡工作台"
    default_auto_field = "django.db.models.BigAutoField"
