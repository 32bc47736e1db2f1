import django.core.serializers.json
import django.db.models.deletion
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60, verbose_name='kind')),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='runs', to=settings.AUTH_USER_MODEL)),
                        ('problem', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='problem')),
                        ('engine_version', models.CharField(max_length=40, verbose_name='engine version')),
                        ('seed', models.PositiveBigIntegerField(default=0, verbose_name='seed')),
                        ('limits', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='limits')),
                        ('status', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('cancelled', 'cancelled'), ('failed', 'failed')], default='waiting', max_length=10, verbose_name='status')),
                        ('progress', models.FloatField(default=0, verbose_name='progress')),
                        ('message', models.CharField(blank=True, max_length=200, verbose_name='what it is doing')),
                        ('is_cancel_wanted', models.BooleanField(default=False, verbose_name='asked to stop')),
                        ('result', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='result')),
                        ('bound', models.FloatField(null=True, verbose_name='bound')),
                        ('error', models.TextField(blank=True, verbose_name='error')),
                        ('created_at', models.DateTimeField(verbose_name='created')),
                        ('started_at', models.DateTimeField(null=True, verbose_name='started')),
                        ('heard_at', models.DateTimeField(null=True)),
                        ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                    ],
                    options={
                        'verbose_name': 'run',
                        'verbose_name_plural': 'runs',
                        'constraints': [models.CheckConstraint(condition=models.Q(('progress__gte', 0), ('progress__lte', 1)), name='progress_is_a_share')],
                    },
                ),
                migrations.CreateModel(
                    name='TickLock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('holder', models.CharField(blank=True, max_length=80)),
                        ('taken_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_tick_lock')],
                    },
                ),
            ],
        ),
    ]
