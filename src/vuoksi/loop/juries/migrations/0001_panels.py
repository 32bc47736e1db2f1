import django.core.validators
import django.db.models.deletion
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('calls', '0001_initial'),
        ('people', '__first__'),
        ('runs', '0001_initial'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Panel',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='calls.call')),
                        ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='calls.category', verbose_name='category')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=120, verbose_name='title')),
                        ('way', models.CharField(choices=[('scores', 'experts score on criteria'), ('ranks', 'a jury puts finalists in an order')], max_length=8, verbose_name='way of judging')),
                        ('places', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='places to give')),
                        ('reviews_wanted', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='reviews for each entry')),
                        ('is_blind', models.BooleanField(default=False, verbose_name='reviewers do not see who wrote an entry')),
                        ('guidance', models.TextField(blank=True, max_length=2000, verbose_name='what is judged by')),
                        ('due_at', models.DateTimeField(verbose_name='judged by')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('open', 'judging'), ('locked', 'locked for discussion'), ('concluded', 'concluded')], default='draft', max_length=10, verbose_name='state')),
                        ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='opened')),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('concluded_at', models.DateTimeField(blank=True, null=True, verbose_name='concluded')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('entries', models.ManyToManyField(blank=True, related_name='panels', to='calls.entry')),
                    ],
                    options={
                        'verbose_name': 'panel',
                        'verbose_name_plural': 'panels',
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['concluded', 'draft', 'locked', 'open'])), name='panel_state_is_known'), models.CheckConstraint(condition=models.Q(('places__gte', 1)), name='panel_has_places')],
                    },
                ),
                migrations.CreateModel(
                    name='Criterion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='juries.panel')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('label', models.CharField(max_length=160, verbose_name='criterion')),
                        ('hint', models.CharField(blank=True, max_length=400, verbose_name='what to look at')),
                        ('weight', models.PositiveSmallIntegerField(default=1, verbose_name='weight')),
                        ('anchors', models.TextField(verbose_name='what each point means')),
                    ],
                    options={
                        'verbose_name': 'criterion',
                        'verbose_name_plural': 'criteria',
                        'constraints': [models.UniqueConstraint(fields=('panel', 'position'), name='one_criterion_a_position'), models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='criterion_has_weight')],
                    },
                ),
                migrations.CreateModel(
                    name='Juror',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jurors', to='juries.panel')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='juror_in', to=settings.AUTH_USER_MODEL)),
                        ('expertise', models.CharField(blank=True, max_length=400, verbose_name='knows about')),
                        ('languages', models.CharField(default='fi,sv,en', max_length=60, verbose_name='reads')),
                        ('most_reviews', models.PositiveSmallIntegerField(default=20, verbose_name='reviews at most')),
                    ],
                    options={
                        'verbose_name': 'juror',
                        'verbose_name_plural': 'jurors',
                        'constraints': [models.UniqueConstraint(fields=('panel', 'user'), name='one_seat_a_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Remark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='juries.panel')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='calls.entry')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text', models.TextField(max_length=4000, verbose_name='remark')),
                        ('at', models.DateTimeField(verbose_name='said')),
                    ],
                    options={
                        'verbose_name': 'remark',
                        'verbose_name_plural': 'remarks',
                        'indexes': [models.Index(fields=['panel', 'entry'], name='juries_rema_panel_i_0e2bc1_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='RuleSet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                        ('text', models.TextField()),
                        ('digest', models.CharField(max_length=64)),
                        ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                        ('reopened', models.PositiveIntegerField(default=0, verbose_name='opened again')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='frozen')),
                        ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_sets', to='juries.panel')),
                    ],
                    options={
                        'verbose_name': 'rules',
                        'verbose_name_plural': 'rules',
                        'constraints': [models.UniqueConstraint(fields=('panel', 'number'), name='one_rule_set_a_number'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='changed_rules_have_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Conflict',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('juror', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='juries.juror')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='calls.entry')),
                        ('found', models.CharField(choices=[('declared', 'declared by the juror'), ('author', 'wrote the idea'), ('organisation', 'belongs to the same organisation as an author'), ('co_author', 'wrote another idea together with an author')], default='declared', max_length=12, verbose_name='how it was found')),
                        ('reason', models.CharField(blank=True, max_length=400, verbose_name='why')),
                        ('at', models.DateTimeField(verbose_name='declared')),
                    ],
                    options={
                        'verbose_name': 'conflict of interest',
                        'verbose_name_plural': 'conflicts of interest',
                        'constraints': [models.UniqueConstraint(fields=('juror', 'entry'), name='one_conflict_a_pair')],
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='juries.juror')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='calls.entry')),
                        ('state', models.CharField(choices=[('asked', 'asked for'), ('sent', 'sent'), ('declined', 'given up: conflict of interest')], default='asked', max_length=10, verbose_name='state')),
                        ('language', models.CharField(default='fi', max_length=8, verbose_name='language')),
                        ('to_author', models.TextField(blank=True, max_length=4000, verbose_name='to the author')),
                        ('to_jury', models.TextField(blank=True, max_length=4000, verbose_name='to the jury alone')),
                        ('asked_at', models.DateTimeField(verbose_name='asked for')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'review',
                        'verbose_name_plural': 'reviews',
                        'constraints': [models.UniqueConstraint(fields=('juror', 'entry'), name='one_review_a_pair'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'declined', 'sent'])), name='review_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='sent_review_has_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Placing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placings', to='juries.juror')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placings', to='calls.entry')),
                        ('place', models.PositiveSmallIntegerField(verbose_name='place')),
                    ],
                    options={
                        'verbose_name': 'placing',
                        'verbose_name_plural': 'placings',
                        'constraints': [models.UniqueConstraint(fields=('juror', 'entry'), name='one_place_an_entry'), models.UniqueConstraint(fields=('juror', 'place'), name='one_entry_a_place'), models.CheckConstraint(condition=models.Q(('place__gte', 1)), name='places_start_at_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Ranking',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rankings', to='juries.panel')),
                        ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='runs.run')),
                        ('rules', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='juries.ruleset')),
                        ('result', models.JSONField()),
                        ('digest', models.CharField(max_length=64)),
                        ('at', models.DateTimeField(verbose_name='computed')),
                    ],
                    options={
                        'verbose_name': 'ranking',
                        'verbose_name_plural': 'rankings',
                        'indexes': [models.Index(models.OrderBy(models.F('at'), descending=True), name='newest_ranking_first')],
                    },
                ),
                migrations.CreateModel(
                    name='Score',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='juries.review')),
                        ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='juries.criterion')),
                        ('value', models.PositiveSmallIntegerField(verbose_name='points')),
                    ],
                    options={
                        'verbose_name': 'score',
                        'verbose_name_plural': 'scores',
                        'constraints': [models.UniqueConstraint(fields=('review', 'criterion'), name='one_score_a_criterion'), models.CheckConstraint(condition=models.Q(('value__gte', 1)), name='score_is_a_point')],
                    },
                ),
            ],
        ),
    ]
