// Measures reading next to JSON.parse of the same text. Runs in Node and, as it is, in the browser.

/** About so many bytes as the AWS CLI prints them: indented by four, tasks and security groups by turns. */
export function sample(bytes) {
  const hex = (number, digits) => number.toString(16).padStart(digits, "0");
  const texts = [];
  let length = 0;
  for (let at = 0; length < bytes; at += 1) {
    const items = Array.from({ length: 40 }, (_, index) => (at % 2 === 0 ? task : group)(at * 40 + index, hex));
    const text = JSON.stringify({ [at % 2 === 0 ? "tasks" : "SecurityGroups"]: items }, null, 4);
    texts.push(text);
    length += text.length;
  }
  return texts;
}

function task(number, hex) {
  const id = hex(number, 32);
  return {
    attachments: [
      {
        id: `eni-${id}`,
        type: "ElasticNetworkInterface",
        status: "DELETED",
        details: [
          { name: "subnetId", value: `subnet-${hex(number % 7, 17)}` },
          { name: "networkInterfaceId", value: `eni-${hex(number, 17)}` },
          { name: "privateIPv4Address", value: `10.0.${number % 250}.${number % 200}` },
        ],
      },
    ],
    clusterArn: "arn:aws:ecs:us-east-1:111122223333:cluster/demo",
    containers: [{ name: "app", lastStatus: "STOPPED", image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1" }],
    createdAt: "2025-11-03T10:15:30.123000+09:00",
    desiredStatus: "STOPPED",
    lastStatus: "STOPPED",
    launchType: "FARGATE",
    stopCode: "TaskFailedToStart",
    stoppedReason: "ResourceInitializationError: unable to pull secrets or registry auth",
    taskArn: `arn:aws:ecs:us-east-1:111122223333:task/demo/${id}`,
    taskDefinitionArn: "arn:aws:ecs:us-east-1:111122223333:task-definition/app:7",
  };
}

function group(number, hex) {
  const ranges = Array.from({ length: 5 }, (_, index) => ({ CidrIp: `10.${index}.${number % 250}.0/24` }));
  return {
    Description: `group ${number}`,
    GroupName: `group-${number}`,
    IpPermissions: [{ FromPort: 443, IpProtocol: "tcp", IpRanges: ranges, ToPort: 443, UserIdGroupPairs: [] }],
    IpPermissionsEgress: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    GroupId: `sg-${hex(number, 17)}`,
    OwnerId: "111122223333",
    VpcId: "vpc-0a1b2c3d4e5f60718",
  };
}

/**
 * Milliseconds of one run: the quickest of several rounds, which is what the machine can do when it is left alone.
 * A round has so many runs that a browser's coarse clock sees it, and the two works take turns.
 */
function quickest(works, megabytes) {
  const runs = Math.max(1, Math.round(5 / megabytes));
  const best = works.map(() => Infinity);
  for (let round = 0; round < (megabytes > 20 ? 4 : 15); round += 1) {
    works.forEach((work, index) => {
      const start = performance.now();
      for (let run = 0; run < runs; run += 1) work();
      best[index] = Math.min(best[index], (performance.now() - start) / runs);
    });
  }
  return best;
}

/** For each size in megabytes: JSON.parse and reading, in milliseconds. */
export function measure(readDocuments, sizes) {
  return sizes.map((megabytes) => {
    const texts = sample(megabytes * 1e6);
    const paste = new TextEncoder().encode(texts.join("\n"));
    const works = [() => texts.forEach((text) => JSON.parse(text)), () => readDocuments(paste)];
    const [parse, read] = quickest(works, megabytes);
    return { bytes: paste.length, parse, read, documents: readDocuments(paste), expected: texts.length };
  });
}
