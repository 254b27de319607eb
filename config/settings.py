"""Settings, read from the environment: docs/settings.md explains each name. They import with no environment at all."""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import environ
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config import beat, pool
from config.broker import broker_url
from config.mail import mailers

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- what this installation is ---------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
# A demo plays with the sandbox: made-up customers, printed sign-ins. config.checks refuses it beside anything real.
DEMO = env.bool("REDRESS_DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    SECRET_KEY = "unsafe-" + "key-" * 12 if DEBUG else "missing"
# Fernet keys for the secrets kept in the database, newest first: the first one encrypts, all of them decrypt.
SECRET_KEYS: list[str] = env.list("REDRESS_SECRET_KEYS", default=[])
VAR_DIR = Path(env.str("REDRESS_VAR", default=str(BASE_DIR / "var")))

PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
if PUBLIC_BASE_URL and (_public_host := urlsplit(PUBLIC_BASE_URL).hostname) and _public_host not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_public_host)
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL] if PUBLIC_BASE_URL else []

# --- Twilio ----------------------------------------------------------------------------------------------------------

# Empty: Twilio itself. Otherwise the sandbox, which carries each Twilio host as the first path segment.
TWILIO_API_URL = env.str("TWILIO_API_URL", default="").rstrip("/")
TWILIO_TIMEOUT_SECONDS = env.float("TWILIO_TIMEOUT_SECONDS", default=20.0)
# Before each further try of a read that brought nothing.
TWILIO_READ_AGAIN_SECONDS = [float(s) for s in env.list("TWILIO_READ_AGAIN_SECONDS", default=["0.5", "1.5", "4"])]
# What one account may be asked, over all workers and machines: sync.limits.
TWILIO_READS_PER_SECOND = env.float("TWILIO_READS_PER_SECOND", default=10.0)
TWILIO_READS_AT_ONCE = env.int("TWILIO_READS_AT_ONCE", default=4)
# Calls of whole readings that one worker has under way. Fewer than it has threads, which write meanwhile: sync.lanes.
TWILIO_LANES = env.int("TWILIO_LANES", default=9)
# Twilio asks for one registration call per second at most.
TWILIO_WRITES_PER_SECOND = env.float("TWILIO_WRITES_PER_SECOND", default=1.0)

# The three kinds, reached by nobody below them except through these dotted paths (reviews.kinds).
REVIEW_KINDS = ["brands.remote", "campaigns.remote", "tollfree.remote"]

# How old an answer may grow before the item is asked again, in seconds, by plain status: reviews.schedule. In review
# it leaves a minute of ten for the tick and the queue; settled, 28 hours pay for listing what is new (docs/flows.md).
CHECK_EVERY_SECONDS = {
    "in_review": env.int("CHECK_IN_REVIEW_SECONDS", default=540),
    "needs_fix": env.int("CHECK_REJECTED_SECONDS", default=1800),
    "settled": env.int("CHECK_SETTLED_SECONDS", default=100800),
}
# The same where Twilio's events tell of changes by themselves: asking only finds what they missed.
CHECK_WITH_EVENTS_SECONDS = {
    "in_review": env.int("CHECK_IN_REVIEW_WITH_EVENTS_SECONDS", default=3600),
    "needs_fix": env.int("CHECK_REJECTED_WITH_EVENTS_SECONDS", default=14400),
    "settled": env.int("CHECK_SETTLED_WITH_EVENTS_SECONDS", default=172800),
}
# An account read longer ago than this is said to be stale, everywhere; where events work, by so much later as its
# pause is longer.
STALE_AFTER_SECONDS = env.int("STALE_AFTER_SECONDS", default=129600)
# How many updates Twilio takes of one brand: integrators report three, Twilio gives no number.
BRAND_UPDATES = env.int("BRAND_UPDATES", default=3)
# When an update got no answer: seconds after which the item is read back. The last one decides that it never arrived.
READ_BACK_SECONDS: list[int] = [int(s) for s in env.list("READ_BACK_SECONDS", default=["5", "20", "60", "180"])]

# Twilio's events: the largest body that is taken (Twilio batches up to 64 kB).
EVENT_MAX_BYTES = env.int("EVENT_MAX_BYTES", default=1048576)

