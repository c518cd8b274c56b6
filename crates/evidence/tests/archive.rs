//! ZIP archives are taken apart into inputs, and what cannot be opened is said.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use evidence::{Input, MAX_BYTES, ProblemKind, read, unpacked};
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use std::io::Write as _;

const TASKS: &str = r#"{"tasks": [], "failures": []}"#;

/// An archive of files, packed by turns with deflate and not at all.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = ZipArchiveWriter::new(&mut bytes);
    for (at, (name, content)) in files.iter().enumerate() {
        let deflate = at % 2 == 0;
        let method = if deflate {
            CompressionMethod::DEFLATE
        } else {
            CompressionMethod::STORE
        };
        let (mut entry, config) = writer.new_file(name).compression_method(method).start().unwrap();
        let mut data = config.wrap(Vec::new());
        data.write_all(content).unwrap();
        let (plain, descriptor) = data.finish().unwrap();
        let packed = if deflate { compress_to_vec(&plain, 6) } else { plain };
        entry.write_all(&packed).unwrap();
        entry.finish(descriptor).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

fn names(files: &[(String, Vec<u8>)]) -> Vec<&str> {
    files.iter().map(|(name, _)| name.as_str()).collect()
}

fn problems(name: &str, bytes: &[u8]) -> Vec<ProblemKind> {
    let evidence = read(&[Input { name, bytes }]);
    let problems = evidence.sources.iter().flat_map(|source| &source.problems);
    problems.map(|problem| problem.kind).collect()
}

#[test]
fn files_come_out_named_below_the_archive() {
    let bytes = archive(&[("logs/b.json", TASKS.as_bytes()), ("a.json", b"{}"), ("__MACOSX/._a.json", b"x")]);
    let files = unpacked("case.zip".to_owned(), bytes);
    assert_eq!(names(&files), ["case.zip/logs/b.json", "case.zip/a.json"]);
    assert_eq!(files[0].1, TASKS.as_bytes());
}

#[test]
fn names_written_by_windows_in_japan_are_read() {
    let mut bytes = archive(&[("XXXX.txt", b"{}")]);
    // "結果" in Shift_JIS, in both places that hold the name.
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|&at| &bytes[at..at + 4] == b"XXXX").collect();
    assert_eq!(places.len(), 2);
    for at in places {
        bytes[at..at + 4].copy_from_slice(b"\x8c\x8b\x89\xca");
    }
    assert_eq!(names(&unpacked("case.zip".to_owned(), bytes)), ["case.zip/結果.txt"]);
}

#[test]
fn a_damaged_file_is_said_and_the_others_are_used() {
    let mut bytes = archive(&[("a.json", TASKS.as_bytes()), ("b.json", b"not as it was packed")]);
    let at = bytes.windows(3).position(|window| window == b"not").unwrap();
    bytes[at] = b'N';
    let files = unpacked("case.zip".to_owned(), bytes);
    assert_eq!(names(&files), ["case.zip/a.json", "case.zip"]);
    assert_eq!(problems(&files[0].0, &files[0].1), []);
    assert!(problems(&files[1].0, &files[1].1).contains(&ProblemKind::Archive));
}

#[test]
fn a_file_under_a_password_is_said() {
    let mut bytes = archive(&[("a.json", TASKS.as_bytes())]);
    // Bit 0 of the general purpose flags, six bytes into the local head and eight into the central one.
    let central = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    assert_eq!(names(&unpacked("case.zip".to_owned(), bytes)), ["case.zip"]);
}

#[test]
fn an_office_document_is_left_to_its_own_program() {
    let bytes = archive(&[("word/document.xml", b"<w/>"), ("[Content_Types].xml", b"<Types/>")]);
    let files = unpacked("mail.docx".to_owned(), bytes);
    assert_eq!(names(&files), ["mail.docx"]);
    assert!(problems(&files[0].0, &files[0].1).contains(&ProblemKind::Archive));
}

#[test]
fn no_archive_grows_beyond_what_is_read() {
    let large = vec![b' '; MAX_BYTES / 2 + 1];
    let bytes = archive(&[("a", &large), ("b.json", TASKS.as_bytes()), ("c", &large)]);
    assert_eq!(
        names(&unpacked("bomb.zip".to_owned(), bytes)),
        ["bomb.zip/a", "bomb.zip/b.json", "bomb.zip"]
    );
}

#[test]
fn an_archive_without_files_does_not_vanish() {
    let bytes = archive(&[("__MACOSX/._a.json", b"x")]);
    assert_eq!(names(&unpacked("case.zip".to_owned(), bytes)), ["case.zip"]);
}

proptest! {
    #[test]
    fn what_is_no_archive_stays_as_it_is(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assume!(!bytes.starts_with(b"PK\x03\x04"));
        prop_assert_eq!(unpacked("a".to_owned(), bytes.clone()), vec![("a".to_owned(), bytes)]);
    }

    #[test]
    fn a_broken_archive_never_vanishes(at in 4_usize..300, with in any::<u8>(), cut in 4_usize..400) {
        let mut bytes = archive(&[("a.json", TASKS.as_bytes()), ("b.json", TASKS.as_bytes())]);
        if let Some(byte) = bytes.get_mut(at) {
            *byte = with;
        }
        bytes.truncate(cut);
        prop_assert!(!unpacked("a.zip".to_owned(), bytes).is_empty());
    }
}
