import django.db.models.deletion
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Indicator',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=80, unique=True, verbose_name='key')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('description', models.TextField(blank=True, verbose_name='description')),
                        ('unit', models.CharField(max_length=40, verbose_name='unit')),
                        ('better', models.CharField(choices=[('up', 'more is better'), ('down', 'less is better'), ('neither', 'neither is better')], max_length=10, verbose_name='better')),
                        ('interval', models.CharField(blank=True, max_length=80, verbose_name='how often it is measured')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='organisations.organisation', verbose_name='responsible unit')),
                        ('data_owner', models.CharField(blank=True, max_length=160, verbose_name='data owner')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('is_from_code', models.BooleanField(default=False, verbose_name='measured by this platform')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'indicator',
                        'verbose_name_plural': 'indicators',
                    },
                ),
                migrations.CreateModel(
                    name='Observation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='indicators.indicator')),
                        ('start', models.DateField(verbose_name='from')),
                        ('end', models.DateField(verbose_name='to')),
                        ('value', models.FloatField(verbose_name='value')),
                        ('low', models.FloatField(blank=True, null=True, verbose_name='low')),
                        ('high', models.FloatField(blank=True, null=True, verbose_name='high')),
                        ('method', models.CharField(max_length=120, verbose_name='method')),
                        ('kind', models.CharField(choices=[('measured', 'published'), ('preliminary', 'preliminary'), ('derived', 'derived from published figures'), ('forecast', 'forecast')], default='measured', max_length=12, verbose_name='kind')),
                        ('source', models.CharField(max_length=600, verbose_name='source')),
                        ('note', models.CharField(blank=True, max_length=400, verbose_name='note')),
                        ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('published_at', models.DateTimeField(verbose_name='published')),
                        ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='indicators.observation')),
                        ('is_current', models.BooleanField(default=True, verbose_name='current')),
                    ],
                    options={
                        'verbose_name': 'observation',
                        'verbose_name_plural': 'observations',
                        'indexes': [models.Index(fields=['indicator', 'is_current', 'end'], name='indicators__indicat_52b2ec_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('indicator', 'start', 'end', 'method'), name='one_current_figure'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='period_has_length'), models.CheckConstraint(condition=models.Q(('low', None), ('low__lte', models.F('value')), _connector='OR'), name='low_is_low'), models.CheckConstraint(condition=models.Q(('high', None), ('high__gte', models.F('value')), _connector='OR'), name='high_is_high')],
                    },
                ),
            ],
        ),
    ]
