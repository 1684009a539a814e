//! Editing the texts of a project.

use pilothouse_api::texts;

use crate::Desk;
use crate::wire::{Place, Problem, Saved, TextFile};

impl Desk {
    /// The configuration file, or a file that it reads.
    ///
    /// # Errors
    /// When it cannot be read, or is no part of the configuration.
    pub fn read_text(&self, place: &Place, file: Option<&str>) -> Result<TextFile, Problem> {
        let request = self.request_of(place)?.project;
        Ok(texts::read(&self.host, &request, file)?.into())
    }

    /// Gives a file a new text, unless it changed since it was read.
    ///
    /// # Errors
    /// When it is no part of the configuration, or cannot be written.
    pub fn save_text(
        &self,
        place: &Place,
        file: &str,
        before: &str,
        text: &str,
    ) -> Result<Saved, Problem> {
        let request = self.request_of(place)?.project;
        let saved = texts::save(&self.host, &request, file, before, text)?;
        Ok(match saved {
            texts::Saved::Done { digest } => Saved::Done { digest },
            texts::Saved::Conflict { theirs } => Saved::Conflict {
                theirs: theirs.into(),
            },
        })
    }
}

impl From<texts::TextFile> for TextFile {
    fn from(file: texts::TextFile) -> Self {
        Self {
            file: file.file,
            text: file.text,
            digest: file.digest,
            config: file.config,
            others: file.others,
        }
    }
}
