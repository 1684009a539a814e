//! Values given out into the text of a file.

use std::io::Write as _;

use pilothouse_effects::{OutputProblem, ParameterValue};
use pilothouse_model::{Code, Secret, Verb};
use pilothouse_secrets as room;

use super::Store;
use super::files::{FileForm, parts};
use crate::{ApiError, Host, Kind};

/// Values in the text of a file.
#[derive(Debug)]
pub struct Exported {
    /// How many.
    pub count: usize,
    /// The text.
    pub text: Secret,
}

/// Reads the values below a path into the text of a file. Who asked for which is in the journal before.
///
/// # Errors
/// When there are none, the form cannot hold their names, or AWS does not answer or allow it.
pub async fn export(store: &Store, path: &str, form: FileForm) -> Result<Exported, ApiError> {
    let path = path.trim_end_matches('/');
    let words = ["export", path];
    let session = store.session(
        Verb::ExportSecrets,
        format!("parameters below {path}"),
        &words,
    )?;
    let about = format!("{path}/*");
    let told = |problem| store.told(problem, Some(&about));
    let names = super::comparing::names_below(store, path).await?;
    let found = room::give_out(&session, &names).await;
    let found = session.close(found, |found| {
        format!("{} values were given out", found.len())
    });
    let mut found = found.map_err(told)?;
    if found.is_empty() {
        let problem = room::SecretProblem::Missing {
            name: format!("{path}/..."),
        };
        return Err(told(problem));
    }
    found.sort_by(|left, right| left.name.cmp(&right.name));
    let pair = |one: &'_ ParameterValue| {
        room::relative(&one.name, path)
            .unwrap_or_default()
            .to_owned()
    };
    let names: Vec<String> = found.iter().map(pair).collect();
    let pairs = names
        .iter()
        .map(String::as_str)
        .zip(found.iter().map(|one| &one.value));
    let pairs: Vec<(&str, &Secret)> = pairs.collect();
    let text = room::write(form.into(), &pairs).map_err(|twice| {
        let told: Vec<String> = twice
            .iter()
            .map(|(left, right)| format!("{left} and {right}"))
            .collect();
        ApiError::new(
            Code::SecretFile,
            Kind::User,
            "a file of this form cannot keep names apart",
        )
        .detail(told.join("; "))
        .hint("Write it as JSON with levels in the names: --form json")
    })?;
    Ok(Exported {
        count: pairs.len(),
        text,
    })
}

/// Writes an export into a file that its owner alone may read.
///
/// # Errors
/// When it cannot be written.
pub fn save(host: &Host, file: &str, exported: &Exported) -> Result<(), ApiError> {
    let (folder, name) = parts(file);
    let mut pending = host.workplace.output(folder)?.create_private(name)?;
    let written = pending.write_all(exported.text.expose().as_bytes());
    written.map_err(|source| OutputProblem {
        name: name.to_owned(),
        source,
    })?;
    Ok(pending.keep()?)
}
