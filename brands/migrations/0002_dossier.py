import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Now, Substr


def fill_what_the_payload_knows(apps, schema_editor):
    """The brands mirrored so far: their A2P bundle, and their dossier to be read."""
    product_sid = Coalesce(KeyTextTransform("a2p_profile_bundle_sid", "payload"), Value(""))
    apps.get_model("brands", "Brand").objects.update(product_sid=Substr(product_sid, 1, 34), dossier_due_at=Now())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("brands", "0001_initial"),
    ]

    operations = [
        migrations.RenameModel("CustomerProfile", "Bundle"),
        migrations.AlterField(
            "bundle",
            "account",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="bundles", to="accounts.twilioaccount"
            ),
        ),
        migrations.AddField("bundle", "kind", models.CharField(default="customer_profile", max_length=20)),
        migrations.AddField("bundle", "evaluation", models.JSONField(null=True)),
        migrations.AddField("bundle", "read_at", models.DateTimeField(null=True)),
        migrations.AddField("bundle", "edited_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="Entity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sid", models.CharField(max_length=34)),
                ("type", models.CharField(blank=True, max_length=80)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("attributes", models.JSONField(default=dict)),
                ("tax_number", models.CharField(blank=True, max_length=40)),
                (
                    "bundle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entities", to="brands.bundle"
                    ),
                ),
            ],
            options={
                "ordering": ["bundle", "pk"],
                "constraints": [models.UniqueConstraint(fields=["bundle", "sid"], name="one_entity_each")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("tax_number", ""), _negated=True),
                        fields=["tax_number"],
                        name="entity_tax_number",
                    )
                ],
            },
        ),
        migrations.AddField("brand", "product_sid", models.CharField(blank=True, db_index=True, default="", max_length=34), preserve_default=False),
        migrations.AddField("brand", "vettings", models.JSONField(default=list)),
        migrations.AddField("brand", "dossier_read_at", models.DateTimeField(null=True)),
        migrations.AddField("brand", "dossier_due_at", models.DateTimeField(db_index=True, null=True)),
        migrations.AddField("brand", "dossier_asked_at", models.DateTimeField(null=True)),
        migrations.AddField("brand", "dossier_problem", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
        migrations.AddField("brand", "otp_sent_at", models.DateTimeField(null=True)),
        migrations.AddField("brand", "otp_is_unsure", models.BooleanField(default=False)),
        migrations.AddField("brand", "action_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill_what_the_payload_knows, migrations.RunPython.noop),
    ]
