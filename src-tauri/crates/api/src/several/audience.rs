//! Who is told of work on several services, and asked: a terminal, or a window.

use std::future::Future;
use std::pin::Pin;

use super::Fate;
use crate::ApiError;
use crate::deploy::{Prepared, Release};
use crate::remove::Removal;
use crate::target::Watch;

/// Whether to go on, when somebody has answered.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<bool, ApiError>> + 'a>>;

/// Something about one of several services.
#[derive(Debug, Clone, Copy)]
pub enum Moved<'a> {
    /// Its plan is made, or it is looked at.
    Planning,
    /// It is deployed.
    Deploying,
    /// It is taken away.
    Removing,
    /// It stands.
    Stands(&'a Release),
    /// It is gone; none when there was nothing to be taken away.
    Gone(Option<&'a Removal>),
    /// It failed.
    Failed(&'a ApiError),
    /// It is not begun, because of that service.
    Held(&'a str),
}

/// Who is told, and asked.
pub trait Audience: Send + Sync {
    /// Takes what happens to one service.
    fn watch(&self, service: &str) -> Watch;

    /// One service moved on.
    fn moved(&self, service: &str, moved: Moved<'_>);

    /// The plan of one service was made and is about to be thrown away. Who keeps nothing of it has `plan`
    /// of [`super::Seen`] still.
    fn planned(&self, service: &str, prepared: &Prepared);

    /// A plan removes or replaces what was not shown: whether to go on all the same.
    fn go_on<'a>(&'a self, service: &'a str, prepared: &'a Prepared) -> Answer<'a>;
}

impl Moved<'_> {
    /// What became of the service, when that is known now.
    pub(super) fn fate(&self) -> Option<Fate> {
        match self {
            Self::Planning | Self::Deploying | Self::Removing => None,
            Self::Stands(_) | Self::Gone(_) => Some(Fate::Done),
            Self::Failed(error) => Some(Fate::Failed(first_words(error))),
            Self::Held(other) => Some(Fate::Held((*other).to_owned())),
        }
    }
}

/// A failure in one sentence: the first thing that is wrong in the files, or what happened.
pub fn first_words(error: &ApiError) -> String {
    let found = error.findings.as_deref();
    let mut problems = found.into_iter().flat_map(|found| &found.diagnostics.0);
    let first = problems.find(|one| one.severity == pilothouse_model::Severity::Error);
    first.map_or_else(|| error.title.clone(), |one| one.message.clone())
}
