//! `secrets`: the Parameter Store.
//!
//! A value comes from standard input, a file, a question that does not show what is typed, or chance. As an argument
//! every program of this computer could read it, so it is refused there.

mod changes;
mod compare;
mod input;
mod looks;
mod many;

use clap::{Args, Subcommand};
use pilothouse_api::parameters::{self, Store, StoreRequest};
use pilothouse_api::{ApiError, Cancel, Host};
use pilothouse_model::PlannedTarget;

use crate::progress::watch;

#[derive(Debug, Args)]
pub(crate) struct SecretsArguments {
    #[command(subcommand)]
    verb: SecretsVerb,
}

#[derive(Debug, Subcommand)]
enum SecretsVerb {
    /// List parameters, without their values
    List(looks::ListArguments),
    /// Show the paths, with how many parameters are below each
    Tree(looks::TreeArguments),
    /// Show all of one parameter but its value
    Show(looks::NameArguments),
    /// Show the versions of a parameter, newest first
    History(looks::NameArguments),
    /// Show what differs between two versions of a parameter
    Diff(looks::DiffArguments),
    /// Show one value; that you asked for it is noted
    Reveal(looks::RevealArguments),
    /// Store a value: a new parameter, or a new version of one
    Set(Box<changes::SetArguments>),
    /// Make an earlier version the newest
    Restore(changes::RestoreArguments),
    /// Put labels on a version
    Label(changes::LabelArguments),
    /// Take labels from a version
    Unlabel(changes::LabelArguments),
    /// Set tags, or take them away
    Tag(changes::TagArguments),
    /// Store the values of a file, after a look at what would change
    Import(many::ImportArguments),
    /// Write the values below a path as a file
    Export(many::ExportArguments),
    /// Store what is below a path below another one, there or elsewhere
    Copy(many::CopyArguments),
    /// Compare what is below two paths, here or elsewhere
    Compare(compare::CompareArguments),
    /// Delete parameters, with all their versions
    Rm(many::RemoveArguments),
}

/// Which Parameter Store.
#[derive(Debug, Args)]
pub(crate) struct PlaceArguments {
    /// The AWS profile to act with
    #[arg(
        long,
        alias = "aws-profile",
        value_name = "NAME",
        conflicts_with = "sandbox"
    )]
    profile: Option<String>,

    /// The AWS Region; that of the profile when absent
    #[arg(long, short = 'r', value_name = "REGION")]
    region: Option<String>,

    /// Act on the local AWS of this computer instead of an account
    #[arg(long)]
    sandbox: bool,

    /// Print one JSON value instead of text
    #[arg(long)]
    json: bool,
}

impl PlaceArguments {
    fn request(&self) -> StoreRequest {
        StoreRequest {
            target: target(self.sandbox, self.profile.clone()),
            region: self.region.clone(),
        }
    }

    async fn open(&self, host: &Host) -> Result<Store, ApiError> {
        self.open_until(host, &Cancel::default()).await
    }

    async fn open_until(&self, host: &Host, cancel: &Cancel) -> Result<Store, ApiError> {
        parameters::open(host, &self.request(), &watch(self.json), cancel).await
    }
}

fn target(sandbox: bool, profile: Option<String>) -> PlannedTarget {
    if sandbox {
        PlannedTarget::Sandbox
    } else {
        PlannedTarget::Account { profile }
    }
}

impl SecretsArguments {
    pub(crate) fn wants_json(&self) -> bool {
        match &self.verb {
            SecretsVerb::List(verb) => verb.place.json,
            SecretsVerb::Tree(verb) => verb.place.json,
            SecretsVerb::Show(verb) | SecretsVerb::History(verb) => verb.place.json,
            SecretsVerb::Diff(verb) => verb.place.json,
            SecretsVerb::Reveal(verb) => verb.place.json,
            SecretsVerb::Set(verb) => verb.place.json,
            SecretsVerb::Restore(verb) => verb.place.json,
            SecretsVerb::Label(verb) | SecretsVerb::Unlabel(verb) => verb.place.json,
            SecretsVerb::Tag(verb) => verb.place.json,
            SecretsVerb::Import(verb) => verb.place.json,
            SecretsVerb::Export(verb) => verb.place.json,
            SecretsVerb::Copy(verb) => verb.place.json,
            SecretsVerb::Compare(verb) => verb.place.json,
            SecretsVerb::Rm(verb) => verb.place.json,
        }
    }
}

/// Does what was asked for.
pub(crate) async fn run(host: &Host, verb: &SecretsArguments) -> Result<(), ApiError> {
    match &verb.verb {
        SecretsVerb::List(verb) => looks::list(host, verb).await,
        SecretsVerb::Tree(verb) => looks::tree(host, verb).await,
        SecretsVerb::Show(verb) => looks::show(host, verb).await,
        SecretsVerb::History(verb) => looks::history(host, verb).await,
        SecretsVerb::Diff(verb) => looks::diff(host, verb).await,
        SecretsVerb::Reveal(verb) => looks::reveal(host, verb).await,
        SecretsVerb::Set(verb) => changes::set(host, verb).await,
        SecretsVerb::Restore(verb) => changes::restore(host, verb).await,
        SecretsVerb::Label(verb) => changes::label(host, verb).await,
        SecretsVerb::Unlabel(verb) => changes::unlabel(host, verb).await,
        SecretsVerb::Tag(verb) => changes::tag(host, verb).await,
        SecretsVerb::Import(verb) => many::import(host, verb).await,
        SecretsVerb::Export(verb) => many::export(host, verb).await,
        SecretsVerb::Copy(verb) => many::copy(host, verb).await,
        SecretsVerb::Compare(verb) => compare::compare(host, verb).await,
        SecretsVerb::Rm(verb) => many::remove(host, verb).await,
    }
}
