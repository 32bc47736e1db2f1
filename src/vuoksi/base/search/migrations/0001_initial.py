import vuoksi.base.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40, verbose_name='kind')),
                        ('object_id', models.CharField(max_length=40)),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.TextField()),
                        ('text', models.TextField()),
                    ],
                    options={
                        'verbose_name': 'searchable text',
                        'verbose_name_plural': 'searchable texts',
                        'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'language'), name='one_document_a_language')],
                    },
                ),
            ],
        ),
    ]
