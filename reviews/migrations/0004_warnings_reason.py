from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_house_rules")]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="warnings_reason",
            field=models.TextField(blank=True, max_length=2000),
        ),
    ]
