"""The one settings file, and the only reader of the environment (see `.env.example`)."""

import mimetypes
import os
from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF

from servicejournal.storage import address

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

env = environ.Env()
env.read_env(BASE_DIR / ".env")

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # those before it
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The journal's own settings
READER_ACCESS = env.str("READER_ACCESS", default="public")  # or "members": 内部资料
INDEXED = env.bool("INDEXED", default=True)  # off: open to whoever comes, in no search engine
REVIEW_DAYS = env.int("REVIEW_DAYS", default=7)
# Every absolute address names it, never the host that a request claims: `web.site`.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
BRANCH_ENDORSEMENT = env.bool("BRANCH_ENDORSEMENT", default=False)  # 单位负责人签审
REGISTRATIONS_PER_HOUR = env.int("REGISTRATIONS_PER_HOUR", default=30)  # from one address
REJECTED_DAYS = env.int(
    "REJECTED_DAYS", default=730
)  # then a text that was not taken goes; 0: never
RATE_LIMITS = env.float("RATE_LIMITS", default=1.0)  # times what `web.turnstile` lets through
# The store of readers' pages: a folder of this machine, which may be thrown away at any time.
PAGES_ROOT = env.path("PAGES_ROOT", default=str(VAR / "pages"))
# On where a server in front serves them itself: then a process looks every second, asked or not.
PAGES_WATCHED = env.bool("PAGES_WATCHED", default=False)
PAGES_AHEAD = env.bool("PAGES_AHEAD", default=True)  # what came out is drawn before it is asked for
PAGES_FRESH = 1.0  # seconds after which a process asks again whether something else is out
COUNTS_EVERY = env.float("COUNTS_EVERY", default=10.0)  # seconds; 0: each look is written at once
DEMO = env.bool("DEMO", default=False)  # scenes of the demo: links that sign anybody in
FONT_DIR = env.str("FONT_DIR", default="")  # faces of the print PDF; the system's where empty

INSTALLED_APPS = [
    "servicejournal",
    "articles",
    "issues",
    "servicejournal.django_apps.JournalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servicejournal.django_apps.JournalStaticFilesConfig",
    "ckeditor",
    "simple_history",
    "django_tasks",
    "servicejournal.django_apps.JournalTasksConfig",
    "axes",
    "django_otp",
    "servicejournal.django_apps.JournalTotpConfig",
    "servicejournal.django_apps.JournalStaticCodesConfig",
]

MIDDLEWARE = [
    "servicejournal.web.asked.Middleware",
    "servicejournal.web.machines.Probes",
    "issues.reading.serving.Middleware",
    "servicejournal.web.csp.Files",
    "servicejournal.web.secret_addresses.Middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "servicejournal.web.whereabouts.Whereabouts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "servicejournal.web.crowd.Middleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "servicejournal.web.database_away.Middleware",
    "servicejournal.web.turnstile.Middleware",
    "servicejournal.web.by_button.Middleware",
    "articles.letters.post.after_a_click",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "servicejournal.urls"
WSGI_APPLICATION = "servicejournal.wsgi.application"
# What a request passes before any middleware (`wsgi`): readers' pages that are at hand.
BEFORE_DJANGO = "issues.reading.door.Door"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "servicejournal.masthead.in_every_page",
                "articles.writing.views.notices.in_every_page",
            ],
        },
    },
]

VAR.mkdir(exist_ok=True)
# Quoted, because a folder's name may hold % or +.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{quote(str(VAR / 'db.sqlite3'))}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: two writers queue for the lock instead of failing halfway through a transaction.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # One that is away is known to be so in seconds: by default calls wait minutes for a machine
    # that is gone, and hours on a connection to it.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        **DATABASES["default"].get("OPTIONS", {}),
    }
    # A thread keeps its connection: a new one costs PostgreSQL a process, and a request 5 ms. One
    # that was cut off meanwhile is found out before it is used.
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_KEPT", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default="webmaster@localhost")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)  # seconds
TASK_QUEUE = env.str("TASK_QUEUE", default="database")  # or "immediate"
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TASK_QUEUE == "immediate"
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "letters"],  # `servicejournal.errands.LETTERS`
    }
}

HTTPS = env.bool("HTTPS", default=True)

AUTH_USER_MODEL = "servicejournal.User"
AUTHENTICATION_BACKENDS = [
    "servicejournal.accounts.guessing.Gate",
    "servicejournal.backends.RoleBackend",
]
# The first hashes; the others are what accounts of earlier days still have, until they sign in.
PASSWORD_HASHERS = [
    "servicejournal.accounts.hashing.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Passwords as a bank's rules ask; each rule is a switch (`accounts.passwords`).
PASSWORD_LENGTH = env.int("PASSWORD_LENGTH", default=10)
PASSWORD_CLASSES = env.int("PASSWORD_CLASSES", default=3)  # of four; 1: no such rule
PASSWORD_NOT_LAST = env.int("PASSWORD_NOT_LAST", default=5)  # 0: no such rule
PASSWORD_DAYS = env.int("PASSWORD_DAYS", default=90)  # 0: never too old
# Words of the house, as letters: what is made of them alone is no password. Empty: no such rule.
_OURS = ["fuwu", "wenhua", "zhuankan", "service", "journal", "bank", "yinhang", "zhihang", "admin"]
PASSWORD_WORDS = env.list("PASSWORD_WORDS", default=_OURS)
_PASSWORDS = "servicejournal.accounts.passwords"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": f"{_PASSWORDS}.OfSeveralClasses"},
    {"NAME": f"{_PASSWORDS}.NotOfOurWords"},
    {"NAME": f"{_PASSWORDS}.NotOneOfTheLast"},
]
CSRF_FAILURE_VIEW = "articles.writing.views.admission.csrf_failure"
# One-time links to set a password: on a slip of paper that somebody carries to a branch, by mail.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
MAILED_LINK_HOURS = env.int("MAILED_LINK_HOURS", default=24)

