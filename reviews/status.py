"""Our plain words for where a review stands. Twilio's own word is kept beside it and never lost."""

from django.db import models


class Status(models.TextChoices):
    NEEDS_FIX = "needs_fix", "Needs fix"
    NEEDS_DECISION = "needs_decision", "Needs decision"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    STOPPED = "stopped", "Stopped"
    # Twilio uses a word we do not know: shown as it is, never guessed at.
    UNKNOWN = "unknown", "Unknown"


REJECTED = (Status.NEEDS_FIX, Status.NEEDS_DECISION)
# What a person has to look at: rejections, and words nobody here has seen before.
WAITING_FOR_US = (*REJECTED, Status.UNKNOWN)


class Rank(models.IntegerChoices):
    """Where it stands among what its customer has, the highest first: whose turn it is, and what is over."""

    WAITING = 4, "Waiting for us"
    IN_REVIEW = 3, "In review"
    APPROVED = 2, "Approved"
    STOPPED = 1, "Stopped"
    GONE = 0, "Gone from Twilio"
