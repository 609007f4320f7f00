"""WSGI entry point: what gunicorn serves in a demonstration and in a real installation."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

# What was loaded at the start stays: looked through again and again for what can be dropped, it costs the largest
# pages a tenth of their time.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
