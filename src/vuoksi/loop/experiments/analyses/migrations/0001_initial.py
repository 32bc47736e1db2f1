import django.core.serializers.json
import django.db.models.deletion
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('experiments', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Analysis',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='analyses', to='experiments.experiment')),
                        ('problem', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='problem')),
                        ('result', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='result')),
                        ('more', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('data_digest', models.CharField(max_length=64)),
                        ('data_stamp', models.CharField(blank=True, max_length=80)),
                        ('engine_version', models.CharField(max_length=40, verbose_name='engine version')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='computed')),
                    ],
                    options={
                        'verbose_name': 'analysis',
                        'verbose_name_plural': 'analyses',
                        'constraints': [models.UniqueConstraint(fields=('experiment', 'data_digest', 'engine_version'), name='one_analysis_of_the_same_data')],
                    },
                ),
                migrations.CreateModel(
                    name='Look',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='experiments.experiment')),
                        ('problem', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='problem')),
                        ('result', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='result')),
                        ('data_digest', models.CharField(max_length=64)),
                        ('engine_version', models.CharField(max_length=40, verbose_name='engine version')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='computed')),
                    ],
                    options={
                        'verbose_name': 'look on the way',
                        'verbose_name_plural': 'looks on the way',
                        'constraints': [models.UniqueConstraint(fields=('experiment', 'data_digest', 'engine_version'), name='one_look_at_the_same_data')],
                    },
                ),
                migrations.CreateModel(
                    name='Synthesis',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='synthesis', to='experiments.question')),
                        ('problem', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='problem')),
                        ('result', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='result')),
                        ('apart', models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('engine_version', models.CharField(max_length=40, verbose_name='engine version')),
                        ('at', models.DateTimeField(verbose_name='computed')),
                    ],
                    options={
                        'verbose_name': 'synthesis',
                        'verbose_name_plural': 'syntheses',
                    },
                ),
                migrations.CreateModel(
                    name='Evidence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='experiments.experiment')),
                        ('analysis', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='analyses.analysis')),
                        ('finding', models.CharField(choices=[('better', 'it helped'), ('worse', 'it did harm'), ('none', 'no clear effect')], max_length=10, verbose_name='finding')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('claim', models.TextField(verbose_name='what it shows')),
                        ('limits', models.TextField(blank=True, verbose_name='what it cannot show')),
                        ('effect', models.FloatField(verbose_name='effect')),
                        ('low', models.FloatField(verbose_name='low')),
                        ('high', models.FloatField(verbose_name='high')),
                        ('unit', models.CharField(max_length=40, verbose_name='unit')),
                        ('level', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='grade')),
                        ('facts', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('reasons', models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('published_at', models.DateTimeField(verbose_name='published')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                    ],
                    options={
                        'verbose_name': 'evidence',
                        'verbose_name_plural': 'evidence',
                        'constraints': [models.UniqueConstraint(fields=('analysis',), name='one_evidence_an_analysis'), models.CheckConstraint(condition=models.Q(('level', None), ('level__range', (1, 5)), _connector='OR'), name='grade_from_one_to_five'), models.CheckConstraint(condition=models.Q(('high__gte', models.F('effect')), ('low__lte', models.F('effect'))), name='effect_in_its_interval')],
                    },
                ),
            ],
        ),
    ]
