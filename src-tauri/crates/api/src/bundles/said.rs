//! What esbuild says, as findings with a place in the user's files.

use pilothouse_artifact::esbuild::{Place, Said};
use pilothouse_effects::ProjectFiles;
use pilothouse_model::{Code, Diagnostic, ProjectPath, Severity, SourceId, Sources, Span};

/// More than any file that is written by hand.
const MOST_BYTES: u64 = 4 << 20;
/// How esbuild begins to say that it does not find something.
const UNRESOLVED: &str = "Could not resolve ";
/// Advice of esbuild's on its own words for settings, which are written otherwise here.
const OWN_ADVICE: &str = "You can mark the path";

/// A finding of what esbuild says; the text that it points into is remembered.
pub(super) fn finding(
    files: &dyn ProjectFiles,
    said: &Said,
    severity: Severity,
    sources: &mut Sources,
) -> Diagnostic {
    let span = said
        .place
        .as_ref()
        .and_then(|place| span(files, place, sources));
    let message = match (&span, &said.place) {
        (None, Some(place)) => format!(
            "{}:{}:{}: {}",
            place.file,
            place.line,
            place.column + 1,
            said.text
        ),
        _ => said.text.clone(),
    };
    let mut found = match severity {
        Severity::Error => Diagnostic::error(Code::BundleFailed, message),
        Severity::Warning => Diagnostic::warning(Code::BundleFailed, message),
    };
    found.span = span;
    let mut notes = said
        .notes
        .iter()
        .filter(|note| !note.starts_with(OWN_ADVICE));
    found.reason = notes.next().cloned();
    found.hint = hint(said);
    found
}

fn hint(said: &Said) -> Option<String> {
    if let Some(rest) = said.text.strip_prefix(UNRESOLVED) {
        let name = rest.trim_matches('"');
        return Some(if name.starts_with(['.', '/']) {
            "Correct the path of the import".to_owned()
        } else {
            format!(
                "Install `{name}`; or name it under `exclude` in the settings of esbuild, when the runtime or a layer \
                 has it"
            )
        });
    }
    let instead = said.suggestion.as_ref();
    instead.map(|instead| format!("Write `{instead}`"))
}

/// The place in a file of the project; none in files elsewhere, and in those that are no text.
fn span(files: &dyn ProjectFiles, place: &Place, sources: &mut Sources) -> Option<Span> {
    let path = ProjectPath::parse(&place.file).ok()?;
    let id = SourceId::new(path.as_str());
    if sources.text(&id).is_none() {
        let text = String::from_utf8(files.read(&path, MOST_BYTES).ok()?).ok()?;
        sources.insert(id.clone(), text);
    }
    let text = sources.text(&id)?;
    let line = usize::try_from(place.line).ok()?.checked_sub(1)?;
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let column = usize::try_from(place.column).ok()?;
    let length = usize::try_from(place.length).ok()?;
    let start = before.saturating_add(column).min(text.len());
    let end = start.saturating_add(length).min(text.len());
    let is_whole = text.is_char_boundary(start) && text.is_char_boundary(end);
    is_whole.then(|| Span::new(id, start, end))
}
