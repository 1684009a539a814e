"""A Django application in one file, with what makes adapters stumble: links, cookies, forms and bytes."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse

settings.configure(
    ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="not one", USE_TZ=True, MIDDLEWARE=[]
)
django.setup()


def hello(request, name):
    link = reverse("hello", args=["x"])
    return JsonResponse({"name": name, "q": request.GET.getlist("q"), "link": link})


def form(request):
    answer = HttpResponse(f"hello {request.POST['name']}")
    answer.set_cookie("a", "1")
    answer.set_cookie("b", "2")
    return answer


urlpatterns = [
    path("hello/<name>", hello, name="hello"),
    path("form", form),
    path("away", lambda request: redirect("hello", name="y")),
]
app = get_wsgi_application()
