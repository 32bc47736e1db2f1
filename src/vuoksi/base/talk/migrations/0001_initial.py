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
                    name='Comment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('visibility', models.CharField(choices=[('shown', 'shown'), ('held', 'held until somebody has looked at it'), ('mend', 'hidden until its author has mended it'), ('hidden', 'hidden by the moderators'), ('removed', 'removed by the moderators')], default='shown', max_length=8, verbose_name='visibility')),
                        ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='hidden')),
                        ('hidden_reason', models.CharField(blank=True, max_length=400, verbose_name='why hidden')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('object_id', models.CharField(max_length=40)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to=settings.AUTH_USER_MODEL)),
                        ('anchor', models.CharField(blank=True, max_length=40)),
                        ('language', models.CharField(max_length=8, verbose_name='language')),
                        ('text', models.TextField(verbose_name='comment')),
                        ('written_at', models.DateTimeField(verbose_name='written')),
                        ('key', models.UUIDField(unique=True)),
                        ('reply_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='talk.comment')),
                        ('is_official', models.BooleanField(default=False, verbose_name='official answer')),
                    ],
                    options={
                        'verbose_name': 'comment',
                        'verbose_name_plural': 'comments',
                        'indexes': [models.Index(fields=['content_type', 'object_id', 'written_at'], name='talk_commen_content_2c766d_idx'), models.Index(fields=['author', 'written_at'], name='talk_commen_author__94642b_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('hidden_at', None), ('visibility__in', ['shown', 'held'])), models.Q(('hidden_at__isnull', False), ('visibility__in', ['mend', 'hidden', 'removed']), models.Q(('hidden_reason', ''), _negated=True)), _connector='OR'), name='comment_is_hidden_for_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Support',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('object_id', models.CharField(max_length=40)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'support',
                        'verbose_name_plural': 'supports',
                        'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'user'), name='one_support_a_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Follow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                        ('object_id', models.CharField(max_length=40)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'follow',
                        'verbose_name_plural': 'follows',
                        'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'user'), name='one_follow_a_person')],
                    },
                ),
            ],
        ),
    ]
