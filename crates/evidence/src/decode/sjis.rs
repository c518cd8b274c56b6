//! Shift_JIS as Windows writes it (code page 932).
//!
//! A decoder of all encodings costs the page a large part of its size; this one
//! needs one table: for each lead byte that is in use, 188 trail bytes, each a
//! UTF-16 unit in little-endian order, zero where there is no character. The
//! table is the mapping of code page 932 as the WHATWG Encoding Standard's
//! index jis0208 has it; a test compares every pair with another decoder.

const TABLE: &[u8] = include_bytes!("cp932.bin");

/// Trail bytes of one lead byte.
const ROW: usize = 188;

/// Decodes the whole text; `None` where any byte is none of this encoding's.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut rest = bytes.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            0..=0x7f => out.push(char::from(byte)),
            0xa1..=0xdf => out.push(char::from_u32(0xff61 + u32::from(byte) - 0xa1)?),
            lead => out.push(pair(lead, rest.next()?)?),
        }
    }
    Some(out)
}

fn pair(lead: u8, trail: u8) -> Option<char> {
    let row = match lead {
        0x81..=0x84 => lead - 0x81,
        0x87..=0x9f => lead - 0x87 + 4,
        0xe0..=0xea => lead - 0xe0 + 29,
        0xed | 0xee => lead - 0xed + 40,
        0xfa..=0xfc => lead - 0xfa + 42,
        _ => return None,
    };
    let column = match trail {
        0x40..=0x7e => trail - 0x40,
        0x80..=0xfc => trail - 0x80 + 63,
        _ => return None,
    };
    let at = (usize::from(row) * ROW + usize::from(column)) * 2;
    let unit = TABLE.get(at..)?.first_chunk::<2>()?;
    match u16::from_le_bytes(*unit) {
        0 => None,
        unit => char::from_u32(u32::from(unit)),
    }
}
