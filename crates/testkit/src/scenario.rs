//! Scenarios: a world with one fault, near miss or gap, and what must be said of it.
//!
//! The outputs of a scenario stand in `scenarios/<name>/paste/` for people to read, and the whole report beside them.
//! Both are written by running the tests with `UPDATE_EXPECT=1`.

use crate::world::World;
use std::path::PathBuf;

/// What must be said of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// `fail` with role `cause`.
    Cause,
    /// `fail` with role `next`.
    Next,
    /// `warn`.
    Warn,
    /// `unknown`.
    Unknown,
    /// `pass`.
    Pass,
    /// Nothing at all, or `pass`: a near miss.
    Silent,
}

/// One scenario.
#[derive(Clone)]
pub struct Scenario {
    /// `area/fault/case`, such as `network/no_route/fault`.
    pub name: &'static str,
    /// The outcome's word.
    pub outcome: &'static str,
    /// What must be said of which code. Every other code must not be `fail`.
    pub says: &'static [(&'static str, Said)],
    /// Operations that the requests must name, in any order; more may be asked.
    pub asks: &'static [&'static str],
    /// Makes the outputs.
    pub build: fn() -> World,
}

impl Scenario {
    /// Its folder in the repository.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(self.name)
    }

    /// Its outputs as files, read from its folder; written there first where the environment says `UPDATE_EXPECT`.
    #[must_use]
    pub fn paste(&self) -> Vec<(String, Vec<u8>)> {
        let folder = self.folder().join("paste");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).expect("the scenario's folder can be made");
            for (name, text) in (self.build)().files() {
                std::fs::write(folder.join(name), text).expect("the scenario's outputs can be written");
            }
        }
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}; run the tests with UPDATE_EXPECT=1", folder.display()))
            .map(|entry| {
                let path = entry.expect("a readable folder").path();
                let name = path.file_name().expect("a file name").to_string_lossy().into_owned();
                (name, std::fs::read(&path).expect("a readable file"))
            })
            .collect();
        files.sort();
        files
    }
}
