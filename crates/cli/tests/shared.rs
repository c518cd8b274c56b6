//! What the commands share: options, reading, printing, exit status.

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::fs;
    use std::io::{self, Read, Write};
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use clap::Parser;
    use cli::input::{self, Source};
    use cli::options::{Answer, Asking, Reading, Showing};
    use cli::{Unusable, output, status};
    use report::model::{Outcome, SchemaId, Status, Task, Tool};
    use report::{Colour, Format, Lang, Report};

    const MOST: u64 = input::MOST_BYTES;

    /// A command that takes every shared option.
    #[derive(Debug, Parser)]
    #[command(name = "pulldoctor")]
    struct Everything {
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        showing: Showing,
        #[command(flatten)]
        asking: Asking,
    }

    fn parse(arguments: &[&str]) -> Result<Everything, Unusable> {
        Everything::try_parse_from([&["pulldoctor"], arguments].concat()).map_err(|error| Unusable::from_arguments(&error).unwrap())
    }

    /// An empty folder of this test's own.
    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn below(sources: &[Source], folder: &Path) -> Vec<(String, String)> {
        let prefix = format!("{}/", folder.to_str().unwrap());
        sources
            .iter()
            .map(|source| (source.name.replace(&prefix, ""), String::from_utf8(source.bytes.clone()).unwrap()))
            .collect()
    }

    fn pair(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn options_have_the_contracts_defaults() {
        let parsed = parse(&[]).unwrap();
        assert_eq!(
            parsed.showing,
            Showing {
                format: Format::Text,
                lang: Lang::En
            }
        );
        assert_eq!(
            parsed.asking,
            Asking {
                task: None,
                answers: Vec::new(),
                now: None
            }
        );
        assert!(parsed.reading.paths.is_empty());
    }

    #[test]
    fn options_are_taken() {
        let parsed = parse(&[
            "a",
            "-",
            "--format",
            "html",
            "--lang=ja",
            "--answer",
            "q1=yes",
            "--answer",
            "q2=a=b",
            "--task",
            "arn:x",
            "--now=1970-01-01T00:00:01Z",
        ])
        .unwrap();
        assert_eq!(parsed.reading.paths, [PathBuf::from("a"), PathBuf::from("-")]);
        assert_eq!(
            parsed.showing,
            Showing {
                format: Format::Html,
                lang: Lang::Ja
            }
        );
        let answer = |id: &str, value: &str| Answer {
            id: id.to_owned(),
            value: value.to_owned(),
        };
        assert_eq!(
            parsed.asking,
            Asking {
                task: Some("arn:x".to_owned()),
                answers: vec![answer("q1", "yes"), answer("q2", "a=b")],
                now: Some(report::Time(1000))
            }
        );
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line_with_what_to_do() {
        for (arguments, names) in [
            (&["--format", "pdf"][..], &["pdf", "text, json, markdown, html"][..]),
            (&["--lang", "fr"], &["fr", "en, ja"]),
            (&["--answer", "yes"], &["yes", "q1=yes"]),
            (&["--answer", "=yes"], &["ID=VALUE"]),
            (&["--formt", "json"], &["--formt"]),
            (&["--task"], &["--task"]),
        ] {
            let line = parse(arguments).unwrap_err().to_string();
            assert!(
                line.starts_with("pulldoctor: ") && line.ends_with("run `pulldoctor --help` for the commands and options"),
                "{line}"
            );
            assert!(!line.contains('\n') && names.iter().all(|name| line.contains(name)), "{line}");
        }
    }

    #[test]
    fn files_and_folders_are_read_as_bytes_in_a_fixed_order() {
        let folder = folder("order");
        fs::create_dir_all(folder.join("b/deep")).unwrap();
        for (name, text) in [("c.json", "c"), ("a.txt", "a"), ("b/deep/z", "z"), ("b/.hidden", "h")] {
            fs::write(folder.join(name), text).unwrap();
        }
        let sources = input::gather(std::slice::from_ref(&folder), &mut io::empty(), MOST).unwrap();
        assert_eq!(
            below(&sources, &folder),
            [
                pair("a.txt", "a"),
                pair("b/.hidden", "h"),
                pair("b/deep/z", "z"),
                pair("c.json", "c")
            ]
        );

        fs::write(folder.join("bytes"), [0xff, 0xfe, 0x00]).unwrap();
        let sources = input::gather(&[folder.join("bytes"), folder.join("c.json")], &mut io::empty(), MOST).unwrap();
        assert_eq!(
            sources.iter().map(|source| source.bytes.as_slice()).collect::<Vec<_>>(),
            [&[0xff, 0xfe, 0x00][..], b"c"]
        );
    }

    #[test]
    fn standard_input_is_read_for_a_dash_and_for_nothing() {
        let stdin = [Source {
            name: "stdin".to_owned(),
            bytes: b"pasted".to_vec(),
        }];
        assert_eq!(input::gather(&[], &mut &b"pasted"[..], MOST).unwrap(), stdin);
        assert_eq!(input::gather(&["-".into()], &mut &b"pasted"[..], MOST).unwrap(), stdin);
    }

    #[cfg(unix)]
    #[test]
    fn linked_files_are_read_and_linked_folders_are_not() {
        let folder = folder("links");
        fs::write(folder.join("file"), "x").unwrap();
        std::os::unix::fs::symlink(folder.join("file"), folder.join("link")).unwrap();
        std::os::unix::fs::symlink(&folder, folder.join("circle")).unwrap();
        std::os::unix::fs::symlink(folder.join("gone"), folder.join("dangling")).unwrap();
        let sources = input::gather(std::slice::from_ref(&folder), &mut io::empty(), MOST).unwrap();
        assert_eq!(below(&sources, &folder), [pair("file", "x"), pair("link", "x")]);
        assert_eq!(input::gather(&[folder.join("circle")], &mut io::empty(), MOST).unwrap().len(), 2);
    }

    #[test]
    fn an_archive_is_its_files() {
        let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/case.zip");
        let sources = input::gather(&[archive], &mut io::empty(), MOST).unwrap();
        let (names, texts): (Vec<_>, Vec<_>) = below(&sources, Path::new(env!("CARGO_MANIFEST_DIR"))).into_iter().unzip();
        assert_eq!(names, ["tests/data/case.zip/a/b.json"]);
        assert_eq!(texts, [r#"{"tasks":[]}"#]);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let missing = folder("missing").join("no\u{1b}[31m.json");
        let line = input::gather(&[missing], &mut io::empty(), MOST).unwrap_err().to_string();
        assert!(line.contains("no\\u{1b}[31m.json: ") && line.contains("; check the path"), "{line}");
    }

    #[test]
    fn too_much_is_refused_and_just_enough_is_not() {
        const MIB: u64 = 1024 * 1024;
        let line = input::gather(&[], &mut io::repeat(b'x'), MIB).unwrap_err().to_string();
        assert!(line.contains("larger than 1 MiB"), "{line}");
        let folder = folder("budget");
        fs::write(folder.join("a"), "12").unwrap();
        fs::write(folder.join("b"), "345").unwrap();
        let read = |most| input::gather(std::slice::from_ref(&folder), &mut io::empty(), most);
        assert!(read(5).is_ok() && read(4).is_err());
    }

    #[test]
    fn a_failing_stream_is_named() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("unplugged"))
            }
        }
        assert!(
            input::gather(&[], &mut Broken, MOST)
                .unwrap_err()
                .to_string()
                .contains("cannot read stdin: unplugged")
        );
    }

    #[test]
    fn colours_only_on_a_terminal_that_wants_them() {
        assert_eq!(output::colour(true, None), Colour::Ansi);
        assert_eq!(output::colour(true, Some(OsStr::new(""))), Colour::Ansi);
        assert_eq!(output::colour(true, Some(OsStr::new("1"))), Colour::Plain);
        assert_eq!(output::colour(false, None), Colour::Plain);
    }

    #[test]
    fn a_reader_that_left_is_no_failure_and_a_full_disk_is() {
        struct Failing(io::ErrorKind);
        impl Write for Failing {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert!(output::print(&mut Failing(io::ErrorKind::BrokenPipe), "x").is_ok());
        assert!(output::print(&mut Failing(io::ErrorKind::StorageFull), "x").is_err());
    }

    #[test]
    fn the_exit_status_follows_the_outcome_and_any_failure() {
        let mut report = Report {
            schema: SchemaId::V1,
            tool: Tool {
                name: "pulldoctor".to_owned(),
                version: "0.1.0".to_owned(),
                facts: None,
                build: None,
            },
            outcome: Outcome::NoFaultFound,
            task: Task::default(),
            symptom: None,
            findings: Vec::new(),
            destinations: Vec::new(),
            requests: Vec::new(),
            documents: Vec::new(),
            other_tasks: Vec::new(),
        };
        let statuses: Vec<u8> = Outcome::ALL
            .iter()
            .map(|outcome| {
                report.outcome = *outcome;
                status::of(&report)
            })
            .collect();
        assert_eq!(statuses, [1, 1, 0, 3, 0]);

        let finding = |status: &str| {
            let text = format!(
                r#"{{"code":"task.other-failure","status":"{status}","role":null,"subject":[],"affects":[],"title":"t","summary":"","explanation":"","assumes":[],"evidence":[],"missing":[],"fixes":[]}}"#
            );
            serde_json::from_str(&text).unwrap()
        };
        report.outcome = Outcome::OutOfScope;
        for status in Status::ALL {
            report.findings = vec![finding(status.word())];
            assert_eq!(status::of(&report), u8::from(*status == Status::Fail));
        }
    }

    #[test]
    fn the_program_answers_to_version_help_and_nonsense() {
        let run = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_pulldoctor")).args(arguments).output().unwrap();
        let version = run(&["--version"]);
        assert_eq!(
            (version.status.code(), String::from_utf8(version.stdout).unwrap()),
            (Some(0), format!("pulldoctor {}\n", env!("CARGO_PKG_VERSION")))
        );
        assert_eq!(run(&["--help"]).status.code(), Some(0));
        for arguments in [&[][..], &["nonsense"], &["--nonsense"]] {
            let refused = run(arguments);
            let line = String::from_utf8(refused.stderr).unwrap();
            assert_eq!(
                (refused.status.code(), line.lines().count(), refused.stdout.len()),
                (Some(2), 1, 0),
                "{line}"
            );
        }
    }
}
