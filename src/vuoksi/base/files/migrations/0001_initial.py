import django.db.models.deletion
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('people', '__first__'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('object_id', models.CharField(max_length=40)),
                        ('file', models.FileField(upload_to='attachments/', verbose_name='file')),
                        ('name', models.CharField(max_length=160, verbose_name='name')),
                        ('media_type', models.CharField(max_length=100, verbose_name='type')),
                        ('size_bytes', models.PositiveIntegerField(verbose_name='size')),
                        ('digest', models.CharField(max_length=64)),
                        ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('uploaded_at', models.DateTimeField(verbose_name='uploaded')),
                    ],
                    options={
                        'verbose_name': 'attachment',
                        'verbose_name_plural': 'attachments',
                        'indexes': [models.Index(fields=['content_type', 'object_id'], name='files_attac_content_28f0a4_idx')],
                    },
                ),
            ],
        ),
    ]
