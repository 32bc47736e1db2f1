import django.db.models.deletion
import vuoksi.base.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Translation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('object_id', models.CharField(max_length=40)),
                        ('field', models.CharField(max_length=40, verbose_name='field')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('text', models.TextField(verbose_name='text')),
                        ('state', models.CharField(choices=[('machine', 'translated by a machine'), ('human', 'translated by a person'), ('reviewed', 'reviewed')], max_length=10, verbose_name='state')),
                        ('source_digest', models.CharField(max_length=64)),
                        ('edited_at', models.DateTimeField(verbose_name='edited')),
                    ],
                    options={
                        'verbose_name': 'translation',
                        'verbose_name_plural': 'translations',
                        'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'field', 'language'), name='one_text_a_language')],
                    },
                ),
            ],
        ),
    ]
