def app(e,s): s("200 OK",[("Content-Type","text/plain")]); return [b"hi"]
