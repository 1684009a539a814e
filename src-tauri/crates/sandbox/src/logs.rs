//! What the sandbox's programs wrote.

use crate::bring_up::SERVER_LOG;
use crate::record::{Part, Record};
use crate::{SandboxProblem, World, layout};

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// Who wrote it: `aws`, `postgres` or `server`.
    pub source: &'static str,
    /// The line.
    pub text: String,
}

/// Reads the logs, and each time only what is new.
#[derive(Debug, Clone, Default)]
pub struct LogReader {
    since: Option<u64>,
    places: [Place; 3],
}

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    offset: u64,
}

impl LogReader {
    /// What is new since the last call, whole lines only. A new run of the server begins at its beginning.
    ///
    /// # Errors
    /// When a log cannot be read.
    pub fn next(&mut self, world: &World) -> Result<Vec<LogLine>, SandboxProblem> {
        let since = Record::read(world.data.as_ref())?.map(|record| record.since);
        if since.is_some() && since != self.since {
            self.places = Default::default();
            self.since = since;
        }
        let sources = [SERVER_LOG, Part::Postgres.name(), Part::Aws.name()];
        let mut lines = Vec::new();
        for (source, place) in sources.into_iter().zip(&mut self.places) {
            let content = world.data.read(&layout::log_file(source), place.offset)?;
            let content = content.unwrap_or_default();
            let whole = content
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |last| last + 1);
            let (whole, _) = content.split_at(whole);
            place.offset += whole.len() as u64;
            lines.extend(String::from_utf8_lossy(whole).lines().map(|text| LogLine {
                source,
                text: text.to_owned(),
            }));
        }
        Ok(lines)
    }
}

/// The last lines of a log.
pub(crate) fn last_words(world: &World, log: &str) -> Result<String, SandboxProblem> {
    let content = world
        .data
        .read(&layout::log_file(log), 0)?
        .unwrap_or_default();
    let text = String::from_utf8_lossy(&content);
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(8);
    Ok(lines.get(from..).unwrap_or_default().join("\n"))
}
