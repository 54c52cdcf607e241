"""The desk's settings for tests: a data folder of the run, a fast hasher, SQLite in memory unless
JUNHENG_TEST_DATABASE names a PostgreSQL server."""

import os
import tempfile

os.environ["JUNHENG_DATA"] = tempfile.mkdtemp(prefix="junheng-desk-tests-")
os.environ["JUNHENG_DATABASE"] = os.environ.get("JUNHENG_TEST_DATABASE", "")

from junheng.web.settings import *  # noqa: F403
from junheng.web.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["NAME"] = ":memory:"
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30}
