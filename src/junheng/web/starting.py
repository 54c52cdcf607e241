"""Getting the desk ready in a process: which folder, Django, tables, style sheets."""

import os
from pathlib import Path

import django

from junheng.web.data_folder import VARIABLE, make_folder

SETTINGS = "junheng.web.settings"


def set_up(data: Path | None = None) -> None:
    """Django for the desk in `data`; without one, in the folder that JUNHENG_DATA names.

    To be called before anything of `models`, `actions` or `views` is imported.
    """
    if data is not None:
        os.environ[VARIABLE] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def prepare(data: Path) -> None:
    """The folder with its key, the tables as this version wants them, the files of the pages.

    To be called after `make_folder` and `set_up`; what is there already stays.
    """
    from django.core.management import call_command

    make_folder(data)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
