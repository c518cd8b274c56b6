//! How much a person downloads, and the limit that it must stay below.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::single_file;
use crate::process;
use crate::project::{self, Project};
use crate::ui::{Context, Failure, Outcome};

/// What the hosted page may weigh in total, compressed with brotli as a static host does. The goal is 300 kB; the limit follows it down.
const LIMIT: u64 = 990_000;
/// Node has brotli built in; compressing here would need one more crate, which unoptimised takes a minute.
const COMPRESSED: &str = "const { brotliCompressSync } = require('zlib'); const { readFileSync } = require('fs');
for (const file of process.argv.slice(1)) console.log(brotliCompressSync(readFileSync(file)).length);";

/// Prints the size of every shipped file, and fails where the page is too heavy.
pub(crate) fn check(project: &Project) -> Outcome<()> {
    let dist = project.path("dist");
    let files = project::files(&dist, "")?;
    let output = process::output(Command::new("node").arg("-e").arg(COMPRESSED).arg("--").args(&files))?;
    let compressed: Vec<u64> = output.lines().filter_map(|line| line.trim().parse().ok()).collect();
    println!("{:>10} {:>10}  file", "raw", "brotli");
    let mut hosted = (0, 0);
    for (file, &brotli) in files.iter().zip(&compressed) {
        let raw = size(file)?;
        println!("{raw:>10} {brotli:>10}  {}", project.show(file));
        if *file != one_file(&dist) {
            hosted = (hosted.0 + raw, hosted.1 + brotli);
        }
    }
    println!("{:>10} {:>10}  the hosted page in total (limit {LIMIT})", hosted.0, hosted.1);
    if hosted.1 > LIMIT {
        return Err(
            Failure::new(format!("the page weighs {} bytes compressed; {LIMIT} are allowed", hosted.1))
                .advise("find what grew: `cargo tree -p web --target wasm32-unknown-unknown`, then the texts"),
        );
    }
    Ok(())
}

fn one_file(dist: &Path) -> PathBuf {
    dist.join(single_file::NAME)
}

fn size(file: &Path) -> Outcome<u64> {
    fs::metadata(file)
        .map(|metadata| metadata.len())
        .context(|| format!("reading {}", file.display()))
}
