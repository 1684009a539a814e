from django.http import HttpResponse, JsonResponse
from django.urls import path, reverse


def home(request):
    link = reverse("hello", args=["world"])
    return HttpResponse(f'<h1>__NAME__</h1><p><a href="{link}">Say hello</a></p>')


def hello(request, name):
    return JsonResponse({"message": f"Hello, {name}!"})


urlpatterns = [
    path("", home),
    path("hello/<name>", hello, name="hello"),
]
