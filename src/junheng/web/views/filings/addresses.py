"""The addresses of the filings."""

from django.urls import path

from junheng.web.views.filings import (
    card,
    case,
    city,
    county,
    effort,
    files,
    form,
    lists,
    papers,
)

addresses = [
    path("filings/", city.filings_page, name="filings"),
    path("filings/open/", city.open_round, name="filings-open"),
    path("filings/seal/", city.seal, name="filings-seal"),
    path("filings/effort/", effort.effort, name="filings-effort"),
    path("filings/county/<int:pk>/", county.county_page, name="filings-county"),
    path("filings/county/<int:pk>/pass/", county.pass_many, name="filings-pass"),
    path("filings/county/<int:pk>/remind/", county.remind, name="filings-remind"),
    path("filings/county/<int:pk>/preview/", county.preview_page, name="filings-preview"),
    path("filings/<int:pk>/", case.case_page, name="filing"),
    path("filings/<int:pk>/template/", files.template, name="filing-template"),
    path("filings/<int:pk>/upload/", case.upload, name="filing-upload"),
    path("filings/<int:pk>/form/", form.form_page, name="filing-form"),
    path("filings/<int:pk>/lists/<slug:table>/", lists.list_page, name="filing-list"),
    path("filings/<int:pk>/explain/", case.explain, name="filing-explain"),
    path("filings/<int:pk>/workbook/", files.workbook, name="filing-workbook"),
    path("filings/<int:pk>/marked/", files.marked, name="filing-marked"),
    path("filings/<int:pk>/papers/", papers.papers_page, name="filing-papers"),
    path("filings/<int:pk>/papers/<int:paper>/", papers.paper, name="filing-paper"),
    path("filings/<int:pk>/papers.zip", papers.archive, name="filing-archive"),
    path("filings/<int:pk>/move/<slug:name>/", case.take_move, name="filing-move"),
    path("filings/<int:pk>/card/", card.card, name="filing-card"),
]
