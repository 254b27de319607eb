"""Campaigns mirrored before this said nothing about editing: those of other providers cannot be edited at Twilio."""

from django.db import migrations


def mark(apps, schema_editor):
    elsewhere = apps.get_model("campaigns", "Campaign").objects.filter(payload__is_externally_registered=True)
    apps.get_model("reviews", "Review").objects.filter(pk__in=elsewhere.values("review")).update(editable=False)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("reviews", "0006_preparations")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
