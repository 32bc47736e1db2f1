import django.db.models.deletion
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('runs', '0001_initial'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Export',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='runs.run')),
                        ('asked_at', models.DateTimeField(verbose_name='asked')),
                        ('file', models.FileField(blank=True, upload_to='exports/', verbose_name='file')),
                        ('size_bytes', models.PositiveBigIntegerField(default=0, verbose_name='size')),
                        ('expires_at', models.DateTimeField(verbose_name='can be downloaded until')),
                    ],
                    options={
                        'verbose_name': 'export of personal data',
                        'verbose_name_plural': 'exports of personal data',
                    },
                ),
                migrations.CreateModel(
                    name='Erasure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('keep_texts', models.BooleanField(verbose_name='public texts stay, without a name')),
                        ('asked_at', models.DateTimeField(verbose_name='asked')),
                        ('due_at', models.DateTimeField(verbose_name='due')),
                        ('cancelled_at', models.DateTimeField(null=True, verbose_name='cancelled')),
                        ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                    ],
                    options={
                        'verbose_name': 'erasure',
                        'verbose_name_plural': 'erasures',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('done_at', None)), fields=('user',), name='one_waiting_erasure_a_person'), models.CheckConstraint(condition=models.Q(('cancelled_at', None), ('done_at', None), _connector='OR'), name='cancelled_erasure_is_not_done'), models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('asked_at'))), name='erasure_is_due_later')],
                    },
                ),
            ],
        ),
    ]
