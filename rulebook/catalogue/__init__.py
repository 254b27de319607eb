"""The rejection catalogue: rows by kind and subject, all of them in `ROWS`."""

from rulebook.catalogue import (
    brand,
    campaign_consent,
    campaign_forbidden,
    campaign_process,
    campaign_texts,
    campaign_website,
    tollfree,
    tollfree_forbidden,
)
from rulebook.catalogue.brand import FEEDBACK_WORDS
from rulebook.rejections import Rejection

__all__ = ["FEEDBACK_WORDS", "ROWS"]

ROWS: tuple[Rejection, ...] = (
    *campaign_texts.ROWS,
    *campaign_consent.ROWS,
    *campaign_website.ROWS,
    *campaign_process.ROWS,
    *campaign_forbidden.ROWS,
    *brand.ROWS,
    *tollfree.ROWS,
    *tollfree_forbidden.ROWS,
)
