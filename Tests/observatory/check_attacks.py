"""Attacks the server as strangers would, over bare sockets, and looks that it answers with a problem and goes on.

    check_attacks.py PROGRAM [CASEBOOK]

Each kind of attack is a function; each request that it makes has to get the status that it names, within
seconds, with the headers that every response carries.
"""

import contextlib
import json
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 20
RULES = {
    "content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options",
    "cross-origin-resource-policy", "cache-control",
}
# What no specification may ask for, on any server, is refused by its reader with this.
MOST_DRAWS = "100,000"
# What 64-bit and 32-bit integers, doubles and texts end at, and what is no number.
EXTREMES = [
    "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615",
    "2147483648", "1e12", "1e308", "-1", "1e999", "NaN", '"9223372036854775807"', "null", "true", "[]", "{}",
    "0.5", "1" * 400,
]


class Server:
    """The program, serving; its requests are written byte by byte."""

    def __init__(self, program, casebook=None, *options, files=None):
        operands = [str(casebook)] if casebook else []
        limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))) if files else None
        self.process = subprocess.Popen(
            [program, "serve", *operands, "--port", "0", *options], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, preexec_fn=limit,
        )
        line = next((line for line in self.process.stdout if "http://" in line), None)
        if line is None:
            raise SystemExit(f"the server did not start: {self.process.stderr.read()}")
        self.port = int(re.search(r":(\d+)/", line)[1])
        self.host = f"127.0.0.1:{self.port}"

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        connection.settimeout(PATIENCE)
        return connection

    def raw(self, request):
        """The status and the headers of what a request gets; None where the connection is shut without a word."""
        with self.connect() as connection:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(request)
            return response(connection)

    def ask(self, method, path, headers=(), body=b"", **named):
        """A request with the headers of a client on this machine, unless others are named; None leaves one out."""
        sent = {"Host": self.host, "Connection": "close"}
        if body or method == "POST":
            sent |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        sent |= {name.replace("_", "-"): value for name, value in named.items()}
        lines = [f"{method} {path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in sent.items() if value is not None]
        lines += [f"{name}: {value}" for name, value in headers]
        return self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def json(self, path):
        return json.loads(self.ask("GET", path)[2])

    def memory(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024

    def seconds_of_processor(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100

    def end(self):
        """Ends it as a service manager does; the exit code and how long it took."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        return code, time.monotonic() - start


def response(connection):
    received = b""
    try:
        while piece := connection.recv(1 << 16):
            received += piece
    except (TimeoutError, ConnectionResetError) as error:
        if not received:
            return ("shut" if isinstance(error, ConnectionResetError) else "silent"), {}, b""
    if not received:
        return "shut", {}, b""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(first.split()[1]), headers, body


class Check:
    def __init__(self):
        self.problems, self.attempts = [], 0

    def expect(self, truth, problem):
        self.attempts += 1
        if not truth:
            self.problems.append(problem)

    def answered(self, got, statuses, what, complete=True):
        status, headers, _ = got
        self.expect(status in statuses, f"{what}: {status}, not {statuses}")
        if complete and isinstance(status, int):
            missing = sorted(RULES - headers.keys())
            self.expect(not missing, f"{what}: {status} without {', '.join(missing)}")

    def lives(self, server, after):
        self.answered(server.ask("GET", "/api/v1/casebook"), [200], f"the next request after {after}")
        self.expect(server.process.poll() is None, f"the server ended after {after}")


def places(server):
    root = "/api/v1/studies/" + server.json("/api/v1/studies")["items"][0]["id"]
    outcome = server.json(root)["channels"][0]["outcomes"][0]["id"]
    return root, outcome


# MARK: Numbers, texts and lists


def numbers_of_bodies(check, server):
    """Every key of a specification, as the description has it, with the ends of every type."""
    root, outcome = places(server)
    description = server.json("/openapi.json")["paths"]
    for path in [root + "/recompute", root + "/estimate?outcome=" + outcome]:
        body = description[path.split("?")[0]]["post"]["requestBody"]
        keys = body["content"]["application/json"]["schema"]["properties"]
        check.expect({"anticipation", "factors", "draws", "weights", "leave_out"} <= set(keys), "keys are not described")
        for key, schema in keys.items():
            for value in EXTREMES + [f"[{EXTREMES[0]}]", "[1e308, 1e308]", '["' + "a" * 5000 + '"]']:
                refused(check, server, path, "{%s: %s}" % (json.dumps(key), value), schema)
        for key in keys["leave_out"]["properties"]:
            for value in EXTREMES:
                refused(check, server, path, '{"leave_out": {"%s": [%s]}}' % (key, value), {})
        for body in ["[" * 60_000, "{" * 60_000, '{"a":' * 10_000, "&a [" + "*a," * 1000, "\x00", "", " ", "null"]:
            refused(check, server, path, body, {})
        check.answered(server.ask("POST", path, body=b'{"pool": "\xff\xfe"}'), [400], "bytes that are no UTF-8")


def refused(check, server, path, body, schema):
    got = server.ask("POST", path, body=body.encode())
    # An empty list or mapping chooses nothing.
    empty = body.endswith((": []}", ": {}}"))
    check.answered(got, [200, 400] if empty else [400], f"{path} with {body[:60]}")
    if got[0] == 400 and schema.get("type") == "integer" and body.endswith(": 9223372036854775807}"):
        detail = json.loads(got[2])["detail"]
        named = any(f"to {most}" in detail for most in [schema["maximum"], MOST_DRAWS])
        check.expect(named, f"{body}: the range is not named in {detail}")


def numbers_of_addresses(check, server):
    """Every parameter of every address, with the ends of every type."""
    for path, methods in server.json("/openapi.json")["paths"].items():
        if "{" in path or "get" not in methods:
            continue
        for parameter in methods["get"]["parameters"]:
            kind = parameter["schema"].get("type")
            values = EXTREMES if kind in ("integer", "number") or parameter["name"] == "weights" else EXTREMES[:2]
            for value in values + ["a" * 3000, "%00", "%ff"]:
                got = server.ask("GET", f"{path}?{parameter['name']}={value.replace('{', '%7B').replace('}', '%7D')}")
                known = [200, 202, 400, 404] if kind in ("string", "array") else [200, 202, 400]
                check.answered(got, known, f"{path}?{parameter['name']}={value[:40]}")
                if kind == "integer" and value == EXTREMES[0]:
                    check.answered(got, [400], f"{path}?{parameter['name']}={value}")


def too_much(check, server):
    for name, query in [
        ("5,000 arguments", "a=b&" * 5000), ("5,000 ampersands", "&" * 5000), ("300 arguments", "a=b&" * 300),
        ("a long argument", "a=" + "b" * 20_000), ("60,000 equals signs", "=" * 20_000), ("escapes", "%41" * 9000),
    ]:
        start = time.monotonic()
        check.answered(server.ask("GET", "/api/v1/claims?" + query), [414], name)
        check.expect(time.monotonic() - start < 5, f"{name}: answered late")
    check.answered(server.ask("GET", "/" + "a/" * 6000), [414], "a long path")
    check.answered(server.ask("GET", "/", [("X-A", "b" * 20_000)]), [431], "a long header")
    check.answered(server.ask("GET", "/", [(f"X-{n}", "b" * 100) for n in range(200)]), [431], "many headers")
    root, outcome = places(server)
    check.answered(server.ask("POST", root + "/recompute", body=b" " * 70_000), [413], "a long body")
    names = json.dumps({"leave_out": {"claims": ["x"] * 12_000}}).encode()
    check.answered(server.ask("POST", root + "/recompute", body=names), [400], "a long list")
    for draws in ["2147483648", "1000000000000", "10000000", "100000"]:
        for path in [root + "/recompute", root + "/estimate?outcome=" + outcome]:
            got = server.ask("POST", path, body=b'{"draws": %s}' % draws.encode())
            check.answered(got, [400], f"{draws} draws")
            named = b"9999" in got[2] or MOST_DRAWS.encode() in got[2]
            check.expect(named, f"{draws} draws: the range is not named")


# MARK: Who may speak


def hosts(check, server):
    for host in ["evil.example", f"evil.example:{server.port}", "127.0.0.1.evil.example", "localhost.evil.example",
                 "10.0.0.1", "[::2]", "2130706433", "0x7f.1", "xn--localhost", "evil.localhost"]:
        check.answered(server.ask("GET", "/api/v1/claims", Host=host), [421], f"Host: {host}")
        root = "/api/v1/casebook"
        check.answered(server.ask("POST", root, Host=host, body=b"{}"), [421], f"POST with Host: {host}")
    for host in ["", " ", "a b", "127.0.0.1@evil.example", "127.0.0.1/evil", "127.0.0.1:x", "127.0.0.1:99999", "[::1",
                 "localhost,evil.example"]:
        check.answered(server.ask("GET", "/api/v1/claims", Host=host), [400], f"Host: {host}", complete=bool(host))
    check.answered(server.ask("GET", "/api/v1/claims", [("Host", "evil.example")]), [400], "two hosts")
    check.answered(server.raw(b"GET /api/v1/claims HTTP/1.0\r\n\r\n"), [400], "no host in HTTP/1.0")
    for host in ["127.0.0.1", "localhost", f"LOCALHOST:{server.port}", "localhost.", "[::1]:9000", "localhost:9000"]:
        check.answered(server.ask("GET", "/api/v1/claims", Host=host), [200], f"Host: {host}")


def pages_of_other_sites(check, server):
    root, _ = places(server)
    path, body = root + "/recompute", b'{"draws": 99}'

    def post(statuses, what, **headers):
        check.answered(server.ask("POST", path, body=body, **headers), statuses, what)

    for kind in [None, "", " ", ";", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                 "application/json, text/plain", "text/json", "application/jsonp"]:
        post([415], f"Content-Type: {kind}", Content_Type=kind)
    own = f"http://{server.host}"
    for origin in ["http://evil.example", "null", "", "*", "file://", own + ".evil.example", own + "/", "https://a@b",
                   f"http://127.0.0.1:{server.port + 1}", "chrome-extension://abc", f"{own}, {own}"]:
        post([403], f"Origin: {origin}", Origin=origin)
    for site in ["cross-site", "same-site", "", "x"]:
        post([403], f"Sec-Fetch-Site: {site}", Sec_Fetch_Site=site)
        post([403], f"Sec-Fetch-Site: {site} from here", Sec_Fetch_Site=site, Origin=own)
    post([200], "a post of its own page", Origin=own, Sec_Fetch_Site="same-origin")
    post([200], "a post of a program")
    check.answered(server.ask("OPTIONS", path), [405], "a question beforehand")


def sharing(check, program, casebook):
    for origin in ["*", "null", "https://example.org/", "https://example.org/path", "example.org", "file://", "",
                   "https://a@example.org", "https://*.example.org", "https://example.org https://b.example"]:
        run = subprocess.run([program, "serve", str(casebook), "--port", "0", "--share-with", origin],
                             capture_output=True, timeout=PATIENCE)
        check.expect(run.returncode == 2, f"--share-with {origin!r} ended with {run.returncode}")
    options = ["--share-with", "https://example.org", "--host-name", "fulcrum.example,other.example"]
    with serving(check, program, casebook, *options) as server:
        root, _ = places(server)
        got = server.ask("POST", root + "/recompute", body=b'{"draws": 99}', Origin="https://example.org",
                         Sec_Fetch_Site="cross-site")
        check.answered(got, [200], "a post of the shared origin")
        check.expect(got[1].get("access-control-allow-origin") == "https://example.org", "the origin is not named")
        check.answered(server.ask("OPTIONS", root + "/recompute", Origin="https://example.org"), [204], "OPTIONS")
        check.answered(server.ask("GET", "/api/v1/casebook", Host="other.example:80"), [200], "a further host name")
        check.answered(server.ask("GET", "/api/v1/casebook", Host="third.example"), [421], "a third host name")
        for method in ["PUT", "DELETE", "TRACE", "PATCH", "CONNECT", "X" * 100]:
            check.answered(server.ask(method, "/api/v1/casebook"), [400, 405], method, complete=False)
    with serving(check, program, casebook, "--host", "0.0.0.0") as server:
        check.answered(server.ask("GET", "/api/v1/casebook", Host="192.0.2.1"), [200], "an address, when on all")
        check.answered(server.ask("GET", "/api/v1/casebook", Host="evil.example"), [421], "a name, when on all")
    check.expect("everybody" in server.process.stderr.read(), "a server for everybody starts without a warning")


def smuggling(check, server):
    host = f"Host: {server.host}\r\n".encode()
    smuggled = b"GET /api/v1/casebook HTTP/1.1\r\n" + host + b"\r\n"
    for name, headers in [
        ("two lengths", b"Content-Length: 5\r\nContent-Length: 6\r\n"),
        ("the same length twice", b"Content-Length: 5\r\nContent-Length: 5\r\n"),
        ("length and chunks", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        ("chunks and length", b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
        ("a space before the colon", b"Content-Length : 5\r\n"),
        ("an unknown coding", b"Transfer-Encoding: xchunked\r\n"),
        ("two codings", b"Transfer-Encoding: gzip, chunked\r\n"),
        ("a coding twice", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
        ("identity", b"Transfer-Encoding: identity\r\n"),
        ("a coding after a carriage return", b"X: y\rTransfer-Encoding: chunked\r\n"),
        ("a folded first header", b" Content-Length: 5\r\n"),
        ("control characters", b"X: a\x01b\r\n"),
    ]:
        first = b" " in headers[:1]
        head = b"POST /api/v1/casebook HTTP/1.1\r\n" + (headers + host if first else host + headers)
        got = server.raw(head + b"Content-Type: application/json\r\n\r\n0\r\n\r\n" + smuggled)
        check.answered(got, [400], name)
        check.expect(b"HTTP/1.1 200" not in got[2], f"{name}: two responses came")
    for name, headers in [
        ("a length with a sign", b"Content-Length: +5\r\n"), ("a list of lengths", b"Content-Length: 5, 5\r\n"),
        ("a negative length", b"Content-Length: -1\r\n"), ("a hexadecimal length", b"Content-Length: 0x5\r\n"),
        ("a length beyond 64 bits", b"Content-Length: 18446744073709551621\r\n"),
    ]:
        got = server.raw(b"POST /api/v1/casebook HTTP/1.1\r\n" + host + headers + b"\r\nhello" + smuggled)
        check.answered(got, [400, 413], name, complete=False)
        check.expect(b'"sha256"' not in got[2], f"{name}: a part of the body was taken for a request")
    chunks = b"POST /api/v1/casebook HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n"
    for name, body in [("a hexadecimal chunk", b"0x5\r\nhello\r\n0\r\n\r\n"), ("a negative chunk", b"-1\r\n\r\n"),
                       ("a chunk beyond 64 bits", b"fffffffffffffffff\r\n")]:
        got = server.raw(chunks + body + smuggled)
        check.answered(got, [400, 413], name, complete=False)
        check.expect(b'"sha256"' not in got[2], f"{name}: a part of the body was taken for a request")
    old = b"POST /api/v1/casebook HTTP/1.0\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    check.answered(server.raw(old), [400], "chunks in HTTP/1.0")


def headers_of_every_status(check, server):
    for statuses, method, path in [
        ([200], "GET", "/"), ([404], "GET", "/nothing"), ([400], "GET", "/api/v1/claims?size=0"),
        ([405], "DELETE", "/api/v1/claims"), ([400], "GET", "/?pool=x"), ([202, 200], "GET", "/calibration"),
        ([200], "HEAD", "/api/v1/claims"), ([404], "HEAD", "/nothing"),
    ]:
        check.answered(server.ask(method, path), statuses, f"{method} {path}")
    replays = places(server)[0] + "/replays"
    check.answered(server.ask("GET", replays), [202, 200], replays)
    tag = server.ask("GET", "/api/v1/casebook")[1]["etag"]
    check.answered(server.ask("GET", "/api/v1/casebook", If_None_Match=tag), [304], "what has not changed")


# MARK: Work


def work(check, program, casebook):
    """Eight readers ask for what takes long: others are served, the work of those who go stops, and so does the server."""
    with serving(check, program, casebook, "--request-draws", "100000", ends_within=2) as server:
        root, outcome = places(server)
        long = f"{root}/answer?method=synthetic-did&draws="
        waiting = [send(server, long + str(90_000 + n)) for n in range(20)]
        start = time.monotonic()
        for _ in range(20):
            check.answered(server.ask("GET", "/api/v1/casebook"), [200], "a fast request beside slow ones")
            check.answered(server.ask("GET", "/evidence"), [200], "a page beside slow ones")
        check.expect(time.monotonic() - start < 10, "fast requests wait for slow ones")
        check.answered(server.ask("GET", root + "/answer?draws=199"), [200], "a changed judgement beside slow ones")
        refusals = [connection for connection in waiting if is_ready(connection)]
        check.expect(len(refusals) >= 8, f"of 20 long requests {len(refusals)} were refused")
        for connection in refusals:
            got = response(connection)
            check.answered(got, [503], "a long request too many")
            check.expect("retry-after" in got[1], "503 without Retry-After")
        for connection in waiting:
            connection.close()
        settled(check, server)
        check.answered(server.ask("GET", long + "99"), [200, 400], "a long request after those who have gone")
        for n in range(12):
            send(server, long + str(80_000 + n))
        send(server, root + "/influence")
        send(server, root + "/multiverse")
        time.sleep(1)
        check.expect(server.memory() < 600, f"{server.memory():.0f} MB of memory")


def send(server, path):
    connection = server.connect()
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\nConnection: close\r\n\r\n".encode())
    return connection


def is_ready(connection):
    connection.setblocking(False)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False
    finally:
        connection.settimeout(PATIENCE)


def settled(check, server):
    """Waits until the server rests."""
    for _ in range(60):
        before = server.seconds_of_processor()
        time.sleep(0.5)
        if server.seconds_of_processor() - before < 0.1:
            return
    check.expect(False, "the work of clients who have gone goes on")


def invented_headers(check, server):
    server.ask("GET", "/")
    before = server.memory()
    for n in range(3000):
        server.ask("GET", "/", Accept=f"text/html, a/{n}" + "b" * 12_000, User_Agent=str(n))
    grown = server.memory() - before
    check.expect(grown < 64, f"{grown:.0f} MB of memory for 3,000 invented headers")


def invented_arguments(check, server):
    before = server.memory()
    for year in range(1000, 2999):
        server.ask("GET", f"/?without-year=&x=&from={year}")
        server.ask("GET", f"/evidence?from={year}&to=2999")
    grown = server.memory() - before
    check.expect(grown < 128, f"{grown:.0f} MB of memory for 4,000 addresses")


def few_files(check, program, casebook):
    with serving(check, program, casebook, files=40) as server:
        clients = []
        for _ in range(200):
            with contextlib.suppress(OSError):
                client = socket.socket()
                client.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    client.connect(("127.0.0.1", server.port))
                clients.append(client)
        time.sleep(1)
        before = server.seconds_of_processor()
        time.sleep(3)
        spent = server.seconds_of_processor() - before
        check.expect(spent < 1, f"{spent} of 3 seconds spent on idle connections")
        for client in clients:
            client.close()
        time.sleep(1)
        check.lives(server, "200 connections with 40 files")
    code = subprocess.run(["sh", "-c", 'ulimit -n 16; exec "$@"', "sh", program, "serve", str(casebook), "--port", "0"],
                          capture_output=True, timeout=PATIENCE)
    check.expect(code.returncode == 2 and b"ulimit" in code.stderr, f"16 files: {code.returncode} {code.stderr}")


# MARK: Files


def files_that_change(check, program, casebook):
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "casebook"
        shutil.copytree(casebook, copy)
        scenarios = copy / "scenarios"
        scenarios.mkdir(exist_ok=True)
        (scenarios / "wrong.yaml").write_text("title: Wrong\ndraws: 1e12\nstudy: [a, b]\n")
        (scenarios / "stranger.yaml").write_text("title: A stranger\nstudy: none\nhorizon: 9223372036854775807\n")
        with serving(check, program, copy) as server:
            pages = ["/", "/scenarios", "/scenarios/wrong", "/scenarios/stranger", "/evidence", "/method"]
            root, _ = places(server)
            before = {page: text(server.ask("GET", page)) for page in pages}
            check.expect("wrong.yaml" in before["/scenarios/wrong"], "what is wrong with a scenario is not said")
            check.answered(server.ask("GET", root + "/scenarios/wrong"), [404], "a wrong scenario for programs")
            for file in sorted(copy.rglob("*")):
                if file.is_file() and file.suffix == ".yaml":
                    file.write_text("nonsense: [")
            compared(check, server, pages, before, "edited")
            shutil.rmtree(copy)
            compared(check, server, pages, before, "deleted")
            status = [server.ask("GET", root + "/scenarios")[0] for _ in range(1)]
            check.expect(status[0] in (200, 202), f"scenarios of deleted files: {status[0]}")


def text(got):
    return got[2].decode("utf-8", "replace") if got[0] == 200 else f"status {got[0]}"


def compared(check, server, pages, before, how):
    for page in pages:
        now = text(server.ask("GET", page))
        same = now == before[page] or "being worked out" in before[page]
        check.expect(same and "status" not in now[:6], f"{page} after files were {how}: {now[:60]}")


def formulas(check, server):
    for path in ["/downloads/claims.csv", "/api/v1/claims"]:
        exact = server.ask("GET", path, Accept="text/csv")
        quoted = server.ask("GET", path + "?spreadsheet=1", Accept="text/csv")
        check.answered(quoted, [200], path + "?spreadsheet=1")
        cells = re.findall(rb'(?:^|[,\n])"?([=+\-@\t\r])(?![\d.])', quoted[2])
        check.expect(not cells, f"{path}: {len(cells)} cells begin as formulas do")
        check.answered(exact, [200], path)
    check.answered(server.ask("GET", "/api/v1/claims?spreadsheet=2"), [400], "spreadsheet=2")


# MARK: All of it


@contextlib.contextmanager
def serving(check, program, casebook, *options, files=None, ends_within=3):
    server = Server(program, casebook, *options, files=files)
    try:
        yield server
    finally:
        code, seconds = server.end()
        check.expect(code in (0, -signal.SIGTERM), f"the server ended with {code}")
        check.expect(seconds < ends_within, f"the server took {seconds:.1f} s to end")


def main():
    program = str(Path(sys.argv[1]).resolve())
    casebook = Path(sys.argv[2] if len(sys.argv) > 2 else "Casebooks/western-balkans").resolve()
    only = sys.argv[3:]
    check = Check()
    on_one = [
        numbers_of_bodies, numbers_of_addresses, too_much, hosts, pages_of_other_sites, smuggling,
        headers_of_every_status, formulas, invented_headers, invented_arguments,
    ]
    with serving(check, program, casebook) as server:
        for attack in on_one:
            if not only or attack.__name__ in only:
                attack(check, server)
                check.lives(server, attack.__name__)
    for attack in [sharing, work, few_files, files_that_change]:
        if not only or attack.__name__ in only:
            attack(check, program, casebook)
    for problem in sorted(set(check.problems)):
        print(problem)
    print(f"attacks: {check.attempts} expectations, {len(set(check.problems))} problems")
    sys.exit(bool(check.problems))


if __name__ == "__main__":
    main()
