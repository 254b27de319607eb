from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('notifications', '0002_notice_tries'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='taken_at',
            field=models.DateTimeField(null=True),
        ),
    ]
