"""The other years of the demonstration, made while the desk is in use already.

Run as `python -m junheng.web.serving.rest`, with JUNHENG_DATA set.
"""

import os

from junheng.web.data_folder import data_folder
from junheng.web.serving import living
from junheng.web.starting import set_up


def main() -> None:
    """Invent and seal the years before the last, queue what compares the years, let schools file."""
    os.nice(10)  # the assessment of the latest year and whoever looks at a page come first
    folder = data_folder()
    set_up(folder)
    from junheng.web.models import User
    from junheng.web.roles import Role
    from junheng.web.sealed import latest_by_year, path_of_seal
    from junheng.web.serving.demonstration import YEARS, make_years
    from junheng.web.serving.starting_runs import queue_comparisons

    make_years(folder / "store", folder / "示例市-历年", YEARS[:-1])
    by = User.objects.select_related("office").get(username="city", role=Role.CITY_OFFICER)
    queue_comparisons(by.office, by, [path_of_seal(each.name) for each in latest_by_year()])
    living.main()  # the returns are compared with the year before, so only now


if __name__ == "__main__":
    main()
