"""Every address of the desk. Each room keeps its own list; a new one is added here, and its
addresses to the matrix of tests/web/matrix.py, or the tests fail."""

from django.urls import path

from junheng.web.views import accounts, events, home, offices, own_account, sign_in
from junheng.web.views.drill.addresses import addresses as drill
from junheng.web.views.filings.addresses import addresses as filings
from junheng.web.views.opened.addresses import addresses as opened
from junheng.web.views.remedies.addresses import addresses as remedies
from junheng.web.views.runs.addresses import addresses as runs

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.second_step, name="sign-in-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("alive/", home.alive, name="alive"),
    path("me/", own_account.own_account, name="own-account"),
    path("me/password/", own_account.change_password, name="change-password"),
    path("me/second-step/", own_account.second_step, name="second-step"),
    path("offices/", offices.offices, name="offices"),
    path("offices/new/", offices.new_office, name="new-office"),
    path("offices/<int:pk>/", offices.office, name="office"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="new-account"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/reset/", accounts.reset, name="reset-password"),
    path("accounts/<int:pk>/hand-over/", accounts.hand_over, name="hand-over"),
    path("events/", events.events, name="events"),
    path("events/<int:number>/", events.event, name="event"),
    *filings,
    *remedies,
    *drill,
    *runs,
    *opened,
]

handler400 = "junheng.web.failures.bad_request"
handler403 = "junheng.web.failures.forbidden"
handler404 = "junheng.web.failures.not_found"
handler500 = "junheng.web.failures.broken"
