//! Showing one value: the one answer that holds a secret. Who asked for which version is in the journal before.

use pilothouse_model::{Secret, Verb};
use pilothouse_secrets as room;

use super::{ParameterType, Store};
use crate::ApiError;

/// A value that somebody asked to see.
#[derive(Debug)]
pub struct Revealed {
    /// The parameter.
    pub name: String,
    /// The version.
    pub version: u32,
    /// How it is kept.
    pub kind: ParameterType,
    /// The value.
    pub value: Secret,
}

/// Reads one value to show it, or to give it to the clipboard. `selector` is a name, or a name with `:VERSION` or
/// `:LABEL`.
///
/// # Errors
/// When there is no such thing, or AWS does not answer or allow it.
pub async fn reveal(store: &Store, selector: &str) -> Result<Revealed, ApiError> {
    let name = selector.split(':').next().unwrap_or(selector);
    let subject = format!("parameter {selector}");
    let session = store.session(Verb::RevealSecret, subject, &["reveal", selector])?;
    let found = room::show(&session, selector).await;
    let found = session.close(found, |found| {
        format!("version {} was given out", found.version)
    });
    let found = found.map_err(|problem| store.told(problem, Some(name)))?;
    Ok(Revealed {
        name: found.name.split(':').next().unwrap_or_default().to_owned(),
        version: found.version,
        kind: found.kind.into(),
        value: found.value,
    })
}
