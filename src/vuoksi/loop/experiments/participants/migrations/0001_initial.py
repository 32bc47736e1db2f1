import django.db.models.deletion
import uuid
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
                    name='Recruitment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recruitment', to='experiments.experiment')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('seeking', models.TextField(verbose_name='who is sought')),
                        ('tasks', models.TextField(verbose_name='what you do')),
                        ('duration', models.TextField(verbose_name='how long it takes')),
                        ('reward', models.TextField(blank=True, verbose_name='what you get')),
                        ('contact', models.TextField(verbose_name='whom to ask')),
                        ('capacity', models.PositiveSmallIntegerField(verbose_name='number of places')),
                        ('answer_days', models.PositiveSmallIntegerField(default=5, verbose_name='days to take an offered place')),
                        ('youngest', models.PositiveSmallIntegerField(default=18, verbose_name='youngest age')),
                        ('guardian_below', models.PositiveSmallIntegerField(default=18, verbose_name='a guardian agrees for those younger than')),
                        ('closes_on', models.DateField(blank=True, null=True, verbose_name='last day to join')),
                        ('state', models.CharField(choices=[('draft', 'being prepared'), ('open', 'open'), ('closed', 'closed')], default='draft', max_length=8, verbose_name='state')),
                        ('opened_at', models.DateTimeField(null=True, verbose_name='opened')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'recruitment',
                        'verbose_name_plural': 'recruitments',
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['closed', 'draft', 'open'])), name='recruitment_state_is_known'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 5000)), name='recruitment_has_places'), models.CheckConstraint(condition=models.Q(('answer_days__gte', 1)), name='offered_place_waits_a_day'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('opened_at', None), _negated=True), _connector='OR'), name='opened_recruitment_says_when')],
                    },
                ),
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recruitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='participants.recruitment')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('question', models.CharField(max_length=300, verbose_name='question')),
                        ('choices', models.TextField(verbose_name='answers')),
                        ('qualifying', models.JSONField(default=list, verbose_name='answers that qualify')),
                        ('unfit_words', models.CharField(max_length=400, verbose_name='what those are told who do not fit')),
                    ],
                    options={
                        'verbose_name': 'eligibility question',
                        'verbose_name_plural': 'eligibility questions',
                        'constraints': [models.UniqueConstraint(fields=('recruitment', 'position'), name='one_eligibility_question_a_position')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recruitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='participants.recruitment')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(verbose_name='sent')),
                        ('expires_at', models.DateTimeField(verbose_name='expires')),
                        ('used_at', models.DateTimeField(null=True, verbose_name='used')),
                    ],
                    options={
                        'verbose_name': 'invitation to take part',
                        'verbose_name_plural': 'invitations to take part',
                    },
                ),
                migrations.CreateModel(
                    name='KeyKeeper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recruitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keepers', to='participants.recruitment')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('named_at', models.DateTimeField(verbose_name='named')),
                    ],
                    options={
                        'verbose_name': 'keeper of the key',
                        'verbose_name_plural': 'keepers of the key',
                        'constraints': [models.UniqueConstraint(fields=('recruitment', 'user'), name='one_keeper_a_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Participant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recruitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='participants.recruitment')),
                        ('code', models.CharField(max_length=16, verbose_name='code')),
                        ('page', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('needs_guardian', models.BooleanField(default=False, verbose_name='a guardian agrees')),
                        ('state', models.CharField(choices=[('applied', 'waits for a guardian'), ('waiting', 'on the waiting list'), ('offered', 'has been offered a place'), ('joined', 'takes part'), ('completed', 'has completed'), ('no_show', 'did not come'), ('withdrawn', 'has withdrawn'), ('lapsed', 'did not get a place')], default='applied', max_length=10, verbose_name='state')),
                        ('joined_at', models.DateTimeField(verbose_name='came')),
                        ('changed_at', models.DateTimeField(verbose_name='state since')),
                        ('offer_ends_at', models.DateTimeField(null=True, verbose_name='offer ends')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'participant',
                        'verbose_name_plural': 'participants',
                        'constraints': [models.UniqueConstraint(fields=('recruitment', 'code'), name='one_participant_a_code'), models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'completed', 'joined', 'lapsed', 'no_show', 'offered', 'waiting', 'withdrawn'])), name='participant_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('offer_ends_at__isnull', False), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('offer_ends_at', None)), _connector='OR'), name='only_an_offer_ends')],
                    },
                ),
                migrations.CreateModel(
                    name='ConsentVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recruitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consent_versions', to='participants.recruitment')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                        ('legal_basis', models.CharField(choices=[('consent', 'consent (GDPR, article 6(1)(a))'), ('explicit', 'explicit consent (GDPR, articles 6(1)(a) and 9(2)(a))'), ('public_task', 'research in the public interest (GDPR, article 6(1)(e)), with consent to take part')], max_length=12, verbose_name='legal basis')),
                        ('on_withdrawal', models.CharField(choices=[('erase', 'what was gathered about you is erased'), ('keep', 'what was gathered is kept, and nobody can tell any more whose it is')], max_length=6, verbose_name='when somebody withdraws')),
                        ('retention_days', models.PositiveSmallIntegerField(verbose_name='days that answers and the key are kept after the end')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'in force'), ('replaced', 'replaced by a later one')], default='draft', max_length=10, verbose_name='state')),
                        ('published_at', models.DateTimeField(null=True, verbose_name='published')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'version of the consent',
                        'verbose_name_plural': 'versions of the consent',
                        'constraints': [models.UniqueConstraint(fields=('recruitment', 'number'), name='one_consent_version_a_number'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('recruitment',), name='one_consent_version_in_force'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'replaced'])), name='consent_version_state_is_known'), models.CheckConstraint(condition=models.Q(('retention_days__lte', 1825)), name='consent_keeps_five_years_at_most'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), models.Q(('published_at', None), _negated=True)), _connector='OR'), name='consent_version_says_when')],
                    },
                ),
                migrations.CreateModel(
                    name='Survey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recruitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='participants.recruitment')),
                        ('moment', models.CharField(choices=[('before', 'before'), ('after', 'after')], max_length=6, verbose_name='when')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('intro', models.TextField(blank=True, verbose_name='what to know before answering')),
                        ('reminder_days', models.PositiveSmallIntegerField(default=5, verbose_name='days between reminders')),
                        ('state', models.CharField(choices=[('draft', 'being prepared'), ('open', 'open'), ('closed', 'closed')], default='draft', max_length=8, verbose_name='state')),
                        ('opened_at', models.DateTimeField(null=True, verbose_name='opened')),
                        ('is_published', models.BooleanField(default=False, verbose_name='its summary is published')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'survey',
                        'verbose_name_plural': 'surveys',
                        'constraints': [models.UniqueConstraint(fields=('recruitment', 'moment'), name='one_survey_before_and_one_after'), models.CheckConstraint(condition=models.Q(('state__in', ['closed', 'draft', 'open'])), name='survey_state_is_known'), models.CheckConstraint(condition=models.Q(('reminder_days__gte', 1)), name='reminders_are_a_day_apart')],
                    },
                ),
                migrations.CreateModel(
                    name='Place',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recruitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='participants.recruitment')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='place')),
                        ('participant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='place', to='participants.participant')),
                    ],
                    options={
                        'verbose_name': 'place',
                        'verbose_name_plural': 'places',
                        'constraints': [models.UniqueConstraint(fields=('recruitment', 'number'), name='one_participant_a_place'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='places_are_numbered_from_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Key',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='key', to='participants.participant')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('link_expires_at', models.DateTimeField(verbose_name='link expires')),
                        ('guardian_name', models.CharField(blank=True, max_length=120, verbose_name='guardian')),
                        ('guardian_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address of the guardian')),
                        ('guardian_digest', models.CharField(blank=True, max_length=64)),
                        ('guardian_expires_at', models.DateTimeField(null=True, verbose_name="guardian's link expires")),
                    ],
                    options={
                        'verbose_name': 'key of a participant',
                        'verbose_name_plural': 'key of participants',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('guardian_digest', ''), _negated=True), fields=('guardian_digest',), name='one_link_a_guardian')],
                    },
                ),
                migrations.CreateModel(
                    name='ConsentText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='participants.consentversion')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('purpose', models.TextField(verbose_name='what for')),
                        ('gathered', models.TextField(verbose_name='what is gathered')),
                        ('access', models.TextField(verbose_name='who sees it')),
                        ('retention', models.TextField(verbose_name='how long it is kept')),
                        ('risks', models.TextField(blank=True, verbose_name='what to think of')),
                        ('digest', models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        'verbose_name': 'text of the consent',
                        'verbose_name_plural': 'texts of the consent',
                        'constraints': [models.UniqueConstraint(fields=('of', 'language'), name='one_consent_text_a_language')],
                    },
                ),
                migrations.CreateModel(
                    name='Item',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='participants.survey')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('kind', models.CharField(choices=[('one', 'one of several answers'), ('several', 'any of several answers'), ('number', 'a number on a scale'), ('text', 'a short text')], max_length=8, verbose_name='kind of answer')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('text', models.CharField(blank=True, max_length=400, verbose_name='question')),
                        ('choices', models.TextField(blank=True, verbose_name='answers')),
                        ('least', models.SmallIntegerField(default=1, verbose_name='lowest number')),
                        ('most', models.SmallIntegerField(default=5, verbose_name='highest number')),
                        ('least_words', models.CharField(blank=True, max_length=80, verbose_name='what the lowest number means')),
                        ('most_words', models.CharField(blank=True, max_length=80, verbose_name='what the highest number means')),
                        ('scale', models.CharField(blank=True, max_length=12, verbose_name='scale')),
                        ('is_reversed', models.BooleanField(default=False, verbose_name='reversed: a high number means less')),
                        ('is_required', models.BooleanField(default=False, verbose_name='an answer is required')),
                    ],
                    options={
                        'verbose_name': 'question of a survey',
                        'verbose_name_plural': 'questions of surveys',
                        'constraints': [models.UniqueConstraint(fields=('survey', 'position'), name='one_item_a_position'), models.CheckConstraint(condition=models.Q(('least__gte', 0), ('least__lt', models.F('most')), ('most__lte', 10)), name='item_has_a_range'), models.CheckConstraint(condition=models.Q(('kind__in', ['one', 'several', 'number', 'text'])), name='item_kind_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Response',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='participants.survey')),
                        ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='participants.participant')),
                        ('loose_code', models.CharField(blank=True, max_length=16)),
                        ('answers', models.JSONField(default=dict, verbose_name='answers')),
                        ('invited_at', models.DateTimeField(verbose_name='invited')),
                        ('reminded_at', models.DateTimeField(null=True, verbose_name='reminded')),
                        ('reminders', models.PositiveSmallIntegerField(default=0, verbose_name='reminders')),
                        ('saved_at', models.DateTimeField(null=True, verbose_name='saved')),
                        ('submitted_at', models.DateTimeField(null=True, verbose_name='sent in')),
                    ],
                    options={
                        'verbose_name': 'response to a survey',
                        'verbose_name_plural': 'responses to surveys',
                        'constraints': [models.UniqueConstraint(fields=('survey', 'participant'), name='one_response_a_participant'), models.CheckConstraint(condition=models.Q(models.Q(('loose_code', ''), ('participant__isnull', False)), models.Q(('participant', None), models.Q(('loose_code', ''), _negated=True)), _connector='OR'), name='response_has_a_participant_or_a_loose_code')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='participants.participant')),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='participants.consenttext')),
                        ('by', models.CharField(choices=[('self', 'the participant'), ('guardian', 'a guardian')], max_length=8, verbose_name='by')),
                        ('digest', models.CharField(max_length=64)),
                        ('given_at', models.DateTimeField(verbose_name='given')),
                        ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn')),
                    ],
                    options={
                        'verbose_name': 'consent',
                        'verbose_name_plural': 'consents',
                        'constraints': [models.UniqueConstraint(fields=('participant', 'text', 'by'), name='one_consent_a_text_and_giver'), models.CheckConstraint(condition=models.Q(('digest', ''), _negated=True), name='consent_has_the_digest_of_its_text')],
                    },
                ),
            ],
        ),
    ]
