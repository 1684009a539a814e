"""A Flask application with what makes adapters stumble: links, cookies, forms and bytes."""

from flask import Flask, make_response, redirect, request, url_for

app = Flask(__name__)


@app.get("/hello/<name>")
def hello(name):
    return {"name": name, "q": request.args.getlist("q"), "link": url_for("hello", name="x")}


@app.post("/form")
def form():
    answer = make_response(f"hello {request.form['name']}")
    answer.set_cookie("a", "1")
    answer.set_cookie("b", "2")
    return answer


@app.get("/away")
def away():
    return redirect(url_for("hello", name="y"))
