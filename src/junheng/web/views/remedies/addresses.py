"""The addresses of the remedies."""

from django.urls import path

from junheng.web.views.remedies import case, listing

addresses = [
    path("remedies/", listing.remedies_page, name="remedies"),
    path("remedies/new/", listing.take_in, name="remedies-new"),
    path("remedies/public/", listing.public_page, name="remedies-public"),
    path("remedies/<int:pk>/", case.remedy, name="remedy"),
    path("remedies/<int:pk>/move/<slug:name>/", case.take_move, name="remedy-move"),
    path("remedies/<int:pk>/files/<int:paper>/", case.paper, name="remedy-paper"),
]
