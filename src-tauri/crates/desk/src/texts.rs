//! Editing the texts of a project.

use std::ops::Range;

use pilothouse_api::error::Findings;
use pilothouse_api::texts;
use pilothouse_model::{Diagnostic, SourceId, first_line};

use crate::problem::finding;
use crate::wire::{
    Checked, Diagnosis, KeyDocumentation, Meaning, Place, Problem, RelatedPlace, Saved, ShownValue,
    Suggestion, SuggestionKind, Suggestions, TextFile, TextFix, TextRange, count,
};
use crate::{Desk, lock};

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

impl Desk {
    /// Everything that would be found if a file of the project had this text; nothing when a check with a higher
    /// number was asked for since, whose answer is the one that counts.
    ///
    /// # Errors
    /// When the project cannot be read, or the file is no part of its configuration.
    pub fn check_text(
        &self,
        place: &Place,
        file: &str,
        text: &str,
        number: u32,
    ) -> Result<Option<Checked>, Problem> {
        let is_last = || {
            let mut newest = lock(&self.checks);
            let newest = newest.entry(place.project.clone()).or_default();
            *newest = number.max(*newest);
            *newest == number
        };
        if !is_last() {
            return Ok(None);
        }
        let request = self.request_of(place)?.project;
        let found = texts::check(&self.host, &request, file, text)?;
        if !is_last() {
            return Ok(None);
        }
        Ok(Some(checked(&found, file, text)))
    }

    /// What may be written at a place of a text.
    ///
    /// # Errors
    /// When the project cannot be read, or the file is no part of its configuration.
    pub fn complete_text(
        &self,
        place: &Place,
        file: &str,
        text: &str,
        at: u32,
    ) -> Result<Suggestions, Problem> {
        let request = self.request_of(place)?.project;
        let found = texts::complete(&self.host, &request, file, text, byte(text, at))?;
        Ok(Suggestions {
            range: range(text, &found.typed),
            all: found.all.into_iter().map(suggestion).collect(),
        })
    }

    /// What is known of a place of a text.
    ///
    /// # Errors
    /// When the project cannot be read, or the file is no part of its configuration.
    pub fn meaning_of_text(
        &self,
        place: &Place,
        file: &str,
        text: &str,
        at: u32,
    ) -> Result<Option<Meaning>, Problem> {
        let request = self.request_of(place)?.project;
        let found = texts::meaning(&self.host, &request, file, text, byte(text, at))?;
        Ok(found.map(|found| Meaning {
            range: range(text, &found.range),
            path: found.path,
            key: found.documentation.map(|known| KeyDocumentation {
                doc: known.doc,
                kind: known.kind,
                words: known.words,
                default: known.default,
                example: known.example,
                note: known.note,
                required: known.required,
            }),
            value: found.value.map(|value| match value {
                texts::Shown::Value(text) => ShownValue::Value { text },
                texts::Shown::Hidden => ShownValue::Hidden,
                texts::Shown::Unknown => ShownValue::Unknown,
            }),
        }))
    }
}

/// The byte of a text at a number of UTF-16 units.
fn byte(text: &str, at: u32) -> usize {
    let mut units = 0;
    for (place, letter) in text.char_indices() {
        if units >= at {
            return place;
        }
        units += count(letter.len_utf16());
    }
    text.len()
}

fn units(text: &str, at: usize) -> u32 {
    let before = text.get(..at).unwrap_or(text);
    count(before.chars().map(char::len_utf16).sum())
}

fn range(text: &str, bytes: &Range<usize>) -> TextRange {
    TextRange {
        from: units(text, bytes.start),
        to: units(text, bytes.end),
    }
}

fn checked(found: &Findings, file: &str, text: &str) -> Checked {
    let one = |diagnostic: &Diagnostic| Diagnosis {
        finding: finding(diagnostic, &found.sources),
        range: marked(diagnostic, file, text),
        fix: texts::fix(diagnostic, file, &found.sources).map(|fix| TextFix {
            title: fix.words,
            range: range(text, &fix.range),
            text: fix.text,
        }),
        related: diagnostic
            .related
            .iter()
            .filter_map(|(span, words)| {
                Some(RelatedPlace {
                    file: span.source.to_string(),
                    line: count(found.sources.position(span)?.line),
                    words: words.clone(),
                })
            })
            .collect(),
    };
    let mut findings: Vec<Diagnosis> = found.diagnostics.0.iter().map(one).collect();
    findings.sort_by_key(|one| !one.finding.is_error);
    Checked { findings }
}

/// The part of the text that is underlined: of several lines the first, of nothing the letter before it.
fn marked(diagnostic: &Diagnostic, file: &str, text: &str) -> Option<TextRange> {
    let span = diagnostic.span.as_ref()?;
    if span.source != SourceId::new(file) {
        return None;
    }
    let start = span.start.min(text.len());
    let meant = first_line(text.get(start..span.end.min(text.len()))?);
    if meant.is_empty() {
        let before = text.get(..start)?.chars().next_back();
        let begin = start - before.map_or(0, char::len_utf8);
        return Some(range(text, &(begin..start)));
    }
    Some(range(text, &(start..start + meant.len())))
}

fn suggestion(one: texts::Suggestion) -> Suggestion {
    Suggestion {
        kind: match one.kind {
            texts::SuggestionKind::Key => SuggestionKind::Key,
            texts::SuggestionKind::Value => SuggestionKind::Value,
            texts::SuggestionKind::Variable => SuggestionKind::Variable,
            texts::SuggestionKind::Name => SuggestionKind::Name,
            texts::SuggestionKind::File => SuggestionKind::File,
        },
        label: one.label,
        detail: one.detail,
        doc: one.doc,
        insert: one.insert,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_the_page_counts_them() {
        let text = "é🎈x";
        assert_eq!(range(text, &(2..7)), TextRange { from: 1, to: 4 });
        assert_eq!((byte(text, 1), byte(text, 3), byte(text, 4)), (2, 6, 7));
        assert_eq!(byte(text, 99), text.len());
    }
}
