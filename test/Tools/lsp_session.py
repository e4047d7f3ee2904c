"""Runs a language server through a session and prints what it answers.

usage: lsp_session.py SERVER FILE REQUEST...

A request is hover@TEXT or definition@TEXT: the cursor is on the first character
of the first place where TEXT is in the file; hover@TEXT+N is N lines further
down, for places that have no text of their own.
"""

import json
import re
import subprocess
import sys

URI = "file:///session.mlir"


class Session:
    def __init__(self, server):
        self.server = subprocess.Popen([server], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL)
        self.requests = 0

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def receive(self):
        length = 0
        while line := self.server.stdout.readline().strip():
            length = int(line.removeprefix(b"Content-Length: "))
        return json.loads(self.server.stdout.read(length))

    def notify(self, method, **params):
        self.send(method=method, params=params)

    def ask(self, method, **params):
        self.requests += 1
        self.send(id=self.requests, method=method, params=params)
        reply = self.receive()
        assert reply["id"] == self.requests, reply
        return reply["result"]


def place(text, wanted):
    offset = text.index(wanted)
    return {"line": text.count("\n", 0, offset), "character": offset - (text.rfind("\n", 0, offset) + 1)}


def show(position):
    return f"{position['line'] + 1}:{position['character'] + 1}"


def main():
    server, path, *requests = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    session = Session(server)
    session.ask("initialize", processId=1, rootPath="/", capabilities={}, trace="off")
    # A document that changes: what is said is said of the new text.
    session.notify("textDocument/didOpen",
                   textDocument={"uri": URI, "languageId": "mlir", "version": 1, "text": ""})
    session.receive()
    session.notify("textDocument/didChange", textDocument={"uri": URI, "version": 2},
                   contentChanges=[{"text": text}])
    for diagnostic in session.receive()["params"]["diagnostics"]:
        print("diagnostic", show(diagnostic["range"]["start"]), diagnostic["message"])
    for request in requests:
        method, wanted = request.split("@", 1)
        wanted, down = re.fullmatch(r"(.*?)(?:\+(\d+))?", wanted).groups()
        position = place(text, wanted)
        position["line"] += int(down or 0)
        result = session.ask("textDocument/" + method, textDocument={"uri": URI}, position=position)
        print(request)
        if method == "hover":
            print(result["contents"]["value"] if result else "nothing")
        else:
            print("\n".join(show(found["range"]["start"]) for found in result))
    session.ask("shutdown")
    session.notify("exit")
    print("exit code", session.server.wait(60))


main()
