//! `cargo xtask test`: every check and every test, one after the other; a failing step does not stop the next.

mod steps;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::project::Project;
use crate::tools::{self, Tool};
use crate::ui::{Failure, Outcome, progress, seconds};
use steps::STEPS;

/// One part of the test run.
struct Step {
    name: &'static str,
    tools: &'static [Tool],
    run: fn(&Project) -> Outcome<()>,
}

/// How a step ended.
struct Ended {
    name: &'static str,
    took: Duration,
    failure: Option<Failure>,
}

pub(crate) fn run(project: &Project, only: &[String]) -> Outcome<ExitCode> {
    let steps = select(only)?;
    let start = Instant::now();
    set_up(project, &steps)?;
    let set_up = start.elapsed();
    let ended: Vec<Ended> = steps
        .iter()
        .enumerate()
        .map(|(index, step)| run_step(project, step, index + 1, steps.len()))
        .collect();
    println!("\n{:>9}  set-up", seconds(set_up));
    for step in &ended {
        let mark = if step.failure.is_none() { "✓" } else { "✗" };
        println!("{:>9}  {mark} {}", seconds(step.took), step.name);
    }
    println!("{:>9}  in total", seconds(start.elapsed()));
    let failed: Vec<&Ended> = ended.iter().filter(|step| step.failure.is_some()).collect();
    for step in &failed {
        if let Some(failure) = &step.failure {
            println!("\n{}: {failure}\nonly this step: cargo xtask test {}", step.name, step.name);
        }
    }
    println!("\n{} passed, {} failed", ended.len() - failed.len(), failed.len());
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn select(only: &[String]) -> Outcome<Vec<&'static Step>> {
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    if let Some(unknown) = only.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(Failure::new(format!("there is no step {unknown}")).advise(format!("the steps are {}", names.join(", "))));
    }
    Ok(STEPS
        .iter()
        .filter(|step| only.is_empty() || only.iter().any(|name| name == step.name))
        .collect())
}

fn set_up(project: &Project, steps: &[&Step]) -> Outcome<()> {
    let mut wanted: Vec<Tool> = Vec::new();
    for tool in steps.iter().flat_map(|step| step.tools) {
        if !wanted.contains(tool) {
            wanted.push(*tool);
        }
    }
    tools::ensure(project, &wanted)?;
    crate::serve::fetch(project)
}

fn run_step(project: &Project, step: &Step, number: usize, of: usize) -> Ended {
    println!();
    progress(format!("[{number}/{of}] {}", step.name));
    let start = Instant::now();
    let failure = (step.run)(project).err();
    let took = start.elapsed();
    match &failure {
        None => println!("✓ {} ({})", step.name, seconds(took)),
        Some(failure) => println!("✗ {} ({})\n{failure}", step.name, seconds(took)),
    }
    Ended {
        name: step.name,
        took,
        failure,
    }
}
