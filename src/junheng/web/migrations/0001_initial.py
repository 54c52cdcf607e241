"""The tables of the desk, and the triggers that guard its events."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from junheng.web.guards import lift_guards, set_guards


def _set(_apps, editor):
    set_guards(editor.connection)


def _lift(_apps, editor):
    lift_guards(editor.connection)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(unique=True, verbose_name='序号')),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('by', models.CharField(max_length=60, verbose_name='登录名')),
                ('by_name', models.CharField(max_length=60, verbose_name='姓名')),
                ('role', models.CharField(max_length=24, verbose_name='角色')),
                ('office', models.CharField(max_length=32, verbose_name='单位')),
                ('office_name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('verb', models.CharField(max_length=60, verbose_name='操作')),
                ('subject', models.CharField(max_length=30, verbose_name='对象类别')),
                ('subject_id', models.CharField(max_length=80, verbose_name='对象编号')),
                ('subject_name', models.CharField(blank=True, max_length=200, verbose_name='对象')),
                ('area', models.CharField(max_length=400, verbose_name='对象所在')),
                ('old', models.JSONField(blank=True, null=True, verbose_name='原值')),
                ('new', models.JSONField(blank=True, null=True, verbose_name='新值')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='来源文件')),
                ('once', models.CharField(blank=True, max_length=80, null=True, unique=True, verbose_name='提交编号')),
                ('before', models.CharField(max_length=64, verbose_name='上一条的校验值')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='校验值')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(fields=['subject', 'subject_id', 'number'], name='event_by_subject'), models.Index(fields=['area'], name='event_by_area', opclasses=['varchar_pattern_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('kind', models.CharField(choices=[('province', '省'), ('city', '市'), ('county', '区县'), ('school', '学校'), ('department', '部门')], max_length=12, verbose_name='类别')),
                ('lineage', models.CharField(editable=False, max_length=400, unique=True)),
                ('active', models.BooleanField(default=True, verbose_name='在用')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='desk.office', verbose_name='上级')),
            ],
            options={
                'ordering': ['lineage'],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=40, verbose_name='台账')),
                ('key', models.CharField(blank=True, max_length=80, verbose_name='编号')),
                ('year', models.PositiveSmallIntegerField(verbose_name='学年')),
                ('round', models.CharField(blank=True, max_length=40, verbose_name='轮次')),
                ('state', models.CharField(max_length=40, verbose_name='状态')),
                ('due', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('data', models.JSONField(blank=True, default=dict, verbose_name='内容')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='更改时间')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='desk.office', verbose_name='承办单位')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases_about', to='desk.office', verbose_name='对象')),
            ],
            options={
                'ordering': ['register', '-year', 'subject__lineage', 'key'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, unique=True, verbose_name='登录名')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='办公电话')),
                ('role', models.CharField(choices=[('school_clerk', '学校填报员'), ('principal', '校长'), ('county_officer', '区县填报管理员'), ('county_leader', '区县领导'), ('city_officer', '市级管理员'), ('city_leader', '市领导'), ('inspector', '督导'), ('department', '部门（财政、编办、人社等）'), ('administrator', '系统管理员')], max_length=24, verbose_name='角色')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('must_change_password', models.BooleanField(default=True, verbose_name='下次登录须改密码')),
                ('password_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='密码更改时间')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='desk.office', verbose_name='单位')),
            ],
            options={
                'ordering': ['office__lineage', 'username'],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='种类')),
                ('title', models.CharField(blank=True, max_length=160, verbose_name='名称')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='学年')),
                ('official', models.BooleanField(default=False, verbose_name='正式')),
                ('settings', models.JSONField(blank=True, default=dict, verbose_name='设置')),
                ('snapshot', models.CharField(blank=True, max_length=200, verbose_name='封存')),
                ('fingerprint', models.CharField(blank=True, max_length=64, verbose_name='事实指纹')),
                ('state', models.CharField(choices=[('queued', '排队'), ('running', '进行中'), ('done', '完成'), ('failed', '失败'), ('cancelled', '已取消')], default='queued', max_length=12, verbose_name='状态')),
                ('permille', models.PositiveSmallIntegerField(default=0, verbose_name='进度（千分之）')),
                ('doing', models.CharField(blank=True, max_length=200, verbose_name='正在做')),
                ('error', models.TextField(blank=True, verbose_name='失败原因')),
                ('receipt', models.JSONField(blank=True, null=True, verbose_name='回执')),
                ('folder', models.CharField(blank=True, max_length=120, verbose_name='结果文件夹')),
                ('worker', models.CharField(blank=True, max_length=80, verbose_name='执行者')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('queued_at', models.DateTimeField(auto_now_add=True, verbose_name='安排时间')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='开始时间')),
                ('alive_at', models.DateTimeField(blank=True, null=True, verbose_name='最近活动')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='安排人')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='desk.office', verbose_name='范围')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='标题')),
                ('state', models.CharField(max_length=40, verbose_name='状态')),
                ('starts', models.DateField(blank=True, null=True, verbose_name='开始')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='结束')),
                ('folder', models.CharField(blank=True, max_length=120, verbose_name='冻结的文件夹')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='校验值')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='desk.office', verbose_name='发布单位')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='desk.run', verbose_name='测算')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=40, verbose_name='用途')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('kind', models.CharField(max_length=20, verbose_name='类型')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='校验值')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='desk.case', verbose_name='案卷')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['case', 'purpose'], name='attachment_by_purpose')],
            },
        ),
        migrations.AddConstraint(
            model_name='office',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['province', 'city', 'county', 'school', 'department'])), name='office_kind_known'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['register', 'year', 'state'], name='case_by_state'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['register', 'due'], name='case_by_due'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('register', 'year', 'round', 'subject', 'key'), name='case_once'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['school_clerk', 'principal', 'county_officer', 'county_leader', 'city_officer', 'city_leader', 'inspector', 'department', 'administrator'])), name='user_role_known'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['state', 'id'], name='run_by_state'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['kind', 'state', 'year'], name='run_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed', 'cancelled'])), name='run_state_known'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('receipt__isnull', False), _connector='OR'), name='run_done_with_receipt'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('starts__isnull', True), ('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='publication_ends_after_start'),
        ),
        migrations.RunPython(_set, _lift),
    ]
