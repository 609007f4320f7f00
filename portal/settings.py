"""Settings of the portal, read from the environment only; the README tells each variable.

Two modes: a real installation (the default), and the demonstration (`PORTAL_DEMO=1`) with a database,
files and secret of its own. What is missing or wrong stops the start with a sentence for the operator.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _wrong(name: str, what: str) -> ImproperlyConfigured:
    """Build the error that names the variable, what is wrong with it and where to read about it."""
    return ImproperlyConfigured(f"Biến môi trường {name} {what}. Xem mục “Cài đặt thật” trong README.md.")


def _required(name: str, meaning: str) -> str:
    """Return a variable that has no default, or stop with its name and meaning."""
    if not (value := env.str(name, default="").strip()):
        raise _wrong(name, f"chưa được đặt ({meaning})")
    return value


def _read(reader: Callable[..., Any], name: str, default: object) -> Any:
    """Read a variable, or stop with its name when the value cannot be understood; an empty one was left out."""
    if not env.str(name, default="").strip():
        os.environ.pop(name, None)
    try:
        return reader(name, default=default)
    except (KeyError, ValueError, ImproperlyConfigured) as error:
        raise _wrong(name, f"có giá trị không đọc được: {error}") from error


def _flag(name: str, *, default: bool) -> bool:
    """Read a yes or no; any other word stops the start instead of quietly meaning no."""
    value = env.str(name, default="").strip().lower()
    if value not in {"", "1", "true", "yes", "0", "false", "no"}:
        raise _wrong(name, f"chỉ nhận 1 hoặc 0, không nhận “{value}”")
    return value in {"1", "true", "yes"} if value else default


def _demo_secret(path: Path) -> str:
    """Return the demonstration's throw-away secret, made at its first start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


# --- Which of the two modes, and what each keeps apart
DEMO = _flag("PORTAL_DEMO", default=False)
VAR = BASE_DIR / "var" / "demo" if DEMO else BASE_DIR / "var"

if DEMO:
    for _name in ("DATABASE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "PORTAL_FILES"):
        if env.str(_name, default="").strip():
            raise _wrong(_name, "thuộc cấu hình thật, không dùng cùng bản trình diễn (PORTAL_DEMO=1)")
    SECRET_KEY = _demo_secret(VAR / "secret")
    # Loopback only, unless the operator names further hosts on purpose.
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_read(env.list, "PORTAL_DEMO_HOSTS", [])]
else:
    SECRET_KEY = _required("SECRET_KEY", "khóa bí mật, ít nhất 50 ký tự")
    if len(SECRET_KEY) < 50:
        raise _wrong("SECRET_KEY", "quá ngắn: cần ít nhất 50 ký tự")
    _hosts = _required("ALLOWED_HOSTS", "tên miền của cổng, cách nhau bằng dấu phẩy")
    ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",") if host.strip()]
    if "*" in ALLOWED_HOSTS:
        raise _wrong("ALLOWED_HOSTS", "không nhận “*”: cần ghi rõ tên miền")

DEBUG = _flag("DEBUG", default=False)
SECURE_SSL = _flag("SECURE_SSL", default=not DEMO)
PORTAL_OFFICE = env.str("PORTAL_OFFICE", default="")
PORTAL_OFFICE_SUPERIOR = env.str("PORTAL_OFFICE_SUPERIOR", default="")
UPLOAD_LIMIT = _read(env.int, "UPLOAD_LIMIT_MB", 50) * 1024 * 1024  # bytes

# --- Database
DATABASES = {"default": _read(env.db, "DATABASE_URL", f"sqlite:///{VAR / 'portal.sqlite3'}")}
_database = DATABASES["default"]
_options = _database.setdefault("OPTIONS", {})
if _database.get("ENGINE") == "django.db.backends.sqlite3":
    VAR.mkdir(parents=True, exist_ok=True)
    _options |= {"timeout": 20, "transaction_mode": "IMMEDIATE"}
    _options["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000;"
    )
elif _database.get("ENGINE") == "django.db.backends.postgresql":
    # A page may not hold the database for longer than this; manage.py lifts the limit for commands.
    _timeout = f"-c statement_timeout={_read(env.int, 'STATEMENT_TIMEOUT_S', 30) * 1000}"
    # Pages are many and short: a second process for one of them only takes a core from another.
    _tuning = (
        f"-c work_mem=64MB -c jit=off -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 {_timeout}"
    )
    _options["options"] = f"{_tuning} {_options.get('options', '')}".strip()
    _database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
else:
    raise _wrong("DATABASE_URL", "chỉ nhận địa chỉ sqlite:// hoặc postgres://")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The house
INSTALLED_APPS = ["portal", "programs", "meetings", "models_registry"]
INSTALLED_APPS += ["portal.clean_up.CleanUpConfig"]  # django.contrib.admin, with the site of our house
INSTALLED_APPS += [f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions")]
INSTALLED_APPS += ["django.contrib.messages", "django.contrib.staticfiles", "django.forms"]
INSTALLED_APPS += ["simple_history", "axes", "csp"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before GZip: static files are compressed once, on disk
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.KeepingLoginRequiredMiddleware",  # closed by default: public views say so
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.middleware.explain_buttons",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.AgainMiddleware",  # after all that look at a view before it is asked: it asks it itself
    "axes.middleware.AxesMiddleware",  # last, as axes asks
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "portal.form_rendering.PortalRenderer"
_template_options = {
    "builtins": ["portal.templatetags.ui", "portal.templatetags.drawings"],
    "context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "portal.shell.shell",
    ],
}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
TEMPLATES[0] |= {"DIRS": [BASE_DIR / "templates"], "OPTIONS": _template_options}
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
FORMAT_MODULE_PATH = "portal.formats"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- People
AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "portal.accounts.UsernameOrEmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{rule}Validator"}
    for rule in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
LOGIN_URL = "portal:sign_in"
SESSION_COOKIE_AGE = 8 * 3600  # one working day
CSRF_FAILURE_VIEW = "portal.views.account.csrf_failure"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "portal.accounts.visitor_address"
AXES_LOCKOUT_CALLABLE = "portal.views.account.locked"
AXES_USERNAME_CALLABLE = "portal.accounts.throttled_name"
AXES_RESET_ON_SUCCESS = True  # only failures in a row count
AXES_VERBOSE = False  # no greeting at every command
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
SIMPLE_HISTORY_REVERT_DISABLED = True  # restoring is an act of ours, with the children of the record

# --- Files
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(_read(env.str, "PORTAL_FILES", str(VAR / "files")))
BACKUPS = env.str("PORTAL_BACKUPS", default="").strip()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Uploads go to disk as they arrive, of one request never more than the limit.
FILE_UPLOAD_HANDLERS = ["portal.files.LimitedUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a programme with its items, bodies and signatures is one long form

# --- Browser-side safety
_csp_here_only = {"default-src": [SELF], "form-action": [SELF], "img-src": [SELF, "data:", "blob:"]}
_csp_nowhere = {"frame-ancestors": [NONE], "base-uri": [NONE], "object-src": [NONE]}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _csp_here_only | _csp_nowhere}
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]
if SECURE_SSL:
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by the proxy itself, inside the machine
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
if (TRUSTED_PROXIES := _read(env.int, "TRUSTED_PROXIES", 0)) < 0:
    raise _wrong("TRUSTED_PROXIES", "là số máy chủ trung gian, không âm")
# Preloading is the domain owner's decision and cannot be taken back within months, so it is not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- Mail and log
vars().update(_read(env.email_url, "EMAIL_URL", "dummymail://"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
