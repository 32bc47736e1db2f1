import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('organisations', '0001_initial'),
        ('people', '__first__'),
        ('strategy', '0001_initial'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Call',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                        ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='strategy.goal', verbose_name='goal')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='organisations.organisation')),
                        ('kind', models.CharField(choices=[('ideas', 'open idea box'), ('challenge', 'a problem’s owner asks'), ('competition', 'innovation competition'), ('experiments', 'call for digital experiments'), ('joint', 'joint call of several cities'), ('accelerator', 'intake of an accelerator')], default='ideas', max_length=12, verbose_name='kind of call')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('summary', models.TextField(max_length=400, verbose_name='in short')),
                        ('need', models.TextField(blank=True, verbose_name='what is needed and why')),
                        ('offer', models.TextField(blank=True, verbose_name='what the city offers')),
                        ('entrants', models.CharField(choices=[('anybody', 'anybody, also without an account'), ('signed_in', 'anybody with an account'), ('staff', 'city staff'), ('companies', 'companies and other organisations')], max_length=12, verbose_name='who may enter')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('closed', 'closed')], default='draft', max_length=10, verbose_name='state')),
                        ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                        ('is_sealed', models.BooleanField(default=False, verbose_name='ideas are sealed until sending ends')),
                        ('unsealed_at', models.DateTimeField(blank=True, null=True, verbose_name='unsealed')),
                        ('answers_due_on', models.DateField(blank=True, null=True, verbose_name='answers promised by')),
                        ('overdue_told_at', models.DateTimeField(blank=True, null=True)),
                        ('are_names_hidden', models.BooleanField(default=False, verbose_name='names of authors are hidden')),
                        ('published_entry_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='published number of entries')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('partners', models.ManyToManyField(blank=True, related_name='joint_calls', to='organisations.organisation', verbose_name='partner cities')),
                    ],
                    options={
                        'verbose_name': 'call',
                        'verbose_name_plural': 'calls',
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['closed', 'draft', 'published'])), name='call_state_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Compared',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40, verbose_name='kind')),
                        ('object_id', models.CharField(max_length=40)),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('digest', models.CharField(max_length=64)),
                    ],
                    options={
                        'verbose_name': 'compared text',
                        'verbose_name_plural': 'compared texts',
                        'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'language'), name='one_compared_text_a_language')],
                    },
                ),
                migrations.CreateModel(
                    name='Phase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='calls.call')),
                        ('kind', models.CharField(choices=[('entry', 'sending ideas'), ('discussion', 'support and discussion'), ('review', 'review'), ('decision', 'answers')], max_length=12, verbose_name='kind')),
                        ('opens_at', models.DateTimeField(verbose_name='opens')),
                        ('closes_at', models.DateTimeField(verbose_name='closes')),
                    ],
                    options={
                        'verbose_name': 'phase',
                        'verbose_name_plural': 'phases',
                        'constraints': [models.UniqueConstraint(fields=('call', 'kind'), name='one_phase_a_kind'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='phase_has_length')],
                    },
                ),
                migrations.CreateModel(
                    name='Category',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='calls.call')),
                        ('slug', models.SlugField(max_length=60)),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('published_entry_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='published number of entries')),
                    ],
                    options={
                        'verbose_name': 'category',
                        'verbose_name_plural': 'categories',
                        'constraints': [models.UniqueConstraint(fields=('call', 'slug'), name='one_category_an_address')],
                    },
                ),
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='calls.call')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                        ('kind', models.CharField(choices=[('short', 'short text'), ('long', 'long text'), ('number', 'number'), ('choice', 'one of several'), ('money', 'sum of money'), ('months', 'length in months'), ('file', 'file')], max_length=10, verbose_name='kind')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('label', models.CharField(max_length=200, verbose_name='question')),
                        ('hint', models.CharField(blank=True, max_length=400, verbose_name='hint')),
                        ('choices', models.TextField(blank=True, verbose_name='choices')),
                        ('is_required', models.BooleanField(default=False, verbose_name='required')),
                        ('max_length', models.PositiveIntegerField(default=2000, verbose_name='longest answer')),
                        ('low', models.IntegerField(blank=True, null=True, verbose_name='at least')),
                        ('high', models.IntegerField(blank=True, null=True, verbose_name='at most')),
                        ('currency', models.CharField(default='EUR', max_length=3, verbose_name='currency')),
                        ('file_kinds', models.CharField(choices=[('any', 'any file that is accepted here'), ('pdf', 'PDF alone'), ('texts', 'texts: PDF, DOCX, ODT, TXT'), ('tables', 'tables: XLSX, CSV'), ('pictures', 'pictures: PNG, JPEG, WebP')], default='any', max_length=8, verbose_name='kinds of file')),
                        ('most_mb', models.PositiveSmallIntegerField(default=10, verbose_name='largest file, MB')),
                    ],
                    options={
                        'verbose_name': 'question',
                        'verbose_name_plural': 'questions',
                        'constraints': [models.UniqueConstraint(fields=('call', 'position'), name='one_question_a_position'), models.CheckConstraint(condition=models.Q(('low__isnull', True), ('high__isnull', True), ('low__lte', models.F('high')), _connector='OR'), name='least_answer_is_not_above_most')],
                    },
                ),
                migrations.CreateModel(
                    name='CallRules',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                        ('text', models.TextField()),
                        ('digest', models.CharField(max_length=64)),
                        ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                        ('reopened', models.PositiveIntegerField(default=0, verbose_name='opened again')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='frozen')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_sets', to='calls.call')),
                    ],
                    options={
                        'verbose_name': 'rules of a call',
                        'verbose_name_plural': 'rules of calls',
                        'constraints': [models.UniqueConstraint(fields=('call', 'number'), name='one_call_rules_a_number'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='changed_call_rules_have_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Posting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='postings', to='calls.compared')),
                        ('term', models.CharField(max_length=40)),
                        ('weight', models.FloatField()),
                    ],
                    options={
                        'verbose_name': 'word of a text',
                        'verbose_name_plural': 'words of texts',
                        'indexes': [models.Index(fields=['term', 'text', 'weight'], name='posting_by_word')],
                        'constraints': [models.UniqueConstraint(fields=('text', 'term'), name='one_posting_a_word')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('visibility', models.CharField(choices=[('shown', 'shown'), ('held', 'held until somebody has looked at it'), ('mend', 'hidden until its author has mended it'), ('hidden', 'hidden by the moderators'), ('removed', 'removed by the moderators')], default='shown', max_length=8, verbose_name='visibility')),
                        ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='hidden')),
                        ('hidden_reason', models.CharField(blank=True, max_length=400, verbose_name='why hidden')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='calls.call')),
                        ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='calls.category')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(blank=True, max_length=160, verbose_name='title')),
                        ('summary', models.TextField(blank=True, max_length=5000, verbose_name='your idea')),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to=settings.AUTH_USER_MODEL)),
                        ('author_email', models.EmailField(blank=True, db_index=True, max_length=254, verbose_name='e-mail address')),
                        ('author_name', models.CharField(blank=True, max_length=120, verbose_name='name shown with the idea')),
                        ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entered_entries', to=settings.AUTH_USER_MODEL)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('sealed', 'sealed until sending ends'), ('submitted', 'waiting for an answer'), ('withdrawn', 'withdrawn'), ('accepted', 'goes forward'), ('refused', 'does not go forward')], default='draft', max_length=10, verbose_name='state')),
                        ('key', models.UUIDField(unique=True)),
                        ('writer', models.UUIDField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(verbose_name='begun')),
                        ('edited_at', models.DateTimeField(verbose_name='edited')),
                        ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                        ('award', models.CharField(blank=True, max_length=200, verbose_name='award')),
                        ('citation', models.TextField(blank=True, max_length=1000, verbose_name='why it is awarded')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'entry',
                        'verbose_name_plural': 'entries',
                        'indexes': [models.Index(fields=['call', '-submitted_at', 'state', 'visibility', 'language'], name='calls_entry_call_id_5d6db4_idx'), models.Index(fields=['-submitted_at'], name='calls_entry_submitt_1f8eee_idx'), models.Index(fields=['call', 'award'], name='calls_entry_call_id_ee8e8b_idx'), models.Index(fields=['language'], name='calls_entry_languag_db3789_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['accepted', 'draft', 'refused', 'sealed', 'submitted', 'withdrawn'])), name='entry_state_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), ('submitted_at__isnull', False), _connector='OR'), name='sent_entry_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('hidden_at', None), ('visibility__in', ['shown', 'held'])), models.Q(('hidden_at__isnull', False), ('visibility__in', ['mend', 'hidden', 'removed']), models.Q(('hidden_reason', ''), _negated=True)), _connector='OR'), name='entry_is_hidden_for_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Response',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='calls.entry')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='calls.question')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('text', models.TextField(verbose_name='answer')),
                        ('attachment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='files.attachment')),
                    ],
                    options={
                        'verbose_name': 'response',
                        'verbose_name_plural': 'responses',
                        'constraints': [models.UniqueConstraint(fields=('entry', 'question'), name='one_response_a_question')],
                    },
                ),
                migrations.CreateModel(
                    name='CoAuthor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_authors', to='calls.entry')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='co_entries', to=settings.AUTH_USER_MODEL)),
                        ('digest', models.CharField(max_length=64, null=True, unique=True)),
                        ('invited_at', models.DateTimeField(verbose_name='invited')),
                        ('expires_at', models.DateTimeField(verbose_name='expires')),
                        ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted')),
                    ],
                    options={
                        'verbose_name': 'co-author',
                        'verbose_name_plural': 'co-authors',
                        'constraints': [models.UniqueConstraint(models.F('entry'), django.db.models.functions.text.Lower('email'), name='one_invitation_an_address')],
                    },
                ),
                migrations.CreateModel(
                    name='EntryLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='calls.call')),
                        ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='calls.entry')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(verbose_name='sent')),
                        ('expires_at', models.DateTimeField(verbose_name='expires')),
                    ],
                    options={
                        'verbose_name': 'entry link',
                        'verbose_name_plural': 'entry links',
                    },
                ),
                migrations.CreateModel(
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='calls.entry')),
                        ('outcome', models.CharField(choices=[('accepted', 'goes forward'), ('refused', 'does not go forward')], max_length=10, verbose_name='outcome')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('text', models.TextField(verbose_name='answer')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='organisations.organisation')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='answered')),
                        ('is_current', models.BooleanField(default=True)),
                    ],
                    options={
                        'verbose_name': 'official answer',
                        'verbose_name_plural': 'official answers',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('entry',), name='one_current_answer')],
                    },
                ),
                migrations.CreateModel(
                    name='Share',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='calls.entry')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='organisations.organisation')),
                        ('outcome', models.CharField(choices=[('accepted', 'goes forward'), ('refused', 'does not go forward')], max_length=10, verbose_name='outcome')),
                        ('amount_eur', models.PositiveIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(100000000)], verbose_name='own share, €')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('text', models.TextField(max_length=4000, verbose_name='reasons')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(verbose_name='decided')),
                    ],
                    options={
                        'verbose_name': 'share of a city',
                        'verbose_name_plural': 'shares of cities',
                        'constraints': [models.UniqueConstraint(fields=('entry', 'organisation'), name='one_share_a_city'), models.CheckConstraint(condition=models.Q(('outcome', 'accepted'), ('amount_eur', 0), _connector='OR'), name='refused_share_has_no_money')],
                    },
                ),
            ],
        ),
    ]
