"""The three audiences of a record and of each of its parts."""

from django.db import models


class Audience(models.TextChoices):
    """Who may read a record or a part of it."""

    BODY = "body", "cơ quan soạn"
    PARTIES = "parties", "các bên và cấp trên"
    PUBLIC = "public", "mọi người"