# Guesses of passwords and codes an hour, counted in the database: `accounts.guessing`.
GUESSES_PER_ACCOUNT = env.int("GUESSES_PER_ACCOUNT", default=10)  # from one address
# Against all accounts; a fifth of them by registering, so that neither way shuts the other.
GUESSES_PER_ADDRESS = env.int("GUESSES_PER_ADDRESS", default=50)
AXES_FAILURE_LIMIT = GUESSES_PER_ACCOUNT
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # so that nobody shuts others out
AXES_HANDLER = "servicejournal.accounts.guessing.Handler"
AXES_USERNAME_CALLABLE = "servicejournal.accounts.guessing.name_of"
AXES_CLIENT_IP_CALLABLE = "servicejournal.accounts.guessing.address_of"
AXES_LOCKOUT_CALLABLE = "servicejournal.accounts.guessing.please_wait"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time to wait is told, and holds
AXES_DISABLE_ACCESS_LOG = True  # the record has it
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

# Of whom a second factor is demanded: "chiefs" (chief editors, administrators), "staff", "nobody".
SECOND_FACTOR = env.str("SECOND_FACTOR", default="chiefs" if HTTPS else "nobody")
OTP_TOTP_ISSUER = "服务文化专刊"  # beside the code on the telephone
SECOND_FACTOR_MINUTES = env.int("SECOND_FACTOR_MINUTES", default=60)  # asked again after that

# A letter to who signed in from where they never did, after long, or after wrong passwords.
SIGN_IN_LETTERS = env.bool("SIGN_IN_LETTERS", default=True)

# A visit ends when nothing happens for so long, and at last after so many hours: `web.visits`.
SESSION_ENGINE = "servicejournal.web.visits"
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 3600

# Single sign-on by OpenID Connect; off while there is no issuer: `accounts.single_sign_on`.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_USERNAME_CLAIM = env.str("OIDC_USERNAME_CLAIM", default="preferred_username")
OIDC_CREATE = env.bool("OIDC_CREATE", default=False)  # an account for whoever has none
OIDC_LABEL = env.str("OIDC_LABEL", default="统一身份认证")

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "submissions"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
# What Django says in Chinese with gaps and in its own terms, said as an editor would.
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR / "media"))
# Where it is set, files lie in a store that speaks S3 and all machines share, not in MEDIA_ROOT.
STORAGE_URL = env.str("STORAGE_URL", default="")
# On where nginx hands out files that were asked for here (X-Accel-Redirect).
FILES_BY_NGINX = env.bool("FILES_BY_NGINX", default=False)
STORAGES = {
    "default": {
        "BACKEND": "servicejournal.storage.bucket.Bucket",
        "OPTIONS": address.options(STORAGE_URL),
    }
    if STORAGE_URL
    else {"BACKEND": "servicejournal.storage.disk.Disk"},
    "staticfiles": {"BACKEND": "servicejournal.storage.static_files.Named"},
}
# CKEditor loads its plugins by their plain names.
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# Browsers take rules of what to make ready under this name only. Django's own server asks Python.
WHITENOISE_MIMETYPES = {".speculationrules": "application/speculationrules+json"}
mimetypes.add_type("application/speculationrules+json", ".speculationrules")

# Limits of one request: a form of thousands of fields or a body of hundreds of megabytes is refused
# before any of our code sees it; the desk's largest (an issue of a hundred articles being made up)
# has some hundreds. `web.too_large` gives the words back.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 30
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:  # no neighbour under the same domain sets cookies of these names for us
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# How many servers of ours stand in front and add to X-Forwarded-For: `web/whereabouts.py`.
PROXIES = env.int("PROXIES", default=1 if HTTPS else 0)
SECURE_REFERRER_POLICY = "same-origin"
# Beneath these the address is the permission: `web.secret_addresses`. Forms there bear no token,
# which a browser's silence about where it comes from would make Django refuse.
SECRET_ADDRESSES = ("/look/",)
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "report-uri": ["/policy-reports/"],  # what `web.reports` takes
        "report-to": ["policy"],
    }
}

# W001 warns that CKEditor 4 gets no more security fixes. The journal's owner chose it; what
# contains it (one cleaning place, removed plugins, a policy for its pages) is in docs/security.md.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]
CKEDITOR_BASEPATH = f"{STATIC_URL}ckeditor/ckeditor/"

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOG_FORMAT = env.str("LOG_FORMAT", default="text")  # or "json": a line each, for what collects them
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "servicejournal.standing.logs.Discreet"}},
    "formatters": {
        "text": {"()": "servicejournal.standing.logs.Text"},
        "json": {"()": "servicejournal.standing.logs.Json"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_FORMAT == "json" else "text",
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Django's own console would tell them once more, as they came.
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "axes": {"level": "WARNING"},  # each sign-in in three lines; the record has them
        "pikepdf": {"level": "WARNING"},  # each process that starts says that it has it
    },
}

# Figures for Prometheus at /metrics: for machines at these addresses, or who knows the token.
METRICS = env.bool("METRICS", default=False)
METRICS_FROM = env.list("METRICS_FROM", default=["127.0.0.1", "::1"])
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# Where the processes of one server share them; deploy/gunicorn.conf.py makes it.
METRICS_FOLDER = env.str("PROMETHEUS_MULTIPROC_DIR", default="")
if not METRICS_FOLDER:  # the library takes "" for the folder that it is started in, and fills it
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)
# Faults of the program go to a server that speaks Sentry's protocol, without words or cookies.
SENTRY_DSN = env.str("SENTRY_DSN", default="")