# How long is kept what nobody needs for good, in days; history, attempts and the audit trail are never deleted. Each
# function of the list returns what may go by now: sync.prune.
KEEP_POLL_RUNS_DAYS = env.int("KEEP_POLL_RUNS_DAYS", default=30)
KEEP_UNREADABLE_DAYS = env.int("KEEP_UNREADABLE_DAYS", default=90)
KEEP_DISCARDED_DRAFTS_DAYS = env.int("KEEP_DISCARDED_DRAFTS_DAYS", default=30)
EVENT_KEEP_DAYS = env.int("EVENT_KEEP_DAYS", default=30)
PRUNED = [
    "sync.prune.poll_runs",
    "sync.prune.unreadable_payloads",
    "sync.prune.discarded_drafts",
    "sync.prune.events",
]
# What is set right after a clock was wrong: functions of the present moment (sync.clocks).
SET_RIGHT = [
    "sync.clocks.reviews",
    "sync.clocks.attempts",
    "sync.clocks.renewals",
    "sync.clocks.accounts",
    "sync.clocks.streams",
    "sync.clocks.appeals",
    "brands.clocks.papers",
]

# --- Django ----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.StaticFilesConfig",
    "django.forms",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_filters",
    "django_structlog",
    "heroicons",
    "config.apps.ConfigConfig",
    "audit",
    "accounts",
    "reviews",
    "notifications",
    "sync",
    "brands",
    "campaigns",
    "tollfree",
    "sandbox",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.addresses.WithoutNul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.request_log.RequestLog",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reviews.context.desk",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db("DATABASE_URL", default="postgresql://postgres@/redress")}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("Redress runs on PostgreSQL only: DATABASE_URL must start with postgresql://")
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Of one process. A worker's thread holds its connection while it waits for Twilio: there have to be more than threads.
DATABASE_CONNECTIONS = 50
if env.bool("DATABASE_POOL", default=True):
    # A pool tries again after 1, 2, 4, 8 ... seconds and gives up after five minutes; all others wait for it, also when
    # the database is long back. Given up soon, the next caller begins anew.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 0,
        "max_size": DATABASE_CONNECTIONS,
        "timeout": 10,
        "reconnect_timeout": 5,
        "check": pool.check,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

TIME_ZONE = "UTC"
USE_TZ = True
LANGUAGE_CODE = "en-us"
USE_I18N = False

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# Inputs are bounded: the largest honest form is a campaign of five long samples, well under this.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# --- people ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reviews:inbox"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedDoorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are given by an administrator, never by a stranger
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Redress"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 14 * 24 * 3600

MAILERS = mailers(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="redress@localhost")
# Where appeals are mailed unless the person gives another address. Empty: they are copied and sent by hand.
APPEAL_EMAIL = env.str("APPEAL_EMAIL", default="")

# --- security --------------------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# Who may read /metrics: networks, of which the caller's own address has to be one's. config.checks refuses odd ones.
METRICS_ALLOWED_FROM: list[str] = env.list("METRICS_ALLOWED_FROM", default=["127.0.0.0/8", "::1/128"])
# https is the proxy's word in production; a machine of one's own speaks plain http on loopback.
HTTPS = env.bool("REDRESS_HTTPS", default=PUBLIC_BASE_URL.startswith("https://"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Celery ----------------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
# The first that fits counts.
CELERY_TASK_ROUTES = {
    "sync.tasks.fan_out_*": {"queue": "default"},
    "sync.tasks.check_texts": {"queue": "default"},
    "sync.tasks.prune_*": {"queue": "default"},
    "sync.tasks.set_*": {"queue": "default"},
    "sync.tasks.*": {"queue": "twilio"},
    "brands.tasks.fan_out_*": {"queue": "default"},
    "brands.tasks.*": {"queue": "twilio"},
}
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Longer than the longest task: a task still running must not be given to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 3,
    "socket_timeout": 15,
    "socket_keepalive": not REDIS_URL.startswith("unix:"),
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = beat.schedule(env)

# --- logs ------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": (
                # Not the tracebacks with everybody's variables: to show a lazy one would ask a database that is away.
                structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
                if DEBUG
                else structlog.processors.JSONRenderer()
            ),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.processors.format_exc_info,
            ],
        }
    },
    "filters": {"without_secrets": {"()": "config.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # The Twilio library logs whole requests at INFO, texts included.
        "twilio": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,  # a traceback is no JSON until it is text
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
