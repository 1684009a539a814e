from flask import Flask, jsonify, url_for

app = Flask(__name__)


@app.get("/")
def home():
    return f'<h1>__NAME__</h1><p><a href="{url_for("hello", name="world")}">Say hello</a></p>'


@app.get("/hello/<name>")
def hello(name):
    return jsonify(message=f"Hello, {name}!")
