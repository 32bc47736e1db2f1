import django.db.models.deletion
import uuid
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('indicators', '0001_initial'),
        ('organisations', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Story',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(verbose_name='to')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                    ],
                    options={
                        'verbose_name': 'story',
                        'verbose_name_plural': 'stories',
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='term_has_length')],
                    },
                ),
                migrations.CreateModel(
                    name='Roadmap',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roadmaps', to='organisations.organisation')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'roadmap',
                        'verbose_name_plural': 'roadmaps',
                    },
                ),
                migrations.CreateModel(
                    name='Chapter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chapters', to='strategy.story')),
                        ('slug', models.SlugField(max_length=60, verbose_name='address')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                        ('number', models.CharField(blank=True, max_length=10, verbose_name='number')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('body', models.TextField(blank=True, verbose_name='text')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='chapters', to='organisations.organisation')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'chapter',
                        'verbose_name_plural': 'chapters',
                        'constraints': [models.UniqueConstraint(fields=('story', 'slug'), name='one_chapter_an_address'), models.UniqueConstraint(fields=('story', 'position'), name='one_chapter_a_position')],
                    },
                ),
                migrations.CreateModel(
                    name='ImpactMap',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                        ('roadmap', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='impact_maps', to='strategy.roadmap')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'impact map',
                        'verbose_name_plural': 'impact maps',
                    },
                ),
                migrations.CreateModel(
                    name='QuotedParagraph',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('chapter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotes', to='strategy.chapter')),
                        ('anchor', models.CharField(max_length=40)),
                        ('text', models.TextField(verbose_name='text')),
                    ],
                    options={
                        'verbose_name': 'quoted paragraph',
                        'verbose_name_plural': 'quoted paragraphs',
                        'constraints': [models.UniqueConstraint(fields=('chapter', 'anchor'), name='one_quote_an_anchor')],
                    },
                ),
                migrations.CreateModel(
                    name='Goal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                        ('chapter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='strategy.chapter')),
                        ('roadmap', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='strategy.roadmap')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'goal',
                        'verbose_name_plural': 'goals',
                        'constraints': [models.CheckConstraint(condition=models.Q(('chapter__isnull', False), ('roadmap__isnull', False), _connector='OR'), name='goal_has_a_home')],
                    },
                ),
                migrations.CreateModel(
                    name='ImpactNode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('map', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nodes', to='strategy.impactmap')),
                        ('slug', models.SlugField(max_length=60)),
                        ('stage', models.CharField(choices=[('lever', 'lever'), ('early', 'early outcome'), ('late', 'late outcome'), ('impact', 'impact')], max_length=10, verbose_name='stage')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='impact_nodes', to='indicators.indicator')),
                        ('leads_to', models.ManyToManyField(blank=True, related_name='comes_from', to='strategy.impactnode')),
                    ],
                    options={
                        'verbose_name': 'step of an impact map',
                        'verbose_name_plural': 'steps of impact maps',
                        'constraints': [models.UniqueConstraint(fields=('map', 'slug'), name='one_node_an_address')],
                    },
                ),
                migrations.CreateModel(
                    name='Target',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='strategy.goal')),
                        ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='indicators.indicator')),
                        ('operator', models.CharField(choices=[('at_least', 'at least'), ('at_most', 'at most'), ('above', 'more than'), ('below', 'less than')], max_length=10, verbose_name='comparison')),
                        ('value', models.FloatField(blank=True, null=True, verbose_name='value')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                        ('baseline_value', models.FloatField(blank=True, null=True, verbose_name='baseline')),
                        ('baseline_on', models.DateField(blank=True, null=True, verbose_name='date of the baseline')),
                        ('baseline_method', models.CharField(blank=True, max_length=120, verbose_name='method of the baseline')),
                        ('stale_after_days', models.PositiveIntegerField(default=1096, verbose_name='days until a figure is too old')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('note', models.CharField(blank=True, max_length=400, verbose_name='note')),
                        ('is_headline', models.BooleanField(default=False, verbose_name='on the first page')),
                        ('told_state', models.CharField(blank=True, editable=False, max_length=20)),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'target',
                        'verbose_name_plural': 'targets',
                        'constraints': [models.UniqueConstraint(fields=('goal', 'indicator', 'due_on'), name='one_target_a_due_date'), models.UniqueConstraint(condition=models.Q(('due_on', None)), fields=('goal', 'indicator'), name='one_target_without_date'), models.CheckConstraint(condition=models.Q(models.Q(('baseline_on', None), ('baseline_value', None)), models.Q(('baseline_on__isnull', False), ('baseline_value__isnull', False)), _connector='OR'), name='baseline_is_whole'), models.CheckConstraint(condition=models.Q(('baseline_on', None), ('due_on', None), ('baseline_on__lt', models.F('due_on')), _connector='OR'), name='baseline_before_due'), models.CheckConstraint(condition=models.Q(('stale_after_days__gte', 1)), name='figure_stays_fresh_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Action',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                        ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='strategy.goal')),
                        ('code', models.CharField(blank=True, max_length=20, verbose_name='number')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=300, verbose_name='title')),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='organisations.organisation')),
                        ('responsible', models.CharField(blank=True, max_length=200, verbose_name='responsible')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                        ('budget_eur', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='budget, EUR')),
                        ('expected_effect', models.CharField(blank=True, max_length=300, verbose_name='expected effect')),
                        ('is_decided', models.BooleanField(default=True, verbose_name='decided')),
                        ('state', models.CharField(choices=[('planned', 'planned'), ('ongoing', 'under way'), ('paused', 'paused'), ('done', 'done'), ('stopped', 'stopped')], default='planned', max_length=10, verbose_name='state')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('partners', models.ManyToManyField(blank=True, related_name='partner_actions', to='organisations.organisation')),
                    ],
                    options={
                        'verbose_name': 'action',
                        'verbose_name_plural': 'actions',
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['done', 'ongoing', 'paused', 'planned', 'stopped'])), name='action_state_is_known'), models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='action_ends_after_start')],
                    },
                ),
                migrations.CreateModel(
                    name='ActionUpdate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='strategy.action')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('text', models.TextField(verbose_name='text')),
                        ('state', models.CharField(choices=[('planned', 'planned'), ('ongoing', 'under way'), ('paused', 'paused'), ('done', 'done'), ('stopped', 'stopped')], max_length=10, verbose_name='state')),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='when')),
                        ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                    ],
                    options={
                        'verbose_name': 'update',
                        'verbose_name_plural': 'updates',
                    },
                ),
            ],
        ),
    ]
