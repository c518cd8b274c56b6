//! `pulldoctor collect`: the script for the customer.

use std::io::{self, IsTerminal};

use clap::Args;
use diagnosis::collector::{self, Script, Target};

use crate::Unusable;
use crate::status;

/// Whose start is to be looked into, and in which form.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Collecting {
    /// The cluster's name or ARN
    #[arg(long, value_name = "CLUSTER")]
    pub cluster: Option<String>,
    /// The task's id or ARN
    #[arg(long, value_name = "TASK")]
    pub task: Option<String>,
    /// The service's name or ARN: for tasks that are gone, or where no task is known
    #[arg(long, value_name = "SERVICE")]
    pub service: Option<String>,
    /// The task definition, for one that was never started: family, family:revision or ARN
    #[arg(long, value_name = "DEFINITION")]
    pub task_definition: Option<String>,
    /// The Region, where the AWS CLI is set to another
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// The profile of the AWS CLI
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// Which shell the script is for
    #[arg(long, value_name = "SHELL", default_value = "bash", value_parser = ["bash", "powershell"])]
    pub shell: String,
    /// List the calls that the script may make, instead of the script
    #[arg(long, conflicts_with = "policy")]
    pub dry_run: bool,
    /// Print the least IAM policy that the script needs, instead of the script
    #[arg(long)]
    pub policy: bool,
}

/// `pulldoctor collect`.
///
/// # Errors
/// Where nothing says what to collect for, or a value is none that AWS could know.
pub fn collect(collecting: &Collecting) -> Result<(String, u8), Unusable> {
    let target = valid(stated(collecting))?;
    if collecting.policy {
        return Ok((collector::policy(&target).to_json() + "\n", status::NOTHING_FAILING));
    }
    if collecting.dry_run {
        let mut out = collector::calls(&target).join("\n");
        out.push('\n');
        return Ok((out, status::NOTHING_FAILING));
    }
    enough(&target)?;
    let shell = if collecting.shell == "powershell" {
        Script::PowerShell
    } else {
        Script::Bash
    };
    let script = collector::script(&target, shell);
    if io::stdout().is_terminal() {
        let (run, name) = match shell {
            Script::Bash => ("bash", "pulldoctor-collect.sh"),
            Script::PowerShell => ("powershell -ExecutionPolicy Bypass -File", "pulldoctor-collect.ps1"),
        };
        eprintln!(
            "Save this as {name} (`pulldoctor collect … > {name}`) and send it; the customer runs `{run} {name}` once and sends back the file that it names."
        );
    }
    Ok((script, status::NOTHING_FAILING))
}

/// What the options say, as they say it.
fn stated(collecting: &Collecting) -> Target {
    let given = |value: &Option<String>| value.as_deref().map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
    Target {
        cluster: given(&collecting.cluster).or_else(|| {
            let named = [&collecting.task, &collecting.service];
            named.into_iter().find_map(|arn| collector::cluster_of(&given(arn)?))
        }),
        task: given(&collecting.task),
        service: given(&collecting.service),
        task_definition: given(&collecting.task_definition),
        region: given(&collecting.region),
        profile: given(&collecting.profile),
    }
}

/// Refuses what AWS could not know, and what contradicts itself.
fn valid(target: Target) -> Result<Target, Unusable> {
    let options = [
        ("--cluster", &target.cluster),
        ("--task", &target.task),
        ("--service", &target.service),
        ("--task-definition", &target.task_definition),
        ("--region", &target.region),
        ("--profile", &target.profile),
    ];
    let impossible = |value: &str| value.starts_with('-') || value.contains("://") || value.chars().any(char::is_control);
    for (option, value) in options {
        if value.as_deref().is_some_and(impossible) {
            return Err(Unusable::new(
                format!("the value of {option} is no name or id of AWS"),
                "copy it from the console or an output",
            ));
        }
    }
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if target.region.as_deref().is_some_and(|region| !region.bytes().all(plain)) {
        return Err(Unusable::new(
            "the value of --region is no Region",
            "write its code, such as us-east-1",
        ));
    }
    let one = |what: &str, named: Vec<&str>| match named.as_slice() {
        [first, second, ..] => Err(Unusable::new(
            format!("the options name two {what}, {first} and {second}"),
            "give options of one task",
        )),
        _ => Ok(()),
    };
    one("Regions", target.regions().into_iter().collect())?;
    let clusters = target.clusters();
    one("clusters", clusters.iter().map(String::as_str).collect())?;
    Ok(target)
}

/// Refuses what says too little for a script.
fn enough(target: &Target) -> Result<(), Unusable> {
    let started = target.task.is_some() || target.service.is_some();
    if !started && target.task_definition.is_none() {
        return Err(Unusable::new(
            "nothing says what to collect for",
            "give --cluster and --task, or --cluster and --service, or --task-definition",
        ));
    }
    if started && target.cluster.is_none() {
        return Err(Unusable::new(
            "the cluster is not known",
            "give --cluster, or the ARN of the task or service that holds it",
        ));
    }
    Ok(())
}
