"""The real AWS CLI, started once: every call is a fork of a process that has read the services' models already.

`aws_cli.py SOCKET` serves; the program `aws` that `write_program` makes hands its arguments, environment and open files over to it. A call
is `awscli.clidriver` with its arguments, as the program of the package makes it; only the second of Python's start-up is saved.
"""

import array
import json
import os
import socket
import stat
import sys
from pathlib import Path

SERVICES = "ec2 ecr ecs iam kms logs route53 route53resolver s3api secretsmanager ssm sts"

CLIENT = """#!{python} -ISE
import array, json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect({path!r})
told = json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]).encode()
server.sendmsg([len(told).to_bytes(4, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
server.sendall(told)
code = server.recv(1)
sys.exit(code[0] if code else 250)
"""


def write_program(folder: Path, path: Path) -> None:
    """Writes the program `aws` into a folder."""
    program = folder / "aws"
    program.write_text(CLIENT.format(python=sys.executable, path=str(path)))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def receive(client: socket.socket) -> tuple[list[str], dict[str, str], str, list[int]]:
    size, files, _, _ = client.recvmsg(4, socket.CMSG_LEN(3 * array.array("i").itemsize))
    handles = array.array("i")
    for _, _, data in files:
        handles.frombytes(data)
    told = b""
    while len(told) < int.from_bytes(size, "big"):
        told += client.recv(1 << 16)
    arguments, environment, folder = json.loads(told)
    return arguments, environment, folder, list(handles)


def call(driver, client: socket.socket) -> int:
    arguments, environment, folder, handles = receive(client)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for target, handle in enumerate(handles):
        os.dup2(handle, target)
    sys.argv = ["aws", *arguments]
    code = driver.main(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    return code or 0


def serve(path: str) -> None:
    from awscli.clidriver import create_clidriver

    driver = create_clidriver()
    for service in SERVICES.split():
        name = {"s3api": "s3"}.get(service, service)
        driver.session.get_service_model(name)
        for kind in ("paginators-1", "waiters-2"):
            try:
                driver.session.get_component("data_loader").load_service_model(name, kind)
            except Exception:  # A service without pages or waiters.
                pass
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(64)
    print("ready", flush=True)
    while True:
        client, _ = server.accept()
        if os.fork() == 0:
            code = 255
            try:
                code = call(driver, client)
            except SystemExit as exit:
                code = exit.code if isinstance(exit.code, int) else 255
            finally:
                client.send(bytes([code & 255]))
                os._exit(0)
        client.close()
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass


if __name__ == "__main__":
    serve(sys.argv[1])
