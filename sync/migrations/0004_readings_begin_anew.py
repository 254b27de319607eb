from django.db import migrations


class Migration(migrations.Migration):
    """Stages follow each other in another order now: whoever stopped on the way would leave one out."""

    dependencies = [
        ('sync', '0003_polling'),
    ]

    operations = [
        migrations.RunSQL("UPDATE sync_pollrun SET cursor = '{}' WHERE cursor <> '{}'", migrations.RunSQL.noop),
    ]
