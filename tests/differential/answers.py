"""The two that are asked: a Prometheus, served on loopback, and promlite's repl."""

from __future__ import annotations

import concurrent.futures
import contextlib
import http.client
import json
import pathlib
import socket
import subprocess
import threading
import time
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from queries import Question

Body = dict[str, Any]
CONNECTIONS = 2
REMOTE_WRITE_2 = ".2.remote-write"  # how the names of bodies of its version 2.0 end


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Prometheus:
    """A server over what lies in `blocks`, and what it is sent; runs until `stop`."""

    def __init__(self, programs: pathlib.Path, work: pathlib.Path, blocks: pathlib.Path,
                 options: Sequence[str] = ()) -> None:
        config = work / "prometheus.yml"
        config.write_text("global: {}\n")
        self.log = work / "prometheus.log"
        self.port = free_port()
        self.connections = threading.local()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [programs / "prometheus", f"--config.file={config}",
                 f"--storage.tsdb.path={blocks}", "--storage.tsdb.retention.time=100y",
                 f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=error", *options],
                stdout=log, stderr=subprocess.STDOUT)

    def wait_until_ready(self) -> None:
        for _ in range(300):
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/-/ready")[0] == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"prometheus does not become ready:\n{self.log.read_text()}")

    def get(self, target: str) -> tuple[int, bytes]:
        """Over one connection a thread, made anew if the server has closed it."""
        for attempt in range(2):
            connection = getattr(self.connections, "connection", None)
            if connection is None:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
                self.connections.connection = connection
            try:
                connection.request("GET", target)
                response = connection.getresponse()
                return response.status, response.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                self.connections.connection = None
                if attempt:
                    raise
        raise AssertionError("unreachable")

    def ask(self, question: Question) -> Body:
        path = "query" if question.step is None else "query_range"
        parameters = urllib.parse.urlencode(question.parameters())
        return json.loads(self.get(f"/api/v1/{path}?{parameters}")[1])

    def ask_all(self, questions: Iterable[Question]) -> Iterator[Body]:
        with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
            yield from pool.map(self.ask, questions)

    def receive(self, requests: Iterable[pathlib.Path]) -> None:
        """Remote write: each file is a body."""
        for path in requests:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            message, version = (("io.prometheus.write.v2.Request", "2.0.0")
                                if path.name.endswith(REMOTE_WRITE_2)
                                else ("prometheus.WriteRequest", "0.1.0"))
            connection.request("POST", "/api/v1/write", path.read_bytes(), {
                "Content-Encoding": "snappy",
                "Content-Type": f"application/x-protobuf;proto={message}",
                "X-Prometheus-Remote-Write-Version": version})
            response = connection.getresponse()
            said = response.read().decode()
            connection.close()
            if response.status // 100 != 2:
                raise RuntimeError(f"prometheus refuses {path.name}: {said}")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def served(programs: pathlib.Path, work: pathlib.Path, files: Sequence[pathlib.Path],
           features: Sequence[str] = ()) -> Iterator[Prometheus]:
    """A Prometheus that has what the files hold: one OpenMetrics text, or remote-write bodies."""
    blocks = work / "blocks"
    options = [f"--enable-feature={','.join(features)}"] if features else []
    texts = [path for path in files if path.suffix == ".om"]
    for text in texts:
        subprocess.run([programs / "promtool", "tsdb", "create-blocks-from", "openmetrics", text,
                        blocks], stdout=subprocess.DEVNULL, check=True)
    requests = [path for path in files if path not in texts]
    if requests:
        options.append("--web.enable-remote-write-receiver")
    server = Prometheus(programs, work, blocks, options)
    try:
        server.wait_until_ready()
        server.receive(requests)
        yield server
    finally:
        server.stop()


class Promlite:
    """The repl, started anew for each list of questions.

    A function that `renamed` holds is asked for under the name that it has there.
    """

    def __init__(self, repl: pathlib.Path, work: pathlib.Path, files: Sequence[pathlib.Path],
                 options: Sequence[str], renamed: Mapping[str, str]) -> None:
        self.command = [repl, *files, "--output", "json", *options]
        self.questions = work / "questions.jsonl"
        self.renamed = renamed

    def parameters(self, question: Question) -> dict[str, str | float]:
        query = question.query
        for old, new in self.renamed.items():
            query = query.replace(f"{old}(", f"{new}(")
        return {**question.parameters(), "query": query}

    def ask_all(self, questions: Sequence[Question]) -> list[Body]:
        lines = [json.dumps(self.parameters(question)) for question in questions]
        self.questions.write_text("".join(f"{line}\n" for line in lines))
        answered = subprocess.run([*self.command, "--queries", self.questions],
                                  stdout=subprocess.PIPE, check=False)
        bodies = [json.loads(line) for line in answered.stdout.splitlines()]
        if len(bodies) != len(questions):
            raise RuntimeError(f"{len(questions)} questions, {len(bodies)} answers of promlite, "
                               f"exit code {answered.returncode}")
        return bodies
