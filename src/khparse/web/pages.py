"""Every page there is."""

from __future__ import annotations

from khparse.web import asking, calendar, comparing, correcting, matching, offices, plans, signing, starting, uploading
from khparse.web.visit import PageSpec

PAGES: tuple[PageSpec, ...] = (
    *starting.PAGES,
    *uploading.PAGES,
    *correcting.PAGES,
    *plans.PAGES,
    *asking.PAGES,
    *calendar.PAGES,
    *comparing.PAGES,
    *matching.PAGES,
    *offices.PAGES,
    *signing.PAGES,
)
