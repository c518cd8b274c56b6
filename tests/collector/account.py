"""A stand-in for a customer's account: moto's server, with what it lacks or gets wrong put right, and with calls denied or throttled.

What moto does not show of a stopped task (`stopCode`, times, platform version) is added; a gone task is told as `MISSING`, as Amazon ECS does.
"""

import io
import json
import logging
import threading
from urllib.parse import parse_qs

import boto3
import requests
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

ACCOUNT = "123456789012"
REGION = "us-east-1"
MARKER = "hunter2"
CREDENTIALS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
PULL = ["ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]
REST = ["logs:CreateLogStream", "logs:PutLogEvents", "ssm:GetParameters", "kms:Decrypt"]
DIGEST = "sha256:" + "a" * 64


class Server:
    """The server and what is done to its answers."""

    def __init__(self):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.app = DomainDispatcherApplication(create_backend_app)
        self.server = make_server("127.0.0.1", 0, self.serve, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.forget()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def forget(self):
        self.denied, self.throttled, self.gone, self.events = set(), {}, False, []

    def reset(self):
        self.forget()
        requests.post(f"{self.url}/moto-api/reset", timeout=30)

    def client(self, service):
        return boto3.client(service, region_name=REGION, endpoint_url=self.url, **CREDENTIALS)

    def serve(self, environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        environ["wsgi.input"] = io.BytesIO(body)
        target = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
        operation = target or parse_qs(body.decode("utf-8", "replace")).get("Action", [""])[0]
        if operation in self.denied:
            return refuse(start_response, target, "AccessDeniedException" if target else "UnauthorizedOperation", "not authorized", 403)
        if self.throttled.get(operation, 0) > 0:
            self.throttled[operation] -= 1
            return refuse(start_response, target, "ThrottlingException" if target else "RequestLimitExceeded", "Rate exceeded", 400)
        told = {}
        try:
            answer = b"".join(self.app(environ, lambda status, headers, _=None: told.update(status=status, headers=headers)))
        except NotImplementedError:
            return refuse(start_response, target, "AccessDeniedException" if target else "UnauthorizedOperation", "not implemented", 403)
        if operation in ("DescribeTasks", "DescribeServices") and told["status"].startswith("200"):
            answer = json.dumps(getattr(self, operation)(json.loads(answer), json.loads(body))).encode()
        headers = [(name, value) for name, value in told["headers"] if name.lower() != "content-length"]
        start_response(told["status"], [*headers, ("Content-Length", str(len(answer)))])
        return [answer]

    def DescribeTasks(self, answer, asked):
        if self.gone:
            arn = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task/prod/{asked['tasks'][0].rpartition('/')[2]}"
            return {"tasks": [], "failures": [{"arn": arn, "reason": "MISSING"}]}
        for task in answer["tasks"]:
            task.update(stopCode="TaskFailedToStart", createdAt=1795507200, stoppingAt=1795507480, stoppedAt=1795507500,
                        platformVersion="1.4.0", platformFamily="Linux", group="service:app", launchType="FARGATE")
            task["overrides"] = {"containerOverrides": [{"name": "app", "command": [MARKER], "environment": [{"name": "A", "value": MARKER}]}]}
        return answer

    def DescribeServices(self, answer, _):
        for service in answer.get("services", []):
            service["events"] = self.events
        return answer


def refuse(start_response, is_json, code, message, status):
    """An error as the service writes it: JSON, or the XML of Amazon EC2."""
    if is_json:
        body, kind = json.dumps({"__type": code, "message": message}), "application/x-amz-json-1.1"
    else:
        body = f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>1</RequestID></Response>"
        kind = "text/xml"
    start_response(f"{status} Refused", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body.encode()]


class World:
    """A healthy Fargate service behind a NAT gateway, whose task failed to start with `error`. Its parts are attributes, to be broken."""

    def __init__(self, server: Server):
        self.server = server
        for service in ("ec2", "ecr", "ecs", "iam", "kms", "logs", "secretsmanager", "ssm"):
            setattr(self, service, server.client(service))
        self.network()
        self.references()
        self.role()

    def network(self):
        ec2 = self.ec2
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ec2.modify_vpc_attribute(VpcId=self.vpc, EnableDnsHostnames={"Value": True})

        def subnet(block):
            return ec2.create_subnet(VpcId=self.vpc, CidrBlock=block, AvailabilityZone=f"{REGION}a")["Subnet"]["SubnetId"]

        public, self.subnet = subnet("10.0.0.0/24"), subnet("10.0.1.0/24")
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc)
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=address)["NatGateway"]["NatGatewayId"]

        def table(subnet, **way):
            table = ec2.create_route_table(VpcId=self.vpc)["RouteTable"]["RouteTableId"]
            ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
            ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **way)
            return table

        table(public, GatewayId=gateway)
        self.table = table(self.subnet, NatGatewayId=nat)
        self.group = ec2.create_security_group(GroupName="task", Description=f"task {MARKER[:3]}", VpcId=self.vpc)["GroupId"]

    def references(self):
        self.key = self.kms.create_key()["KeyMetadata"]["Arn"]
        secret = self.secretsmanager.create_secret(Name="prod/db", SecretString=json.dumps({"password": MARKER}), KmsKeyId=self.key)
        self.secret = secret["ARN"]
        self.ssm.put_parameter(Name="/prod/url", Type="SecureString", KeyId=self.key, Value=MARKER)
        self.ecr.create_repository(repositoryName="app")
        layer = "application/vnd.docker.container.image.v1+json"
        manifest = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
                    "config": {"mediaType": layer, "size": 1, "digest": DIGEST}, "layers": []}
        self.ecr.put_image(repositoryName="app", imageTag="v1", imageManifest=json.dumps(manifest))
        self.logs.create_log_group(logGroupName="/ecs/app")

    def role(self):
        self.iam.create_role(RoleName="exec", AssumeRolePolicyDocument=json.dumps(TRUST))
        self.allow([*PULL, *REST, "secretsmanager:GetSecretValue"])

    def allow(self, actions):
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
        self.iam.put_role_policy(RoleName="exec", PolicyName="start", PolicyDocument=json.dumps(policy))

    def fail(self, error: str, image: str = "app:v1") -> str:
        """Starts the task and stops it with that error. Every string that may hold a secret holds the marker."""
        container = {
            "name": "app", "image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{image}", "essential": True, "memory": 512,
            "secrets": [{"name": "P", "valueFrom": f"{self.secret}:password::"}, {"name": "U", "valueFrom": "/prod/url"}],
            "environment": [{"name": "PLAIN", "value": f"{MARKER} \n \"quoted\" \\ $(id)"}], "command": [f"--token={MARKER}"],
            "entryPoint": ["sh", "-c", f"echo {MARKER}"], "dockerLabels": {"label": MARKER},
            "healthCheck": {"command": ["CMD", MARKER]},
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/app", "awslogs-region": REGION, "awslogs-stream-prefix": "e"}},
        }
        splunk = {"name": "side", "image": container["image"], "memory": 128,
                  "logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": MARKER, "splunk-url": f"https://{MARKER}"}}}
        self.ecs.register_task_definition(
            family="app", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="1024",
            executionRoleArn=f"arn:aws:iam::{ACCOUNT}:role/exec", containerDefinitions=[container, splunk])
        self.ecs.create_cluster(clusterName="prod")
        where = {"awsvpcConfiguration": {"subnets": [self.subnet], "securityGroups": [self.group], "assignPublicIp": "DISABLED"}}
        start = {"cluster": "prod", "taskDefinition": "app", "launchType": "FARGATE", "networkConfiguration": where}
        self.ecs.create_service(serviceName="app", desiredCount=1, **start)
        task = self.ecs.run_task(**start)["tasks"][0]["taskArn"]
        self.ecs.stop_task(cluster="prod", task=task, reason=error)
        return task.rpartition("/")[2]
