import django.db.models.deletion
import uuid
import vuoksi.base.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('experiments', '0001_initial'),
        ('organisations', '0001_initial'),
        ('people', '__first__'),
        ('places', '0001_initial'),
    ]

    operations = [
        vuoksi.base.migrating.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Testbed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='as_testbed', to='places.place', verbose_name='place')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='testbeds', to='organisations.organisation', verbose_name='unit in charge')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=160, verbose_name='name')),
                        ('summary', models.TextField(verbose_name='in short')),
                        ('rules', models.TextField(blank=True, verbose_name='rules')),
                        ('contact', models.TextField(verbose_name='how to ask')),
                        ('needs_checklist', models.BooleanField(default=True, verbose_name='checklist needed before a start')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'open for bookings'), ('closed', 'closed')], default='draft', max_length=10, verbose_name='state')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'testbed',
                        'verbose_name_plural': 'testbeds',
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['closed', 'draft', 'published'])), name='testbed_state_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='AgreementTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, verbose_name='address')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('text', models.TextField(verbose_name='text')),
                        ('is_offered', models.BooleanField(default=True, verbose_name='offered now')),
                        ('created_at', models.DateTimeField(verbose_name='written')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                    ],
                    options={
                        'verbose_name': 'agreement template',
                        'verbose_name_plural': 'agreement templates',
                        'constraints': [models.UniqueConstraint(fields=('key', 'number', 'language'), name='one_template_a_version_and_language')],
                    },
                ),
                migrations.CreateModel(
                    name='FilledChecklist',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='checklist', to='experiments.experiment')),
                        ('questions', models.PositiveSmallIntegerField(verbose_name='version of the questions')),
                        ('answers', models.JSONField(default=dict, verbose_name='answers')),
                        ('assessment', models.CharField(blank=True, max_length=300, verbose_name='where the impact assessment is kept')),
                        ('review', models.CharField(blank=True, max_length=300, verbose_name='ethics committee and its statement')),
                        ('state', models.CharField(choices=[('open', 'being filled in'), ('signed', 'signed off')], default='open', max_length=8, verbose_name='state')),
                        ('filled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('filled_at', models.DateTimeField(verbose_name='filled in')),
                        ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                        ('signer_role', models.CharField(blank=True, choices=[('data_protection', 'data protection officer or contact'), ('ethics', 'contact for research ethics'), ('head', 'head of the unit in charge')], max_length=20, verbose_name='in which role')),
                        ('signed_at', models.DateTimeField(null=True, verbose_name='signed off')),
                        ('signed_digest', models.CharField(blank=True, max_length=64)),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'checklist of an experiment',
                        'verbose_name_plural': 'checklists of experiments',
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'signed'])), name='checklist_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_digest', ''), ('state', 'open')), models.Q(('state', 'signed'), models.Q(('signed_at', None), _negated=True), models.Q(('signed_digest', ''), _negated=True), models.Q(('signer_role', ''), _negated=True)), _connector='OR'), name='signed_checklist_says_by_whom')],
                    },
                ),
                migrations.CreateModel(
                    name='Offering',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('testbed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='testbeds.testbed')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('kind', models.CharField(choices=[('premises', 'premises'), ('poles', 'poles and masts'), ('sensors', 'sensors'), ('data', 'data'), ('panel', "residents' panel"), ('other', 'other')], max_length=10, verbose_name='kind')),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('title', models.CharField(max_length=160, verbose_name='name')),
                        ('summary', models.TextField(blank=True, verbose_name='in short')),
                        ('units', models.PositiveSmallIntegerField(verbose_name='number of units')),
                        ('slot', models.CharField(choices=[('hour', 'an hour'), ('half_day', 'half a day'), ('day', 'a day'), ('week', 'a week')], max_length=8, verbose_name='booked by')),
                        ('weekdays', models.CharField(max_length=7, verbose_name='opening days')),
                        ('opens_hour', models.PositiveSmallIntegerField(default=8, verbose_name='opens at')),
                        ('closes_hour', models.PositiveSmallIntegerField(default=16, verbose_name='closes at')),
                        ('lead_days', models.PositiveSmallIntegerField(default=0, verbose_name='days of notice')),
                        ('price_cents', models.PositiveIntegerField(blank=True, null=True, verbose_name='price of a unit and slot, cents')),
                        ('price_note', models.CharField(blank=True, max_length=200, verbose_name='what the price covers')),
                        ('needs_approval', models.BooleanField(default=True, verbose_name='a booking needs approval')),
                        ('is_offered', models.BooleanField(default=True, verbose_name='offered now')),
                        ('source', models.CharField(blank=True, max_length=600, verbose_name='source')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'offering',
                        'verbose_name_plural': 'offerings',
                        'constraints': [models.CheckConstraint(condition=models.Q(('units__gte', 1), ('units__lte', 500)), name='offering_has_units'), models.CheckConstraint(condition=models.Q(('closes_hour__lte', 24), ('opens_hour__lt', models.F('closes_hour'))), name='offering_opens_before_it_closes'), models.CheckConstraint(condition=models.Q(('weekdays__regex', '^1?2?3?4?5?6?7?$'), models.Q(('weekdays', ''), _negated=True)), name='offering_has_opening_days'), models.CheckConstraint(condition=models.Q(('slot__in', ['hour', 'half_day', 'day', 'week'])), name='offering_slot_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='experiments.experiment')),
                        ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='organisations.organisation', verbose_name='partner')),
                        ('testbed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='testbeds.testbed', verbose_name='testbed')),
                        ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='testbeds.agreementtemplate', verbose_name='template')),
                        ('values', models.JSONField(default=dict, verbose_name='what is filled in')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('sent', 'waits for signatures'), ('signed', 'signed'), ('declined', 'declined')], default='draft', max_length=10, verbose_name='state')),
                        ('text', models.TextField(blank=True, verbose_name='text')),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(verbose_name='begun')),
                        ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                        ('ended_at', models.DateTimeField(null=True, verbose_name='signed or declined')),
                        ('reason', models.TextField(blank=True, verbose_name='why it was declined')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'agreement',
                        'verbose_name_plural': 'agreements',
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['declined', 'draft', 'sent', 'signed'])), name='agreement_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('sent_at', None), ('state', 'draft'), ('text', '')), models.Q(models.Q(('state', 'draft'), _negated=True), models.Q(('digest', ''), _negated=True), models.Q(('text', ''), _negated=True), models.Q(('sent_at', None), _negated=True)), _connector='OR'), name='sent_agreement_is_frozen')],
                    },
                ),
                migrations.CreateModel(
                    name='Party',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='testbeds.agreement')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                        ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                        ('signer_title', models.CharField(blank=True, max_length=120, verbose_name='in which role')),
                        ('signed_at', models.DateTimeField(null=True, verbose_name='signed')),
                        ('signed_digest', models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        'verbose_name': 'party of an agreement',
                        'verbose_name_plural': 'parties of agreements',
                        'constraints': [models.UniqueConstraint(fields=('agreement', 'organisation'), name='one_signature_a_party'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_digest', '')), models.Q(models.Q(('signed_at', None), _negated=True), models.Q(('signed_digest', ''), _negated=True)), _connector='OR'), name='signature_has_a_digest')],
                    },
                ),
                migrations.CreateModel(
                    name='Booking',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('offering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='testbeds.offering')),
                        ('experiment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='experiments.experiment')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='organisations.organisation', verbose_name='for')),
                        ('starts_at', models.DateTimeField(verbose_name='from')),
                        ('ends_at', models.DateTimeField(verbose_name='to')),
                        ('units', models.PositiveSmallIntegerField(verbose_name='number of units')),
                        ('purpose', models.TextField(verbose_name='what for')),
                        ('price_cents', models.PositiveIntegerField(null=True, verbose_name='price, cents')),
                        ('state', models.CharField(choices=[('requested', 'waits for an answer'), ('approved', 'approved'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('cancelled', 'cancelled')], default='requested', max_length=10, verbose_name='state')),
                        ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('requested_at', models.DateTimeField(verbose_name='asked')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='answered')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demo data')),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'booking',
                        'verbose_name_plural': 'bookings',
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['approved', 'cancelled', 'refused', 'requested', 'withdrawn'])), name='booking_state_is_known'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='booking_has_length'), models.CheckConstraint(condition=models.Q(('units__gte', 1)), name='booking_has_units'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'cancelled']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='booking_refusal_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='BookedSlot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='testbeds.booking')),
                        ('offering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='booked_slots', to='testbeds.offering')),
                        ('unit_number', models.PositiveSmallIntegerField(verbose_name='unit')),
                        ('slot_start', models.DateTimeField(verbose_name='from')),
                        ('slot_end', models.DateTimeField(verbose_name='to')),
                    ],
                    options={
                        'verbose_name': 'booked slot',
                        'verbose_name_plural': 'booked slots',
                        'indexes': [models.Index(fields=['offering', 'slot_start'], name='slots_of_an_offering')],
                        'constraints': [models.UniqueConstraint(fields=('offering', 'unit_number', 'slot_start'), name='one_booking_a_unit_and_slot'), models.CheckConstraint(condition=models.Q(('unit_number__gte', 1)), name='units_are_numbered_from_one'), models.CheckConstraint(condition=models.Q(('slot_end__gt', models.F('slot_start'))), name='slot_has_length')],
                    },
                ),
            ],
        ),
    ]
