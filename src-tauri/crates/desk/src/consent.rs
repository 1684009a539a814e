//! Code of the project that would run on this computer: showing it, allowing it, and taking that back.

use std::collections::HashMap;

use pilothouse_api::consent::{self, Program, Remembered};
use pilothouse_api::project::{CodeConsent, ProjectRequest};
use pilothouse_api::{ApiError, Kind, show};
use pilothouse_model::{Code, Digest};

use crate::wire::{AllowedCode, CodeText, Place, Problem};
use crate::{Desk, lock};

/// By project: the contents that may run until the window is closed.
pub(crate) type Allowed = HashMap<String, Vec<String>>;

impl Desk {
    /// What may run for a project while this window is open.
    pub(crate) fn consent_of(&self, project: &str) -> CodeConsent {
        match lock(&self.allowed).get(project) {
            None => CodeConsent::Nothing,
            Some(hashes) => CodeConsent::Hashes(hashes.clone()),
        }
    }

    /// What may run for the projects in a folder while this window is open: a content is allowed, wherever it lies.
    pub(crate) fn consent_within(&self, folder: &str) -> Result<CodeConsent, ApiError> {
        let allowed = lock(&self.allowed);
        if allowed.is_empty() {
            return Ok(CodeConsent::Nothing);
        }
        let below = format!("{}/", folder.trim_end_matches('/'));
        let mut hashes: Vec<String> = Vec::new();
        for known in self.shelf.projects()? {
            if known.folder == folder || known.folder.starts_with(&below) {
                hashes.extend(allowed.get(&known.id).into_iter().flatten().cloned());
            }
        }
        Ok(CodeConsent::Hashes(hashes))
    }

    /// The texts of the files that a content is over, as far as they can be shown.
    ///
    /// # Errors
    /// When the content is not what would run now.
    pub fn code_texts(&self, place: &Place, hash: &str) -> Result<Vec<CodeText>, Problem> {
        let request = self.request_of(place)?.project;
        let program = self.waiting(&request, hash)?;
        Ok(consent::texts(&self.host, &request.folder, &program)?)
    }

    /// Lets a content run: until the window is closed, or for good.
    ///
    /// # Errors
    /// When the content is not what would run now, or cannot be remembered.
    pub fn allow_code(&self, place: &Place, hash: &str, for_good: bool) -> Result<(), Problem> {
        let request = self.request_of(place)?.project;
        let program = self.waiting(&request, hash)?;
        if for_good {
            consent::remember(&self.host, &request.folder, &program)?;
        }
        let mut allowed = lock(&self.allowed);
        allowed
            .entry(place.project.clone())
            .or_default()
            .push(program.hash);
        Ok(())
    }

    /// What may run for good, of all projects.
    ///
    /// # Errors
    /// When the data folder cannot be read.
    pub fn allowed_code(&self) -> Result<Vec<AllowedCode>, Problem> {
        let found = consent::remembered(&self.host)?;
        let told = found.into_iter().map(|one| AllowedCode {
            id: id(&one),
            project: one.project,
            name: one.name,
            hash: one.hash,
        });
        Ok(told.collect())
    }

    /// Takes back that a content may run, here and from now on.
    ///
    /// # Errors
    /// When the data folder cannot be written. One that is gone already is no fault.
    pub fn forget_code(&self, code: &str) -> Result<(), Problem> {
        let found = consent::remembered(&self.host)?;
        let Some(one) = found.into_iter().find(|one| id(one) == code) else {
            return Ok(());
        };
        consent::forget_one(&self.host, &one.project, &one.hash)?;
        for hashes in lock(&self.allowed).values_mut() {
            hashes.retain(|hash| *hash != one.hash);
        }
        Ok(())
    }

    /// What would run now, if it has this content: what the page was shown may have changed since.
    fn waiting(&self, request: &ProjectRequest, hash: &str) -> Result<Program, Problem> {
        let programs = match show::show(&self.host, request) {
            Ok(_) => Vec::new(),
            Err(error) => error.consent.map(|programs| *programs).unwrap_or_default(),
        };
        let mut programs = programs.into_iter();
        let found = programs.find(|program| program.hash == hash);
        Ok(found.ok_or_else(|| {
            ApiError::new(
                Code::ConsentNeeded,
                Kind::Permission,
                "the code changed since it was shown",
            )
            .detail("what was allowed is a content, and this one is another")
            .hint("Look again: what would run now is shown")
        })?)
    }
}

/// An id for the page, which is given no path to send back.
fn id(one: &Remembered) -> String {
    Digest::of(format!("{}\n{}", one.project, one.hash).as_bytes()).to_string()
}
