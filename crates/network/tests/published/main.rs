//! Accounts that others published with what their own tool says of them: ours says the same of every connection and port.
//!
//! np-guard's analyzer knows no route tables and no names, so those are supposed (see [`account`]); its security groups, network
//! ACLs, subnets and instances are the published ones.
#![cfg(test)]

mod account;
mod report;

use account::{Account, End, word};
use network::{Direction, Fault, Reach, Trace};
use serde_json::Value;
use std::net::IpAddr;

/// Account, report, and how the report names its ends.
const REPORTS: &[(&str, &str, Named)] = &[
    ("input_aws_acl_1.json", "aws_acl_1_all_vpcs_.txt", Account::instance),
    ("input_aws_mixed.json", "aws_mixed_all_vpcs_.txt", Account::instance),
    ("input_aws_sg_1.json", "aws_sg_1_all_vpcs_.txt", Account::instance),
    (
        "input_basic_config_with_sg.json",
        "basic_config_with_sg_all_vpcs_.txt",
        Account::instance,
    ),
    (
        "input_aws_acl_1.json",
        "aws_acl_1_all_vpcs_subnetsBased_withPGW.txt",
        Account::subnet,
    ),
    (
        "input_aws_mixed.json",
        "aws_mixed_all_vpcs_subnetsBased_withPGW.txt",
        Account::subnet,
    ),
    ("input_aws_sg_1.json", "aws_sg_1_all_vpcs_subnetsBased_withPGW.txt", Account::subnet),
    (
        "input_basic_config_with_sg.json",
        "basic_config_with_sg_all_vpcs_subnetsBased_withPGW.txt",
        Account::subnet,
    ),
];
/// Addresses of the internet: one in each range that the accounts' rules name, and one in none.
const INTERNET: [&str; 3] = ["147.235.208.136", "147.235.0.9", "8.8.8.8"];

type Named = fn(&Account, &str) -> Option<End>;

/// `wl20[10.240.3.195]`: what stands before the bracket.
fn name(end: &str) -> &str {
    end.split('[').next().unwrap_or(end)
}

/// Whether an end of a report's line is the internet, and this address of it.
fn covers(end: &str, address: IpAddr) -> bool {
    match end.strip_prefix("Public Internet ") {
        Some("(all ranges)") => true,
        Some(range) => range.parse::<ipnet::IpNet>().unwrap().contains(&address),
        None => false,
    }
}

fn agree(trace: &Trace, expected: Reach, what: &str) {
    assert_eq!(word(trace.verdict), word(expected), "{what}: {trace:#?}");
}

#[test]
fn every_connection_of_the_published_reports_is_judged_alike() {
    let reports: Value = serde_json::from_str(&account::text("connectivity_reports.json")).unwrap();
    let mut checked = 0;
    for (file, report, named) in REPORTS {
        let account = Account::read(file);
        let text = reports[report].as_str().unwrap();
        for part in text.split("connectivity for VPC ").skip(1) {
            let lines = report::lines(part);
            let mut ends: Vec<&str> = lines
                .iter()
                .flat_map(|line| [line.from.as_str(), line.to.as_str()])
                .map(name)
                .collect();
            ends.retain(|end| !end.starts_with("Public Internet"));
            ends.sort_unstable();
            ends.dedup();
            for port in account.ports() {
                for from in &ends {
                    let here = named(&account, from).unwrap();
                    let starts = || lines.iter().filter(|line| name(&line.from) == *from);
                    for to in ends.iter().filter(|to| *to != from) {
                        let expected = report::verdict(starts().filter(|line| name(&line.to) == *to), port);
                        let trace = account.within(&here, &named(&account, to).unwrap(), port);
                        agree(&trace, expected, &format!("{report}: {from} to {to}, port {port}"));
                        checked += 1;
                    }
                    for address in INTERNET.map(|address| address.parse().unwrap()) {
                        let expected = report::verdict(starts().filter(|line| covers(&line.to, address)), port);
                        let trace = account.to_internet(&here, address, port);
                        agree(&trace, expected, &format!("{report}: {from} to {address}, port {port}"));
                        checked += 1;
                    }
                }
            }
        }
    }
    assert!(checked > 2000, "only {checked} were checked");
}

/// What the analyzer's explanations say is in the way, and what ours calls it.
const LAYERS: &[(&str, &str, &str)] = &[
    ("Egress:", "security group", "network.sg-egress-blocked"),
    ("Egress:", "network ACL", "network.acl-outbound-blocked"),
    ("Egress:", "private subnet", "network.no-route"),
    ("Ingress:", "network ACL", "network.acl-inbound-blocked"),
    ("Ingress:", "security group", "network.endpoint-sg-ingress-blocked"),
];

/// The codes that an explanation calls for. Security groups allow together, so one that allows makes the others' silence harmless.
fn expected_codes(text: &str) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for line in text.lines() {
        for (start, layer, code) in LAYERS {
            let Some(rest) = line.strip_prefix(start) else { continue };
            let parts = || rest.split("; ").map(str::trim).filter(|part| part.starts_with(layer));
            let stops = |part: &str| ["does not allow", "denies", "blocks"].iter().any(|word| part.contains(word));
            if parts().next().is_some() && parts().all(stops) {
                codes.push(*code);
            }
        }
    }
    codes.sort_unstable();
    codes
}

#[test]
fn every_explanation_names_the_same_layers() {
    let truth: Value = serde_json::from_str(&account::text("ground_truth.json")).unwrap();
    let mut explained = 0;
    for case in truth["cases"].as_array().unwrap() {
        let text = |member: &str| case[member].as_str().unwrap();
        let account = Account::read(text("input"));
        // A connection that the internet opens is none of a caller's.
        let Some(from) = account.instance(text("src")) else { continue };
        let trace = match account.instance(text("dst")) {
            Some(to) => account.within(&from, &to, 443),
            None => account.to_internet(&from, text("dst").parse().unwrap(), 443),
        };
        let tcp = text("verdict").starts_with("Connections") && !text("verdict").ends_with("UDP");
        agree(&trace, if tcp { Reach::Reachable } else { Reach::Blocked }, text("id"));
        // Of a request that is stopped the analyzer does not follow the answer.
        let on_the_way = |fault: &&Fault| fault.witness.as_ref().is_none_or(|witness| witness.direction == Direction::Request);
        let mut codes: Vec<&str> = trace.faults.iter().filter(on_the_way).map(|fault| fault.kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        let expected = if text("verdict").ends_with("UDP") {
            // UDP alone is let in, which the analyzer calls a connection.
            vec!["network.endpoint-sg-ingress-blocked"]
        } else {
            expected_codes(text("expected_text"))
        };
        assert_eq!(codes, expected, "{}: {trace:#?}", text("id"));
        explained += 1;
    }
    assert_eq!(explained, 6);
}
