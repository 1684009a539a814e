//! The container of an archive: the records of the zip format that Lambda needs, and no others.
//!
//! Written here rather than by a library because an archive's digest decides whether code is uploaded: a
//! library's new release may write the same files differently, and everyone's functions would be deployed
//! again. There are no extra fields, no comments and no dates (all are 1980-01-01 00:00, the format's zero).
//! Of its 64-bit form only the count of entries is used: archives are below 4 GB, entries may be many.
//! The numbers are those of PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.4.

use crate::archive::Entry;

/// Deflate, and nothing else.
const METHOD: u16 = 8;
const TIME: u16 = 0;
/// Year 1980 + 0, month 1, day 1.
const DATE: u16 = (1 << 5) | 1;
/// Version 2.0 knows deflate.
const VERSION: u16 = 20;
/// Version 4.5 knows 64-bit counts.
const VERSION_64: u16 = 45;
/// "Unix", so that modes count.
const HOST: u16 = 3 << 8;
/// Sizes follow the content, for they are not known before.
const SIZES_FOLLOW: u16 = 1 << 3;
/// The name is UTF-8.
const UTF8: u16 = 1 << 11;
/// A regular file, in the upper half of the attributes.
const REGULAR: u32 = 0o100_000;

/// No archive reaches this size, and no entry or name its own limit.
pub(crate) const SIZE_LIMIT: u64 = u32::MAX as u64;
/// The longest name of an entry, in bytes.
pub(crate) const NAME_LIMIT: usize = u16::MAX as usize;

/// The record before an entry's content.
pub(crate) fn local_header(entry: &Entry, sizes_follow: bool) -> Vec<u8> {
    let mut record = Record::new(0x0403_4b50);
    record.short(VERSION);
    let known = if sizes_follow { None } else { Some(entry) };
    described(&mut record, entry, sizes_follow, known);
    record.short(0);
    record.bytes(entry.path.as_bytes());
    record.0
}

/// The record after an entry's content, when sizes follow.
pub(crate) fn descriptor(entry: &Entry) -> Vec<u8> {
    let mut record = Record::new(0x0807_4b50);
    sums(&mut record, Some(entry));
    record.0
}

/// An entry's record in the directory at the end.
pub(crate) fn directory_entry(entry: &Entry, sizes_follow: bool, offset: u64) -> Vec<u8> {
    let mut record = Record::new(0x0201_4b50);
    record.short(HOST | VERSION);
    record.short(VERSION);
    described(&mut record, entry, sizes_follow, Some(entry));
    // No extra fields, no comment, first disk, binary content.
    for _ in 0..4 {
        record.short(0);
    }
    record.long((REGULAR | entry.mode) << 16);
    record.size(offset);
    record.bytes(entry.path.as_bytes());
    record.0
}

/// What closes the archive.
pub(crate) fn end(count: usize, offset: u64, length: u64) -> Vec<u8> {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let mut closing = Vec::new();
    let short_count = u16::try_from(count).unwrap_or(u16::MAX);
    if short_count == u16::MAX {
        closing.extend(end_64(count, offset, length));
    }
    let mut record = Record::new(0x0605_4b50);
    record.long(0);
    record.short(short_count);
    record.short(short_count);
    record.size(length);
    record.size(offset);
    record.short(0);
    closing.extend(record.0);
    closing
}

fn end_64(count: u64, offset: u64, length: u64) -> Vec<u8> {
    let mut record = Record::new(0x0606_4b50);
    record.double(44);
    record.short(HOST | VERSION_64);
    record.short(VERSION_64);
    record.double(0);
    for number in [count, count, length, offset] {
        record.double(number);
    }
    // Where the record above starts.
    record.long(0x0706_4b50);
    record.long(0);
    record.double(offset + length);
    record.long(1);
    record.0
}

/// The fields that an entry's two records share.
fn described(record: &mut Record, entry: &Entry, sizes_follow: bool, known: Option<&Entry>) {
    let utf8 = if entry.path.is_ascii() { 0 } else { UTF8 };
    record.short(utf8 | if sizes_follow { SIZES_FOLLOW } else { 0 });
    record.short(METHOD);
    record.short(TIME);
    record.short(DATE);
    sums(record, known);
    record.short(u16::try_from(entry.path.len()).unwrap_or(u16::MAX));
}

fn sums(record: &mut Record, entry: Option<&Entry>) {
    record.long(entry.map_or(0, |entry| entry.crc));
    record.size(entry.map_or(0, |entry| entry.compressed));
    record.size(entry.map_or(0, |entry| entry.size));
}

/// Little-endian numbers, one after the other.
struct Record(Vec<u8>);

impl Record {
    fn new(signature: u32) -> Self {
        Self(signature.to_le_bytes().to_vec())
    }

    fn short(&mut self, number: u16) {
        self.bytes(&number.to_le_bytes());
    }

    fn long(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }

    fn double(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    /// A size or place; the writer has made sure that it fits.
    fn size(&mut self, number: u64) {
        self.long(u32::try_from(number).unwrap_or(u32::MAX));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}
