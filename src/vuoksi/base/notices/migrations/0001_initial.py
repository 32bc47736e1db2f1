import django.core.serializers.json
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
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60, verbose_name='kind')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('object_id', models.CharField(max_length=40)),
                        ('because_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('because_id', models.CharField(blank=True, max_length=40)),
                        ('tie', models.CharField(blank=True, choices=[('wrote', 'you wrote it'), ('support', 'you support it'), ('follow', 'you follow it'), ('comment', 'you commented on it')], max_length=10, verbose_name='why')),
                        ('chain', models.JSONField(default=list)),
                        ('details', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('at', models.DateTimeField(verbose_name='when')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                        ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                        ('mailed_at', models.DateTimeField(null=True, verbose_name='sent by e-mail')),
                        ('claimed_at', models.DateTimeField(null=True, verbose_name='begun')),
                    ],
                    options={
                        'verbose_name': 'notice',
                        'verbose_name_plural': 'notices',
                        'indexes': [models.Index(fields=['user', 'read_at'], name='notices_not_user_id_3be34e_idx'), models.Index(fields=['mailed_at'], name='notices_not_mailed__49c157_idx'), models.Index(fields=['content_type', 'object_id'], name='notices_not_content_f01b1e_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Letter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60, verbose_name='kind')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('object_id', models.CharField(max_length=40)),
                        ('because_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('because_id', models.CharField(blank=True, max_length=40)),
                        ('tie', models.CharField(blank=True, choices=[('wrote', 'you wrote it'), ('support', 'you support it'), ('follow', 'you follow it'), ('comment', 'you commented on it')], max_length=10, verbose_name='why')),
                        ('chain', models.JSONField(default=list)),
                        ('details', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('at', models.DateTimeField(verbose_name='when')),
                        ('claimed_at', models.DateTimeField(null=True, verbose_name='begun')),
                        ('settled_at', models.DateTimeField(null=True, verbose_name='settled')),
                    ],
                    options={
                        'verbose_name': 'letter',
                        'verbose_name_plural': 'letters',
                        'indexes': [models.Index(fields=['settled_at', 'at'], name='notices_let_settled_3d9380_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Silence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('object_id', models.CharField(max_length=40)),
                        ('at', models.DateTimeField(verbose_name='when')),
                    ],
                    options={
                        'verbose_name': 'silence',
                        'verbose_name_plural': 'silences',
                        'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id'), name='one_silence_a_thing')],
                    },
                ),
                migrations.CreateModel(
                    name='Preference',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(max_length=60)),
                        ('way', models.CharField(choices=[('nothing', 'do not tell me'), ('app', 'here on the site'), ('digest', 'here and in the daily e-mail'), ('weekly', 'here and in the weekly e-mail'), ('at_once', 'here and by e-mail at once')], max_length=10, verbose_name='way')),
                    ],
                    options={
                        'verbose_name': 'notice setting',
                        'verbose_name_plural': 'notice settings',
                        'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='one_way_a_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='WeeklyDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='weekly_notices', to=settings.AUTH_USER_MODEL)),
                        ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='day of the week')),
                    ],
                    options={
                        'verbose_name': 'day of the weekly e-mail',
                        'verbose_name_plural': 'days of the weekly e-mail',
                        'constraints': [models.CheckConstraint(condition=models.Q(('weekday__range', (0, 6))), name='weekday_is_in_the_week')],
                    },
                ),
                migrations.CreateModel(
                    name='Digest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
                        ('day', models.DateField(verbose_name='day')),
                        ('claimed_at', models.DateTimeField(verbose_name='begun')),
                        ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                        ('count', models.PositiveIntegerField(default=0, verbose_name='number of notices')),
                    ],
                    options={
                        'verbose_name': 'digest',
                        'verbose_name_plural': 'digests',
                        'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='one_digest_a_day')],
                    },
                ),
            ],
        ),
    ]
