"""The rejection catalogue: rows by kind and subject, all of them in `ROWS`."""

from rulebook.catalogue import (
    brand_failures,
    brand_feedback,
    campaign_consent,
    campaign_forbidden,
    campaign_process,
    campaign_texts,
    campaign_website,
    requests,
    tollfree_business,
    tollfree_forbidden,
    tollfree_opt_in,
    unified_opt_in,
    unified_texts,
)
from rulebook.catalogue.brand_feedback import FEEDBACK_WORDS
from rulebook.rejections import Rejection

__all__ = ["FEEDBACK_WORDS", "ROWS"]

ROWS: tuple[Rejection, ...] = (
    *campaign_texts.ROWS,
    *campaign_consent.ROWS,
    *campaign_website.ROWS,
    *campaign_process.ROWS,
    *campaign_forbidden.ROWS,
    *brand_failures.ROWS,
    *brand_feedback.ROWS,
    *tollfree_business.ROWS,
    *tollfree_opt_in.ROWS,
    *tollfree_forbidden.ROWS,
    *unified_texts.ROWS,
    *unified_opt_in.ROWS,
    *requests.ROWS,
)
