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
                    name='Batch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='experiments.experiment')),
                        ('origin', models.CharField(choices=[('file', 'file'), ('api', 'API'), ('hand', 'typed in'), ('survey', 'surveys')], max_length=10, verbose_name='origin')),
                        ('digest', models.CharField(max_length=64)),
                        ('count', models.PositiveIntegerField(verbose_name='number of measurements')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='received')),
                    ],
                    options={
                        'verbose_name': 'batch of measurements',
                        'verbose_name_plural': 'batches of measurements',
                        'constraints': [models.UniqueConstraint(fields=('experiment', 'digest'), name='one_batch_a_content')],
                    },
                ),
                migrations.CreateModel(
                    name='Location',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiments.experiment')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('description', models.TextField(blank=True, verbose_name='description')),
                        ('properties', models.JSONField(blank=True, default=dict, verbose_name='properties')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='connected')),
                        ('encoding_type', models.CharField(max_length=100)),
                        ('location', models.JSONField()),
                    ],
                    options={
                        'verbose_name': 'location',
                        'verbose_name_plural': 'locations',
                    },
                ),
                migrations.CreateModel(
                    name='Sensor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiments.experiment')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('description', models.TextField(blank=True, verbose_name='description')),
                        ('properties', models.JSONField(blank=True, default=dict, verbose_name='properties')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='connected')),
                        ('encoding_type', models.CharField(max_length=100)),
                        ('metadata', models.JSONField()),
                    ],
                    options={
                        'verbose_name': 'sensor',
                        'verbose_name_plural': 'sensors',
                    },
                ),
                migrations.CreateModel(
                    name='ObservedProperty',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiments.experiment')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('description', models.TextField(blank=True, verbose_name='description')),
                        ('properties', models.JSONField(blank=True, default=dict, verbose_name='properties')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='connected')),
                        ('definition', models.CharField(max_length=500)),
                    ],
                    options={
                        'verbose_name': 'observed property',
                        'verbose_name_plural': 'observed properties',
                    },
                ),
                migrations.CreateModel(
                    name='Measurement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='experiments.experiment')),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='measurements.batch')),
                        ('measure', models.CharField(blank=True, default='', max_length=30, verbose_name='measure')),
                        ('arm', models.CharField(choices=[('before', 'before'), ('after', 'after'), ('control', 'comparison group'), ('treatment', 'group with the pilot')], max_length=10, verbose_name='arm')),
                        ('unit_code', models.CharField(max_length=60, verbose_name='unit measured')),
                        ('measured_on', models.DateField(verbose_name='measured')),
                        ('value', models.FloatField(verbose_name='value')),
                    ],
                    options={
                        'verbose_name': 'measurement',
                        'verbose_name_plural': 'measurements',
                        'constraints': [models.UniqueConstraint(fields=('experiment', 'measure', 'arm', 'unit_code', 'measured_on'), name='one_value_a_measure_unit_and_day'), models.CheckConstraint(condition=models.Q(models.Q(('unit_code__contains', '@'), _negated=True), models.Q(('unit_code__contains', ' '), _negated=True)), name='unit_is_a_code')],
                    },
                ),
                migrations.CreateModel(
                    name='Thing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiments.experiment')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('description', models.TextField(blank=True, verbose_name='description')),
                        ('properties', models.JSONField(blank=True, default=dict, verbose_name='properties')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='connected')),
                        ('locations', models.ManyToManyField(blank=True, related_name='things', to='measurements.location')),
                    ],
                    options={
                        'verbose_name': 'thing',
                        'verbose_name_plural': 'things',
                    },
                ),
                migrations.CreateModel(
                    name='FeatureOfInterest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiments.experiment')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('description', models.TextField(blank=True, verbose_name='description')),
                        ('properties', models.JSONField(blank=True, default=dict, verbose_name='properties')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='connected')),
                        ('encoding_type', models.CharField(max_length=100)),
                        ('feature', models.JSONField()),
                        ('location', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feature', to='measurements.location')),
                    ],
                    options={
                        'verbose_name': 'feature of interest',
                        'verbose_name_plural': 'features of interest',
                    },
                ),
                migrations.CreateModel(
                    name='Datastream',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiments.experiment')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('description', models.TextField(blank=True, verbose_name='description')),
                        ('properties', models.JSONField(blank=True, default=dict, verbose_name='properties')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='connected')),
                        ('thing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='datastreams', to='measurements.thing')),
                        ('sensor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='datastreams', to='measurements.sensor')),
                        ('observed_property', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='datastreams', to='measurements.observedproperty')),
                        ('observation_type', models.CharField(max_length=200)),
                        ('unit_of_measurement', models.JSONField()),
                        ('observed_area', models.JSONField(blank=True, null=True)),
                        ('arm', models.CharField(blank=True, choices=[('before', 'before'), ('after', 'after'), ('control', 'comparison group'), ('treatment', 'group with the pilot')], max_length=10, verbose_name='arm')),
                        ('unit_code', models.CharField(blank=True, max_length=60, verbose_name='unit measured')),
                        ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                    ],
                    options={
                        'verbose_name': 'datastream',
                        'verbose_name_plural': 'datastreams',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('arm', ''), ('unit_code', '')), models.Q(models.Q(('arm', ''), _negated=True), models.Q(('unit_code', ''), _negated=True)), _connector='OR'), name='datastream_feeds_a_unit_of_an_arm'), models.CheckConstraint(condition=models.Q(models.Q(('unit_code__contains', '@'), _negated=True), models.Q(('unit_code__contains', ' '), _negated=True)), name='unit_of_datastream_is_a_code'), models.UniqueConstraint(condition=models.Q(('arm', ''), _negated=True), fields=('experiment', 'arm', 'unit_code'), name='one_datastream_a_unit_and_arm')],
                    },
                ),
            ],
        ),
    ]
