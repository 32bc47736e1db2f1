import django.db.models.deletion
import vuoksi.base.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Place',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                        ('kind', models.CharField(choices=[('centre', 'city centre'), ('district', 'district'), ('testbed', 'testbed'), ('library', 'library'), ('site', 'site')], max_length=20, verbose_name='kind')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('name', models.CharField(max_length=160, verbose_name='name')),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('offers', models.TextField(blank=True, verbose_name='what it offers')),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places', to='organisations.organisation')),
                        ('geometry', models.JSONField(verbose_name='shape')),
                        ('west', models.FloatField()),
                        ('south', models.FloatField()),
                        ('east', models.FloatField()),
                        ('north', models.FloatField()),
                        ('is_schematic', models.BooleanField(default=False, verbose_name='schematic outline')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'place',
                        'verbose_name_plural': 'places',
                        'constraints': [models.CheckConstraint(condition=models.Q(('south__lte', models.F('north')), ('west__lte', models.F('east'))), name='box_is_a_box')],
                    },
                ),
            ],
        ),
    ]
