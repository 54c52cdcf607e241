"""One profile for all property tests: no clock decides a verdict, and a fresh clone sees the same cases."""

from hypothesis import HealthCheck, settings
from spark_sessions import spark

__all__ = ["spark"]

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("suite")
