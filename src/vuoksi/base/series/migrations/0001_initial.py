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
                    name='Store',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=80, unique=True, verbose_name='kind')),
                        ('last_move', models.PositiveBigIntegerField(default=0)),
                        ('synced_version', models.BigIntegerField(default=-1)),
                        ('forgotten_until', models.DateTimeField(null=True)),
                        ('tended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'verbose_name': 'store of measured rows',
                        'verbose_name_plural': 'stores of measured rows',
                    },
                ),
                migrations.CreateModel(
                    name='Batch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='series.store')),
                        ('at', models.DateTimeField(verbose_name='received')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                        ('sender', models.CharField(blank=True, max_length=80, verbose_name='sent by')),
                        ('added', models.PositiveIntegerField(verbose_name='rows')),
                        ('repeated', models.PositiveIntegerField(verbose_name='rows that stood here already')),
                        ('digest', models.CharField(max_length=64)),
                    ],
                    options={
                        'verbose_name': 'batch of measured rows',
                        'verbose_name_plural': 'batches of measured rows',
                        'constraints': [models.CheckConstraint(condition=models.Q(('added__gt', 0)), name='batch_has_rows')],
                    },
                ),
                migrations.CreateModel(
                    name='Key',
                    fields=[
                        ('pk', models.CompositePrimaryKey('store_id', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('store', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='series.store')),
                        ('key', models.BinaryField()),
                        ('day', models.DateField()),
                    ],
                    options={
                        'verbose_name': 'key',
                        'verbose_name_plural': 'keys',
                    },
                ),
                migrations.CreateModel(
                    name='Erasure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to='series.store')),
                        ('column', models.CharField(max_length=80)),
                        ('value', models.JSONField()),
                        ('until_batch', models.BigIntegerField()),
                        ('at', models.DateTimeField(verbose_name='asked')),
                    ],
                    options={
                        'verbose_name': 'erasure of measured rows',
                        'verbose_name_plural': 'erasures of measured rows',
                    },
                ),
                migrations.CreateModel(
                    name='Parcel',
                    fields=[
                        ('batch', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='parcel', serialize=False, to='series.batch')),
                        ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parcels', to='series.store')),
                        ('rows', models.BinaryField()),
                        ('move', models.PositiveBigIntegerField(null=True)),
                    ],
                    options={
                        'verbose_name': 'parcel',
                        'verbose_name_plural': 'parcels',
                    },
                ),
            ],
        ),
    ]
