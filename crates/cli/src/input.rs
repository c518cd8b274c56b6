//! Files, folders and standard input, as bytes: what they hold is for the core to say.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use crate::unusable::Unusable;

/// The most that is read, all together. Real cases are below 2 MB; this only keeps a wrong folder from filling the memory.
pub const MOST_BYTES: u64 = 1024 * MIB;

const MIB: u64 = 1024 * 1024;

/// One file, one file of a ZIP archive, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as given, with what lies below a folder behind it, `/` between; `stdin` for standard input.
    pub name: String,
    /// The bytes as they are.
    pub bytes: Vec<u8>,
}

/// Reads everything that the paths name, in the order given; a folder's files in the order of their names.
///
/// `-`, or no path at all, reads `standard`. Nothing is left out silently: what cannot be read ends the reading, and so
/// does more than `most` bytes in all.
pub fn gather(paths: &[PathBuf], standard: &mut dyn Read, most: u64) -> Result<Vec<Source>, Unusable> {
    let mut gatherer = Gatherer {
        sources: Vec::new(),
        most,
        left: most,
    };
    if paths.is_empty() {
        gatherer.stream("stdin".to_owned(), standard)?;
    }
    for path in paths {
        if path.as_os_str() == "-" {
            gatherer.stream("stdin".to_owned(), standard)?;
        } else {
            gatherer.path(path)?;
        }
    }
    Ok(gatherer.sources)
}

/// Standard input. A person at a terminal is told that it is waited for.
pub fn standard() -> impl Read {
    let standard = io::stdin();
    Told {
        told: !standard.is_terminal(),
        standard,
    }
}

struct Told {
    told: bool,
    standard: io::Stdin,
}

impl Read for Told {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.told {
            self.told = true;
            eprintln!("pulldoctor: paste the outputs here, then press Ctrl+D (Windows: Ctrl+Z and Enter)");
        }
        self.standard.read(buffer)
    }
}

struct Gatherer {
    sources: Vec<Source>,
    most: u64,
    left: u64,
}

impl Gatherer {
    /// A path that a person named: a link is followed, a pipe is read.
    fn path(&mut self, path: &Path) -> Result<(), Unusable> {
        let kind = fs::metadata(path).map_err(|error| cannot(path, &error))?;
        if kind.is_dir() { self.folder(path) } else { self.file(path) }
    }

    fn folder(&mut self, folder: &Path) -> Result<(), Unusable> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| cannot(folder, &error))? {
            entries.push(entry.map_err(|error| cannot(folder, &error))?.path());
        }
        entries.sort();
        for entry in entries {
            let kind = fs::symlink_metadata(&entry).map_err(|error| cannot(&entry, &error))?;
            if kind.is_dir() {
                self.folder(&entry)?;
            } else if kind.is_file() || leads_to_file(&entry) {
                // Pipes and sockets below a folder would be waited for without end; linked folders can form a circle.
                self.file(&entry)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<(), Unusable> {
        let mut file = fs::File::open(path).map_err(|error| cannot(path, &error))?;
        self.stream(name(path), &mut file)
    }

    fn stream(&mut self, name: String, stream: &mut dyn Read) -> Result<(), Unusable> {
        let mut bytes = Vec::new();
        let read = stream.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        let read = read.map_err(|error| cannot(Path::new(&name), &error))?;
        let left = u64::try_from(read).ok().and_then(|read| self.left.checked_sub(read));
        let Some(left) = left else {
            let why = format!("the input is larger than {} MiB", self.most / MIB);
            return Err(Unusable::new(why, "give only the AWS outputs of the case"));
        };
        self.left = left;
        let files = evidence::unpacked(name, bytes).into_iter();
        self.sources.extend(files.map(|(name, bytes)| Source { name, bytes }));
        Ok(())
    }
}

fn leads_to_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|kind| kind.is_file())
}

fn name(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) {
        name.replace('\\', "/")
    } else {
        name.into_owned()
    }
}

fn cannot(path: &Path, error: &io::Error) -> Unusable {
    Unusable::new(
        format!("cannot read {}: {error}", name(path)),
        "check the path, or paste the text on standard input",
    )
}
