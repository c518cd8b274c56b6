//! The one script that collects everything, for this case.

use diagnosis::collector::{self, Script, Target};
use report::Shell;

use super::Case;

/// What the script is for and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Collector {
    pub(crate) script: String,
    /// The name to save it under.
    pub(crate) file: &'static str,
    /// How it is run.
    pub(crate) run: &'static str,
}

impl Case {
    /// The script for a task; `None` where it is not known which, or in which cluster.
    pub(crate) fn collector(&self, shell: Shell) -> Option<Collector> {
        let case = &self.diagnosis().case;
        let task = case.arn.known().cloned();
        let cluster = task.as_deref().and_then(collector::cluster_of);
        let task = task.filter(|_| cluster.is_some());
        let task_definition = case.task_definition.known().filter(|_| task.is_none()).cloned();
        (task.is_some() || task_definition.is_some()).then_some(())?;
        let target = Target {
            cluster,
            task,
            task_definition,
            region: case.region.known().cloned(),
            ..Target::default()
        };
        let (shell, file, run) = match shell {
            Shell::Bash => (Script::Bash, "pulldoctor-collect.sh", "bash pulldoctor-collect.sh"),
            Shell::PowerShell | Shell::Cmd => (
                Script::PowerShell,
                "pulldoctor-collect.ps1",
                "powershell -ExecutionPolicy Bypass -File pulldoctor-collect.ps1",
            ),
        };
        Some(Collector {
            script: collector::script(&target, shell),
            file,
            run,
        })
    }
}

/// Every call that the script may make.
pub(crate) fn calls() -> Vec<String> {
    collector::calls(&Target::default())
}
