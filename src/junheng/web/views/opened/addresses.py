"""The addresses of what is public, and of publishing it."""

from django.urls import path

from junheng.web.views.opened import outside, publishing

addresses = [
    path("open/", outside.listed, name="open"),
    path("open/<int:pk>/", outside.one, name="open-one"),
    path("open/<int:pk>/<str:name>", outside.file, name="open-file"),
    path("publications/", publishing.publications, name="publications"),
    path("publications/new/", publishing.new, name="publication-new"),
    path("publications/<int:pk>/", publishing.publication, name="publication"),
    path("publications/<int:pk>/withdraw/", publishing.withdraw, name="publication-withdraw"),
]
