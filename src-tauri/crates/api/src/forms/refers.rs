//! What else in the files refers to something, so that removing or renaming it can be decided.

use serde::Serialize;
use specta::Type;

use crate::project::ProjectRequest;
use crate::{ApiError, Host, show, texts};

/// A line that refers to something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reference {
    /// The file.
    pub file: String,
    /// The line, from one.
    pub line: u32,
    /// Its text.
    pub text: String,
}

/// Lines that speak of a function or a resource, by its key, its path or its logical id.
pub(super) fn refers(
    host: &Host,
    request: &ProjectRequest,
    path: &[String],
) -> Result<Vec<Reference>, ApiError> {
    let words: Vec<String> = match path {
        [functions, name] if functions == "functions" => vec![
            format!("self:functions.{name}."),
            format!("self:functions.{name}}}"),
            show::function_id(name),
        ],
        [resources, section, name] if resources == "resources" && section == "Resources" => {
            vec![name.clone()]
        }
        _ => return Ok(Vec::new()),
    };
    let first = texts::read(host, request, None)?;
    let mut all = Vec::new();
    let others = first.others.clone();
    look(&first, &words, path, &mut all);
    for other in &others {
        if let Ok(file) = texts::read(host, request, Some(other)) {
            look(&file, &words, path, &mut all);
        }
    }
    all.truncate(100);
    Ok(all)
}

fn look(file: &texts::TextFile, words: &[String], path: &[String], all: &mut Vec<Reference>) {
    let name = path.last().map(String::as_str).unwrap_or_default();
    for (number, line) in file.text.lines().enumerate() {
        let body = line.split(" #").next().unwrap_or_default();
        let own = body.trim().strip_suffix(':') == Some(name);
        if !own && words.iter().any(|word| stands_in(body, word)) {
            all.push(Reference {
                file: file.file.clone(),
                line: u32::try_from(number + 1).unwrap_or(u32::MAX),
                text: line.trim().to_owned(),
            });
        }
    }
}

/// Whether a word stands in a line and is no part of a longer name.
fn stands_in(line: &str, word: &str) -> bool {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line
            .get(at + word.len()..)
            .and_then(|text| text.chars().next());
        let ends_open = word.ends_with(['.', '}']);
        !before.is_some_and(is_name) && (ends_open || !after.is_some_and(is_name))
    })
}
