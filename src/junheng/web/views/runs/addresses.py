"""The addresses of runs and targets."""

from django.urls import path

from junheng.web.views.runs import beside, following, listing, queueing, targets

addresses = [
    path("runs/", listing.runs, name="runs"),
    path("runs/new/", queueing.kinds, name="new-run"),
    path("runs/new/<kind>/", queueing.new_run, name="new-run-of"),
    path("runs/beside/", beside.beside, name="runs-beside"),
    path("runs/<int:pk>/", following.run, name="run"),
    path("runs/<int:pk>/progress/", following.progress, name="run-progress"),
    path("runs/<int:pk>/cancel/", following.cancel, name="cancel-run"),
    path("runs/<int:pk>/files/<path:name>", following.file, name="run-file"),
    path("targets/", targets.targets, name="targets"),
    path("targets/remind/", targets.remind, name="remind-target"),
]
