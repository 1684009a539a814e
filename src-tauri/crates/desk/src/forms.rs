//! Editing by form: what a form asks, what an edit would do, and doing it.

use pilothouse_api::forms::{self, Edit, Sharing};
use pilothouse_api::{ApiError, Kind};
use pilothouse_model::Code;

use crate::Desk;
use crate::problem::findings;
use crate::wire::{
    EditAsked, FileMark, Form, Outline, Place, Problem, Proposal, ProposedFile, SharedValues,
};

impl Desk {
    /// What of a service can be edited by form.
    ///
    /// # Errors
    /// When its configuration cannot be read.
    pub fn outline(&self, place: &Place) -> Result<Outline, Problem> {
        let request = self.request_of(place)?.project;
        Ok(forms::outline(&self.host, &request)?)
    }

    /// The form for a value; with `kind`, that of a new resource of this type.
    ///
    /// # Errors
    /// When nothing can stand there, or the configuration cannot be read.
    pub fn form(
        &self,
        place: &Place,
        path: &[String],
        kind: Option<&str>,
    ) -> Result<Form, Problem> {
        let request = self.request_of(place)?.project;
        Ok(forms::form(&self.host, &request, path, kind)?)
    }

    /// What edits would change, without changing it.
    ///
    /// # Errors
    /// When one of them cannot be made.
    pub fn propose_edit(
        &self,
        place: &Place,
        edits: &[EditAsked],
        shared: SharedValues,
    ) -> Result<Proposal, Problem> {
        let request = self.request_of(place)?.project;
        let edits = edits.iter().map(edit).collect::<Result<Vec<_>, _>>()?;
        let change = forms::propose(&self.host, &request, &edits, sharing(shared))?;
        Ok(proposal(change))
    }

    /// Makes edits, when the files they change are as they were when this was proposed.
    ///
    /// # Errors
    /// When a file changed meanwhile, an edit cannot be made, or a file cannot be written.
    pub fn make_edit(
        &self,
        place: &Place,
        edits: &[EditAsked],
        shared: SharedValues,
        before: &[FileMark],
    ) -> Result<Proposal, Problem> {
        let request = self.request_of(place)?.project;
        let edits = edits.iter().map(edit).collect::<Result<Vec<_>, _>>()?;
        let change = forms::propose(&self.host, &request, &edits, sharing(shared))?;
        for file in &change.files {
            // By content alone: a name may be shown otherwise than it is written.
            if !before.iter().any(|mark| mark.digest == file.before) {
                return Err(forms::changed_meanwhile(&file.file).into());
            }
        }
        forms::write(&self.host, &request, &change)?;
        Ok(proposal(change))
    }
}

fn proposal(change: forms::Change) -> Proposal {
    Proposal {
        files: change
            .files
            .into_iter()
            .map(|file| ProposedFile {
                file: file.file,
                digest: file.before,
                lines: file.lines,
            })
            .collect(),
        findings: findings(&change.findings),
        new_errors: u32::try_from(change.new_errors).unwrap_or(u32::MAX),
    }
}

const fn sharing(shared: SharedValues) -> Sharing {
    match shared {
        SharedValues::Refuse => Sharing::Refuse,
        SharedValues::All => Sharing::All,
        SharedValues::Detach => Sharing::Detach,
    }
}

fn number(of: u32) -> usize {
    usize::try_from(of).unwrap_or(usize::MAX)
}

fn edit(asked: &EditAsked) -> Result<Edit, ApiError> {
    let read = |value: &str| {
        serde_json::from_str(value).map_err(|problem| {
            ApiError::new(Code::Usage, Kind::User, "the value is not valid JSON")
                .detail(problem.to_string())
        })
    };
    Ok(match asked.clone() {
        EditAsked::Set { path, value } => Edit::Set {
            value: read(&value)?,
            path,
        },
        EditAsked::Remove { path } => Edit::Remove { path },
        EditAsked::Rename { path, to } => Edit::Rename { path, to },
        EditAsked::Insert { path, at, value } => Edit::Insert {
            value: read(&value)?,
            path,
            at: at.map(number),
        },
        EditAsked::Move { path, from, to } => Edit::Move {
            path,
            from: number(from),
            to: number(to),
        },
    })
}
