//! ZIP archives, as which customers send a folder of outputs. Faces take them apart before anything is read, so that each
//! file inside is an input like any other.

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive, ZipVerification};

use crate::{MAX_BYTES, decode};

/// The member that makes an archive an Office document (ECMA-376 part 2), which is for its own program to open.
const OFFICE: &str = "[Content_Types].xml";
/// Where the archives of macOS keep what its own file system adds to each file.
const MACOS: &str = "__MACOSX/";

/// The checksum of APPNOTE 4.4.7. Tables would make it quicker, and the page 16 KB heavier.
const CHECKSUM: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// Whether the bytes begin as a ZIP archive does: with the head of its first file (APPNOTE 4.3.7).
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// A named input as what is to be read of it: a ZIP archive as the files inside, each named below the archive;
/// anything else as it is.
///
/// An archive in which some file cannot be opened (protected by a password, damaged, packed by another method than store
/// and deflate, beyond [`MAX_BYTES`] in all) comes last itself, after those that could: reading it says so.
#[must_use]
pub fn unpacked(name: String, bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    if !is_archive(&bytes) {
        return vec![(name, bytes)];
    }
    let mut files = Vec::new();
    let whole = ZipArchive::from_slice(bytes.as_slice()).is_ok_and(|archive| open(&archive, &mut files));
    // An archive of folders alone does not vanish either.
    if !whole || files.is_empty() {
        files.push((String::new(), bytes));
    }
    for (file, _) in &mut files {
        *file = if file.is_empty() { name.clone() } else { format!("{name}/{file}") };
    }
    files
}

/// Takes out every file that can be; tells whether those are all.
fn open(archive: &ZipSliceArchive<&[u8]>, files: &mut Vec<(String, Vec<u8>)>) -> bool {
    let mut left = MAX_BYTES;
    let mut whole = true;
    let mut entries = archive.entries();
    loop {
        let entry = match entries.next_entry() {
            Ok(Some(entry)) => entry,
            Ok(None) => return whole,
            Err(_) => return false,
        };
        let name = decode::name(entry.file_path().as_ref());
        if name == OFFICE {
            files.clear();
            return false;
        }
        if entry.is_dir() || name.starts_with(MACOS) {
            continue;
        }
        match content(archive, &entry, left) {
            Some(bytes) => {
                left = left.saturating_sub(bytes.len());
                files.push((name, bytes));
            }
            None => whole = false,
        }
    }
}

/// One file, where it can be opened, is what its checksum says, and is not longer than `most` bytes.
fn content(archive: &ZipSliceArchive<&[u8]>, entry: &ZipFileHeaderRecord<'_>, most: usize) -> Option<Vec<u8>> {
    if entry.flags().is_encrypted() {
        return None;
    }
    let inside = archive.get_entry(entry.wayfinder()).ok()?;
    let bytes = match entry.compression_method() {
        CompressionMethod::STORE => Some(inside.data()).filter(|data| data.len() <= most)?.to_vec(),
        CompressionMethod::DEFLATE => decompress_to_vec_with_limit(inside.data(), most).ok()?,
        _ => return None,
    };
    let found = ZipVerification {
        crc: CHECKSUM.checksum(&bytes),
        uncompressed_size: u64::try_from(bytes.len()).ok()?,
    };
    inside.claim_verifier().valid(found).ok()?;
    Some(bytes)
}
