//! ZIP archives, as which customers send a folder of outputs. Faces take them apart before anything is read, so that each
//! file inside is an input like any other.

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive, ZipVerification};

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

/// A named input as what is to be read of it: a ZIP archive as the files inside, each named below
/// the archive; anything else as it is.
///
/// An archive in which some file cannot be opened (protected by a password, damaged, packed by another method than store
/// and deflate, beyond [`MAX_BYTES`] in all) comes last itself, after those that could: reading it says so.
#[must_use]
pub fn unpacked(name: String, bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    if !is_archive(&bytes) {
        return vec![(name, bytes)];
    }
    let mut files = Vec::new();
    let archive = ZipArchive::from_slice(bytes.as_slice()).ok();
    let whole = archive.is_some_and(|archive| open(&archive, &mut files).is_some());
    if !whole {
        files.push((String::new(), bytes));
    }
    for (file, _) in &mut files {
        *file = if file.is_empty() { name.clone() } else { format!("{name}/{file}") };
    }
    files
}

/// Takes out every file that can be; `None` where there are others.
fn open(archive: &ZipSliceArchive<&[u8]>, files: &mut Vec<(String, Vec<u8>)>) -> Option<()> {
    let mut left = MAX_BYTES;
    let mut whole = Some(());
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().ok()? {
        let name = decode::name(entry.file_path().as_ref());
        if name == OFFICE {
            files.clear();
            return None;
        }
        if entry.is_dir() || name.starts_with(MACOS) {
            continue;
        }
        let plain = !entry.flags().is_encrypted();
        let inside = archive.get_entry(entry.wayfinder()).ok().filter(|_| plain);
        let bytes = inside.and_then(|inside| {
            let bytes = match entry.compression_method() {
                CompressionMethod::STORE => inside.data().get(..left.min(inside.data().len())).map(<[u8]>::to_vec),
                CompressionMethod::DEFLATE => decompress_to_vec_with_limit(inside.data(), left).ok(),
                _ => None,
            }?;
            let found = ZipVerification {
                crc: CHECKSUM.checksum(&bytes),
                uncompressed_size: u64::try_from(bytes.len()).ok()?,
            };
            inside.claim_verifier().valid(found).ok().map(|()| bytes)
        });
        match bytes {
            Some(bytes) => {
                left = left.saturating_sub(bytes.len());
                files.push((name, bytes));
            }
            None => whole = None,
        }
    }
    whole
}
