//! Content, deflated.
//!
//! # Why the bytes are the same on every machine
//!
//! The deflate is zlib-rs. Its choices (hash, chain length, lazy matching, block splitting) are integer
//! arithmetic on the content and the level. The CPU's vector instructions serve only to compare, to slide the
//! window and to sum, where every path has the same result; the hash is a multiplication, not the CRC
//! instruction that other forks of zlib use when the CPU has it. How content is cut, and how much room the
//! output has at each call, is fixed here and depends on the content alone: not on how short the reads were,
//! nor on how many workers there are. A test holds the digest of an archive that was written down once;
//! a new release of zlib-rs that deflates differently fails it, and is then a decision.

use std::io;

use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress, Status};

/// Chosen by measurement; see the benchmark of this crate.
const LEVEL: u32 = 6;

/// Room for output at each call.
const ROOM: usize = 32 * 1024;

/// A compressor, used again for one content after the other.
pub(crate) struct Deflater {
    state: Compress,
    room: Vec<u8>,
}

/// Whether more of the same file follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The end is not reached: the output stops at a whole byte, so that the next part can follow it.
    More,
    /// The end of the file.
    Last,
}

/// A file's content, or a part of one.
pub(crate) struct Deflated {
    pub(crate) bytes: Vec<u8>,
    pub(crate) size: u64,
    /// The CRC-32 of what went in; those of parts can be joined.
    pub(crate) sum: Hasher,
}

impl Deflater {
    pub(crate) fn new() -> Self {
        Self {
            state: Compress::new(Compression::new(LEVEL), false),
            room: vec![0; ROOM],
        }
    }

    /// Deflates a content, or a part of one; parts know nothing of each other.
    pub(crate) fn deflate(&mut self, content: &[u8], part: Part) -> io::Result<Deflated> {
        let mut sum = Hasher::new();
        sum.update(content);
        self.state.reset();
        let mut bytes = Vec::with_capacity(content.len() / 3 + 64);
        let flush = match part {
            Part::More => FlushCompress::Sync,
            Part::Last => FlushCompress::Finish,
        };
        loop {
            let (read, wrote) = (self.state.total_in(), self.state.total_out());
            let from = usize::try_from(read).unwrap_or(usize::MAX);
            let rest = content.get(from..).unwrap_or_default();
            let status = self.state.compress(rest, &mut self.room, flush)?;
            let count = usize::try_from(self.state.total_out() - wrote).unwrap_or_default();
            bytes.extend_from_slice(self.room.get(..count).unwrap_or_default());
            let consumed = self.state.total_in() == content.len() as u64;
            match part {
                Part::Last if status == Status::StreamEnd => break,
                // zlib's rule: a flush is complete when it leaves room in the output.
                Part::More if consumed && count < ROOM => break,
                _ if count == 0 && !consumed => return Err(io::ErrorKind::WriteZero.into()),
                _ => {}
            }
        }
        Ok(Deflated {
            bytes,
            size: content.len() as u64,
            sum,
        })
    }
}
