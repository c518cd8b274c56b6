//! Reading against plain parses of the same text, at three sizes.
//!
//! `read` is the whole line: decoding, splitting, recognising, masking. `skip`
//! only validates (`IgnoredAny`), `value` builds a tree.

use std::fmt::Write;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use evidence::{Input, read};

fn main() {
    divan::main();
}

/// Sizes in kilobytes.
const SIZES: [usize; 3] = [100, 1_000, 10_000];

/// Outputs as the CLI prints them: security groups, interfaces, tasks.
fn outputs(kilobytes: usize) -> String {
    let mut text = String::new();
    let mut n = 0;
    while text.len() < kilobytes * 1000 {
        let id = format!("{n:017x}");
        n += 1;
        let _ = match n % 3 {
            0 => write!(
                text,
                "{{\n    \"SecurityGroups\": [\n        {{\n            \"GroupId\": \"sg-{id}\",\n            \"GroupName\": \"app-{n}\",\n            \"Description\": \"Traffic of the \\\"app\\\" service\",\n            \"VpcId\": \"vpc-{id}\",\n            \"OwnerId\": \"111122223333\",\n            \"IpPermissions\": [\n                {{\n                    \"IpProtocol\": \"tcp\",\n                    \"FromPort\": 443,\n                    \"ToPort\": 443,\n                    \"IpRanges\": [\n                        {{\n                            \"CidrIp\": \"10.0.0.0/16\"\n                        }}\n                    ],\n                    \"Ipv6Ranges\": [],\n                    \"PrefixListIds\": [],\n                    \"UserIdGroupPairs\": []\n                }}\n            ],\n            \"Tags\": [\n                {{\n                    \"Key\": \"Name\",\n                    \"Value\": \"app-{n}\"\n                }}\n            ]\n        }}\n    ]\n}}\n"
            ),
            1 => write!(
                text,
                "$ aws ec2 describe-network-interfaces --network-interface-ids eni-{id}\n{{\n    \"NetworkInterfaces\": [\n        {{\n            \"NetworkInterfaceId\": \"eni-{id}\",\n            \"InterfaceType\": \"interface\",\n            \"SubnetId\": \"subnet-{id}\",\n            \"VpcId\": \"vpc-{id}\",\n            \"PrivateIpAddress\": \"10.0.{}.{}\",\n            \"SourceDestCheck\": true,\n            \"Groups\": [\n                {{\n                    \"GroupName\": \"app\",\n                    \"GroupId\": \"sg-{id}\"\n                }}\n            ],\n            \"Status\": \"in-use\",\n            \"Description\": \"arn:aws:ecs:us-east-1:111122223333:attachment/{id}\"\n        }}\n    ]\n}}\n",
                n % 250,
                n / 250 % 250
            ),
            _ => write!(
                text,
                "{{\n    \"tasks\": [\n        {{\n            \"taskArn\": \"arn:aws:ecs:us-east-1:111122223333:task/prod/{id}\",\n            \"taskDefinitionArn\": \"arn:aws:ecs:us-east-1:111122223333:task-definition/web:{n}\",\n            \"lastStatus\": \"STOPPED\",\n            \"stopCode\": \"TaskFailedToStart\",\n            \"stoppedReason\": \"ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR.\",\n            \"attachments\": [\n                {{\n                    \"type\": \"ElasticNetworkInterface\",\n                    \"details\": [\n                        {{\n                            \"name\": \"subnetId\",\n                            \"value\": \"subnet-{id}\"\n                        }}\n                    ]\n                }}\n            ],\n            \"overrides\": {{\n                \"containerOverrides\": [\n                    {{\n                        \"name\": \"app\"\n                    }}\n                ]\n            }}\n        }}\n    ],\n    \"failures\": []\n}}\n"
            ),
        };
    }
    text
}

/// The same outputs as one array, which a plain parser can read.
fn array(kilobytes: usize) -> String {
    let text = outputs(kilobytes);
    let documents: Vec<String> = text
        .split_inclusive("\n}\n")
        .map(|document| {
            document
                .lines()
                .filter(|line| !line.starts_with('$'))
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    format!("[{}]", documents.join(","))
}

#[divan::bench(args = SIZES)]
fn read_outputs(bencher: Bencher, kilobytes: usize) {
    let text = outputs(kilobytes);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        read(black_box(&[Input {
            name: "paste",
            bytes: text.as_bytes(),
        }]))
    });
}

#[divan::bench(args = SIZES)]
fn skip(bencher: Bencher, kilobytes: usize) {
    let text = array(kilobytes);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| serde_json::from_str::<Vec<&serde_json::value::RawValue>>(black_box(&text)).is_ok());
}

#[divan::bench(args = SIZES)]
fn value(bencher: Bencher, kilobytes: usize) {
    let text = array(kilobytes);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| serde_json::from_str::<serde_json::Value>(black_box(&text)).is_ok());
}

/// One large listing, as an account's security groups are.
#[divan::bench(args = SIZES)]
fn read_listing(bencher: Bencher, kilobytes: usize) {
    let text = format!("{{\"SecurityGroups\": {}}}", array(kilobytes));
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        read(black_box(&[Input {
            name: "paste",
            bytes: text.as_bytes(),
        }]))
    });
}
