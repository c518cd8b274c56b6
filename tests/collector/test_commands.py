"""Every command that the plan or a remedy prints is one of the AWS CLI: its parser takes it, and the service's model its parameters.

The commands are those of all scenarios' reports. The collector's calls are really made, by `test_account.py`.
"""

import contextlib
import io
import json
import os
import re
import shlex
import unittest
from pathlib import Path

from awscli.clidriver import create_clidriver

ROOT = Path(__file__).parents[2]


class Made(Exception):
    """The call would have been made now."""


# The services' models, read once for all drivers.
LOADER = create_clidriver().session.get_component("data_loader")


def driver():
    """The CLI, which checks a call as ever and stops before it is sent."""
    made = create_clidriver()
    made.session.register_component("data_loader", LOADER)
    client = made.session.create_client

    def create_client(*arguments, **options):
        options.update(aws_access_key_id="testing", aws_secret_access_key="testing")
        created = client(*arguments, **options)

        def stop(**_):
            raise Made

        created.meta.events.register("before-send.*", stop)
        return created

    made.session.create_client = create_client
    return made


def refused(words):
    """What the CLI has against a command; None where it would call. A driver is for one command, as in the program."""
    cli = driver()
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            cli.main(words[1:])
        except SystemExit:
            pass
        except Made:
            return None
    text = said.getvalue().strip()
    # `main` reports exceptions of ours like any other, with their empty text.
    return None if not text else text[-300:]


def commands_of(text):
    """The `aws` commands of a remedy or request, continued lines joined; pipes and comments cut off."""
    for line in text.replace("\\\n", " ").splitlines():
        line = re.split(r"\s[|>]\s", line.strip())[0]
        if line.startswith("aws "):
            yield line


def printed():
    """Every different command with a place where it is printed."""
    found = {}
    for path in sorted(ROOT.glob("crates/testkit/scenarios/**/report.json")):
        report = json.loads(path.read_text())
        texts = [request["command"] for request in report["requests"] if request["kind"] == "command"]
        texts += [fix["text"] for finding in report["findings"] for fix in finding["fixes"] if fix["kind"] == "aws-cli"]
        for text in texts:
            for command in commands_of(text):
                found.setdefault(command, str(path.relative_to(ROOT)))
    return found


class Commands(unittest.TestCase):
    def test_every_printed_command_is_one_of_the_cli(self):
        os.environ.update(AWS_DEFAULT_REGION="us-east-1", AWS_PAGER="", AWS_EC2_METADATA_DISABLED="true")
        found = printed()
        self.assertGreater(len(found), 100)
        faults = {}
        for command, place in found.items():
            # Files of the person's own, and the commands for them.
            words = shlex.split(command)
            if any(word.startswith(("file://", "fileb://")) for word in words) or words[1] == "s3":
                continue
            fault = refused(words)
            if fault:
                faults[command] = f"{place}: {fault}"
        self.assertEqual(faults, {}, "\n".join(f"{command}\n    {fault}" for command, fault in faults.items()))

    def test_a_wrong_command_is_refused(self):
        os.environ.update(AWS_DEFAULT_REGION="us-east-1")
        for command in ("ec2 describe-subnet", "ec2 describe-subnets --subnets a", "ecs describe-tasks --cluster prod", "kms get-key-policy --key-id ''"):
            self.assertIsNotNone(refused(["aws", *shlex.split(command)]), command)


if __name__ == "__main__":
    unittest.main()
