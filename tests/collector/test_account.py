"""The collector's script under the real AWS CLI, against a stand-in for an account, and what is diagnosed from the bundle that it writes.

PULLDOCTOR names the program; without it, the one of a debug build.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import aws_cli
from account import ACCOUNT, MARKER, PULL, REGION, REST, Server, World

PROGRAM = os.environ.get("PULLDOCTOR") or str(Path(__file__).parents[2] / "target/debug/pulldoctor")
TIMEOUT = ("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret "
           "from asm: service call has been retried 5 time(s): failed to fetch secret {secret} from secrets manager: RequestCanceled: request "
           "context canceled caused by: context deadline exceeded. Please check your task network configuration.")
ASM = ("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from "
       "asm: service call has been retried 1 time(s): failed to fetch secret {secret} from secrets manager: ")
DENIED = ASM + ("AccessDeniedException: User: arn:aws:sts::" + ACCOUNT + ":assumed-role/exec/0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5 is not authorized to "
                "perform: secretsmanager:GetSecretValue on resource: {secret} because no identity-based policy allows the secretsmanager:GetSecretValue action")
DELETED = ASM + ("InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion. status code: 400")
NO_KEY = ASM + "AccessDeniedException: Access to KMS is not allowed"
NO_TAG = f"CannotPullContainerError: {ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/app:v9: not found"
NO_GROUP = ("ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: "
            "ResourceNotFoundException: The specified log group does not exist. status code: 400 : exit status 1")


class Collected:
    """One run of the script and its bundle."""

    def __init__(self, server, folder, *target):
        script = folder / "collect.sh"
        script.write_text(program("collect", *target))
        self.path = folder / "bundle.jsonl"
        environment = {
            "PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(folder), "AWS_ENDPOINT_URL": server.url, "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_MAX_ATTEMPTS": "3",
        }
        done = subprocess.run(["bash", script, self.path], env=environment, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        self.said = done.stderr
        self.text = self.path.read_text()
        self.calls = [json.loads(line) for line in self.text.splitlines()[1:]]
        assert MARKER not in self.text + done.stderr + done.stdout, [call for call in self.calls if MARKER in json.dumps(call)]

    def of(self, operation):
        return [call for call in self.calls if call["operation"] == operation]

    def report(self):
        return json.loads(program("diagnose", "--format", "json", self.path))


def program(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1, 3), done.stderr
    return done.stdout


class Account(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        socket = cls.folder / "cli"
        cls.cli = subprocess.Popen([sys.executable, aws_cli.__file__, str(socket)], stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.cli.wait)
        cls.addClassCleanup(cls.cli.kill)
        cls.addClassCleanup(cls.cli.stdout.close)
        assert cls.cli.stdout.readline() == "ready\n"
        aws_cli.write_program(cls.folder, socket)
        cls.server = Server()

    def setUp(self):
        self.server.reset()
        self.world = World(self.server)

    def collect(self, task):
        return Collected(self.server, self.folder, "--cluster", "prod", "--task", task, "--region", REGION)

    def fails(self, collected, code):
        report = collected.report()
        causes = [finding["code"] for finding in report["findings"] if finding["role"] == "cause"]
        self.assertEqual(causes, [code], (report["outcome"], [f["title"] for f in report["findings"] if f["status"] != "pass"], collected.said))
        self.assertEqual(report["outcome"], "root_cause")

    def fail(self, error, **more):
        return self.collect(self.world.fail(error.format(secret=self.world.secret), **more))

    def test_group_lets_nothing_out(self):
        every = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        self.world.ec2.revoke_security_group_egress(GroupId=self.world.group, IpPermissions=[every])
        self.fails(self.fail(TIMEOUT), "network.sg-egress-blocked")

    def test_no_route_where_calls_are_throttled(self):
        self.world.ec2.delete_route(RouteTableId=self.world.table, DestinationCidrBlock="0.0.0.0/0")
        self.server.throttled = {"DescribeRouteTables": 2, "DescribeTasks": 1, "GetResourcePolicy": 9}
        collected = self.fail(TIMEOUT)
        self.fails(collected, "network.no-route")
        self.assertIn("Throttling", collected.of("secretsmanager:GetResourcePolicy")[0]["error"])

    def test_permission_is_missing_where_other_calls_are_denied(self):
        self.world.allow([*PULL, *REST])
        self.server.denied = {"DescribeVpcEndpoints", "DescribeNetworkAcls", "DescribeKey", "DescribeLogGroups"}
        collected = self.fail(DENIED)
        self.fails(collected, "iam.action-not-allowed")
        for operation in ("ec2:DescribeVpcEndpoints", "ec2:DescribeNetworkAcls", "kms:DescribeKey", "logs:DescribeLogGroups"):
            self.assertRegex(collected.of(operation)[0]["error"], "UnauthorizedOperation|AccessDenied")

    def test_secret_is_deleted(self):
        self.world.secretsmanager.delete_secret(SecretId="prod/db")
        self.fails(self.fail(DELETED), "secret.deleted")

    def test_image_has_no_such_tag(self):
        self.fails(self.fail(NO_TAG, image="app:v9"), "image.tag-not-found")

    def test_log_group_is_missing_among_many_pages(self):
        self.world.logs.delete_log_group(logGroupName="/ecs/app")
        names = [f"/ecs/app-{number:03}" for number in range(120)]
        for name in names:
            self.world.logs.create_log_group(logGroupName=name)
        collected = self.fail(NO_GROUP)
        [listed] = collected.of("logs:DescribeLogGroups")
        self.assertEqual([group["logGroupName"] for group in listed["output"]["logGroups"]], names)
        self.fails(collected, "logs.group-not-found")

    def test_task_is_gone_and_its_service_shows_the_way(self):
        task = self.world.fail("")
        every = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        self.world.ec2.revoke_security_group_egress(GroupId=self.world.group, IpPermissions=[every])
        error = TIMEOUT.format(secret=self.world.secret)
        message = f"(service app) (task {task}) failed to start: {error}"
        self.server.gone, self.server.events = True, [{"id": "1", "createdAt": 1795507500, "message": message}]
        collected = self.collect(task)
        self.assertTrue(collected.of("ecs:DescribeServices") and collected.of("ec2:DescribeRouteTables"), collected.said)
        codes = {finding["code"]: finding["status"] for finding in collected.report()["findings"]}
        self.assertIn("task.expired", codes)
        self.assertEqual(codes.get("network.sg-egress-blocked"), "fail", codes)

    def test_nothing_fails_where_nothing_is_broken(self):
        report = self.fail(TIMEOUT).report()
        failing = [finding["title"] for finding in report["findings"] if finding["status"] == "fail"]
        self.assertEqual(failing, [])


if __name__ == "__main__":
    unittest.main()
