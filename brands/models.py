"""The mirror of A2P brand registrations and of what stands behind them: bundles, and what those are made of."""

from django.db import models
from django.db.models import Q

from accounts.models import TwilioAccount
from reviews.models import Review


class Bundle(models.Model):
    """A TrustHub bundle (BU…): a customer profile, which knows the business's name as a brand's payload does not, or
    the A2P trust product that goes with it."""

    CUSTOMER_PROFILE, TRUST_PRODUCT = "customer_profile", "trust_product"

    account = models.ForeignKey(TwilioAccount, on_delete=models.CASCADE, related_name="bundles")
    sid = models.CharField(max_length=34, unique=True)
    kind = models.CharField(max_length=20, default=CUSTOMER_PROFILE)
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=40, blank=True)
    payload = models.JSONField()
    # The newest evaluation Twilio made of it; None where there is none, or it was never looked for.
    evaluation = models.JSONField(null=True)
    # When what it holds was read last; None where it only stood in a list.
    read_at = models.DateTimeField(null=True)
    # We wrote into what it holds, and it has not gone to Twilio's reviewers since.
    edited_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Entity(models.Model):
    """What a bundle is made of: an end user (IT…), a document (RD…), an address behind one (AD…), another bundle."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="entities")
    sid = models.CharField(max_length=34)
    type = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200, blank=True)
    attributes = models.JSONField(default=dict)
    # A business's registration number without its punctuation: one of them may stand behind many brands.
    tax_number = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["bundle", "pk"]
        constraints = [models.UniqueConstraint(fields=["bundle", "sid"], name="one_entity_each")]
        indexes = [models.Index(fields=["tax_number"], name="entity_tax_number", condition=~Q(tax_number=""))]

    def __str__(self) -> str:
        return f"{self.type or 'bundle'} {self.sid}"


class Brand(models.Model):
    """A brand registration (BN…) as Twilio last showed it, and how far its dossier is known: all that stands behind
    it, which takes some ten calls to read."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="brand")
    payload = models.JSONField()
    sid = models.CharField(max_length=34, unique=True)
    profile_sid = models.CharField(max_length=34, blank=True, db_index=True)
    product_sid = models.CharField(max_length=34, blank=True, db_index=True)
    identity_status = models.CharField(max_length=40, blank=True)
    vettings = models.JSONField(default=list)

    dossier_read_at = models.DateTimeField(null=True)
    # When the sweep reads it next.
    dossier_due_at = models.DateTimeField(null=True, db_index=True)
    # Somebody is reading it since then; None when nobody is.
    dossier_asked_at = models.DateTimeField(null=True)
    dossier_problem = models.CharField(max_length=300, blank=True)

    # When the owner was asked again by text message, and whether we know that it went out.
    otp_sent_at = models.DateTimeField(null=True)
    otp_is_unsure = models.BooleanField(default=False)
    # Somebody is sending an OTP or a vetting since then, so that a second click waits.
    action_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.sid

    @property
    def bundle_sids(self) -> list[str]:
        return [sid for sid in (self.profile_sid, self.product_sid) if sid]
