import django.db.models.deletion
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('people', '__first__'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                        ('object_id', models.CharField(max_length=40)),
                        ('origin', models.CharField(choices=[('report', 'somebody reported it'), ('held', 'the program held it'), ('moderator', 'a moderator saw it'), ('mended', 'its author mended it')], max_length=10, verbose_name='how it began')),
                        ('doubt', models.CharField(blank=True, max_length=20, verbose_name='doubt')),
                        ('state', models.CharField(choices=[('open', 'waits for a decision'), ('decided', 'decided'), ('appealed', 'waits for a decision on an appeal'), ('settled', 'decided on appeal')], default='open', max_length=10, verbose_name='state')),
                        ('opened_at', models.DateTimeField(verbose_name='opened')),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                        ('appealed_at', models.DateTimeField(null=True, verbose_name='appealed')),
                        ('warned_at', models.DateTimeField(null=True)),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                    ],
                    options={
                        'verbose_name': 'moderation case',
                        'verbose_name_plural': 'moderation cases',
                        'indexes': [models.Index(fields=['state', 'opened_at'], name='moderation__state_fc1187_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'appealed'])), fields=('content_type', 'object_id'), name='one_living_case_a_thing'), models.CheckConstraint(condition=models.Q(('state__in', ['appealed', 'decided', 'open', 'settled'])), name='case_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='decided_case_has_its_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='moderation.case')),
                        ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('who', models.CharField(max_length=64)),
                        ('reason', models.CharField(max_length=10, verbose_name='reason')),
                        ('note', models.TextField(blank=True, max_length=1000, verbose_name='in own words')),
                        ('at', models.DateTimeField(verbose_name='reported')),
                    ],
                    options={
                        'verbose_name': 'report',
                        'verbose_name_plural': 'reports',
                        'indexes': [models.Index(fields=['who', 'at'], name='moderation__who_44fbb2_idx')],
                        'constraints': [models.UniqueConstraint(fields=('case', 'who'), name='one_report_a_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='moderation.case')),
                        ('stage', models.CharField(choices=[('first', 'decision'), ('appeal', 'decision on appeal')], max_length=6)),
                        ('outcome', models.CharField(choices=[('keep', 'it is shown'), ('hide', 'it is hidden'), ('mend', 'it is hidden until its author has mended it'), ('remove', 'its text is removed for good')], max_length=6, verbose_name='outcome')),
                        ('reason', models.CharField(max_length=10, verbose_name='rule')),
                        ('words', models.TextField(blank=True, max_length=1000, verbose_name="in the moderator's words")),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('first_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='decided')),
                        ('appeal_until', models.DateTimeField(null=True, verbose_name='appeal until')),
                    ],
                    options={
                        'verbose_name': 'moderation decision',
                        'verbose_name_plural': 'moderation decisions',
                        'constraints': [models.UniqueConstraint(fields=('case', 'stage'), name='one_decision_a_stage'), models.CheckConstraint(condition=models.Q(('by', None), ('first_by', None), models.Q(('by', models.F('first_by')), _negated=True), _connector='OR'), name='appeal_is_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'remove'), _negated=True), ('reason__in', ['illegal', 'personal']), _connector='OR'), name='only_some_reasons_remove'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'keep'), ('reason', 'fine')), models.Q(models.Q(('outcome', 'keep'), _negated=True), models.Q(('reason', 'fine'), _negated=True)), _connector='OR'), name='what_is_fine_is_kept')],
                    },
                ),
                migrations.CreateModel(
                    name='Appeal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to='moderation.case')),
                        ('side', models.CharField(choices=[('author', 'who wrote it'), ('reporter', 'who reported it')], max_length=8, verbose_name='by')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('who', models.CharField(max_length=64)),
                        ('text', models.TextField(max_length=2000, verbose_name='why the decision is wrong')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('at', models.DateTimeField(verbose_name='appealed')),
                    ],
                    options={
                        'verbose_name': 'appeal',
                        'verbose_name_plural': 'appeals',
                        'constraints': [models.UniqueConstraint(fields=('case', 'who'), name='one_appeal_a_person')],
                    },
                ),
            ],
        ),
    ]
