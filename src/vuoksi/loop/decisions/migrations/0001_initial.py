import django.db.models.deletion
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('analyses', '0001_initial'),
        ('experiments', '0001_initial'),
        ('organisations', '0001_initial'),
        ('people', '__first__'),
        ('strategy', '0001_initial'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='experiments.experiment')),
                        ('kind', models.CharField(choices=[('scale', 'scale up'), ('adapt', 'adapt and go on'), ('stop', 'stop'), ('repeat', 'try again'), ('procure', 'procure')], max_length=10, verbose_name='decision')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('reasons', models.TextField(verbose_name='reasons')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='organisations.organisation', verbose_name='decided by')),
                        ('decided_by', models.CharField(max_length=200, verbose_name='deciding office')),
                        ('decided_on', models.DateField(verbose_name='decided')),
                        ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='strategy.action')),
                        ('rule_outcome', models.CharField(blank=True, choices=[('scale', 'scale up'), ('stop', 'stop'), ('inconclusive', 'not decided: measure more'), ('no_rule', 'no rule was fixed')], max_length=14, verbose_name='what the rule said')),
                        ('goes_against_rule', models.BooleanField(default=False, verbose_name='against the rule')),
                        ('against_why', models.TextField(blank=True, verbose_name='why it goes against the rule')),
                        ('learned', models.TextField(blank=True, verbose_name='what the city learned')),
                        ('follow_up_on', models.DateField(blank=True, null=True, verbose_name='day of the follow-up')),
                        ('reminded_of', models.DateField(blank=True, null=True)),
                        ('use', models.CharField(blank=True, choices=[('in_use', 'in use'), ('not_in_use', 'not in use')], max_length=10, verbose_name='use')),
                        ('use_on', models.DateField(blank=True, null=True, verbose_name='found')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('replaced', 'replaced by a later decision')], default='draft', max_length=10, verbose_name='state')),
                        ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('evidence', models.ManyToManyField(blank=True, related_name='decisions', to='analyses.evidence', verbose_name='evidence')),
                    ],
                    options={
                        'verbose_name': 'decision',
                        'verbose_name_plural': 'decisions',
                        'indexes': [models.Index(fields=['state', 'kind', 'use'], name='decisions_d_state_54db0c_idx'), models.Index(fields=['experiment', 'state', 'kind', 'use', 'goes_against_rule', 'decided_on'], name='decisions_d_experim_510443_idx'), models.Index(fields=['state', 'published_at'], name='decisions_d_state_947ba6_idx'), models.Index(fields=['state', 'use', 'use_on'], name='decisions_d_state_80aa10_idx'), models.Index(fields=['decided_on', 'state', 'kind', 'goes_against_rule'], name='decisions_d_decided_faae70_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'replaced'])), name='decision_state_is_known'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('experiment',), name='one_decision_in_force'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('goes_against_rule', False), models.Q(('against_why', ''), _negated=True), _connector='OR'), name='decision_against_the_rule_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('use', ''), ('use_on', None)), models.Q(('use__in', ['in_use', 'not_in_use']), ('use_on__isnull', False)), _connector='OR'), name='use_has_its_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Money',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money', to='experiments.experiment')),
                        ('kind', models.CharField(choices=[('asked', 'asked for'), ('granted', 'granted'), ('spent', 'spent')], max_length=8, verbose_name='kind')),
                        ('amount_eur', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount, EUR')),
                        ('dated_on', models.DateField(verbose_name='day')),
                        ('source', models.CharField(max_length=600, verbose_name='source')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                        ('key', models.CharField(blank=True, max_length=80)),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('taken_back_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                    ],
                    options={
                        'verbose_name': 'amount of money',
                        'verbose_name_plural': 'amounts of money',
                        'indexes': [models.Index(fields=['kind', 'dated_on', 'taken_back_at', 'amount_eur', 'experiment'], name='decisions_m_kind_d568e0_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['asked', 'granted', 'spent'])), name='money_kind_is_known'), models.CheckConstraint(condition=models.Q(('amount_eur__gt', 0)), name='money_is_more_than_nothing'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='money_has_a_source'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('experiment', 'kind', 'key'), name='money_is_taken_over_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Decider',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deciders', to='decisions.decision')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('role', models.CharField(blank=True, max_length=120, verbose_name='role')),
                    ],
                    options={
                        'verbose_name': 'decision-maker',
                        'verbose_name_plural': 'decision-makers',
                        'constraints': [models.UniqueConstraint(fields=('decision', 'position'), name='one_decider_a_position'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='decider_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Dissent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dissents', to='decisions.decision')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('words', models.TextField(verbose_name='other opinion')),
                    ],
                    options={
                        'verbose_name': 'dissent',
                        'verbose_name_plural': 'dissents',
                        'constraints': [models.UniqueConstraint(fields=('decision', 'position'), name='one_dissent_a_position'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='dissent_has_words')],
                    },
                ),
                migrations.CreateModel(
                    name='NextStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='decisions.decision')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='step')),
                        ('due_on', models.DateField(verbose_name='to be done by')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='next_steps', to='organisations.organisation', verbose_name='unit in charge')),
                        ('state', models.CharField(choices=[('open', 'to be done'), ('done', 'done'), ('dropped', 'given up')], default='open', max_length=8, verbose_name='state')),
                        ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled')),
                    ],
                    options={
                        'verbose_name': 'next step',
                        'verbose_name_plural': 'next steps',
                        'indexes': [models.Index(fields=['state', 'due_on'], name='decisions_n_state_3426d3_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['done', 'dropped', 'open'])), name='next_step_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('settled_on', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_on__isnull', False)), _connector='OR'), name='settled_step_has_its_day')],
                    },
                ),
                migrations.CreateModel(
                    name='FollowUp',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='decisions.decision')),
                        ('found_on', models.DateField(verbose_name='day')),
                        ('use', models.CharField(choices=[('in_use', 'in use'), ('not_in_use', 'not in use')], max_length=10, verbose_name='finding')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('text', models.TextField(verbose_name='what was found')),
                        ('value', models.FloatField(blank=True, null=True, verbose_name='figure')),
                        ('counts', models.CharField(blank=True, max_length=120, verbose_name='what the figure counts')),
                        ('source', models.CharField(max_length=600, verbose_name='source')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                    ],
                    options={
                        'verbose_name': 'follow-up',
                        'verbose_name_plural': 'follow-ups',
                        'indexes': [models.Index(fields=['use', 'found_on', 'decision'], name='decisions_f_use_c2cb51_idx'), models.Index(fields=['found_on'], name='decisions_f_found_o_874c6a_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('use__in', ['in_use', 'not_in_use'])), name='follow_up_finds_a_use'), models.CheckConstraint(condition=models.Q(('value', None), models.Q(('counts', ''), _negated=True), _connector='OR'), name='figure_says_what_it_counts'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='follow_up_has_a_source')],
                    },
                ),
            ],
        ),
    ]
