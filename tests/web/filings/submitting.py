"""The process that is killed: hands workbooks in through the whole web stack, and says what was answered.

python submitting.py FOLDER, with JUNHENG_DATA set: the workbooks of FOLDER are handed in by name of
their schools, round and round; each answer that came back is a line `ACK case sha256` at once.
"""

import hashlib
import os
import re
import sys
from itertools import cycle
from pathlib import Path


def say(line: str) -> None:
    """At once: what is still in a buffer when the process is killed was not said."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """Until somebody kills it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "junheng.web.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from junheng.web.models import Case, User

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    by = User.objects.get(name="王某")
    client = Client()
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    say("READY")
    for path in cycle(sorted(Path(sys.argv[1]).glob("*.xlsx"))):
        case = Case.objects.get(register="filings", subject__code=path.stem)
        content = path.read_bytes()
        sent = {
            "seen": case.version,
            "once": os.urandom(8).hex(),
            "file": SimpleUploadedFile(path.name, content),
        }
        told = client.post(f"/filings/{case.pk}/upload/", sent)
        page = client.get(told.headers["Location"]).content.decode()
        if re.search("已保存", page):
            say(f"ACK {case.pk} {hashlib.sha256(content).hexdigest()} {case.version + 1}")


if __name__ == "__main__":
    main()
