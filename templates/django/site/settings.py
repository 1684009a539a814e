import os

DEBUG = False
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "only-for-trying")
# API Gateway gives the function no other host than the API's own.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "urls"
WSGI_APPLICATION = "wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]
# Lambda's disk is not kept: name a database server here when you need one.
DATABASES = {}
USE_TZ = True
