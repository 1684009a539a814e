//! Many parameters at once: files, other places, deletion.

use clap::Args;
use pilothouse_api::parameters::{
    self, FileForm, ImportRequest, ImportRowView, ImportView, ParameterType, PreparedImport, Store,
    StoreRequest,
};
use pilothouse_api::{ApiError, Cancel, Host, Kind};
use pilothouse_model::Code;
use serde_json::json;

use super::input::kind;
use super::{PlaceArguments, target};
use crate::confirm::{Question, go_on};
use crate::output;
use crate::progress::watch;
use crate::stop::by_signals;

/// What Ctrl-C means while parameters are written.
const MEANING: &str =
    "Stopping before the next parameter. What is written stays, and the same command does the rest";

#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    /// The file: .env, JSON or YAML
    #[arg(value_name = "FILE")]
    file: String,

    /// The path that its names go below, such as /shop/dev
    #[arg(long, value_name = "PATH")]
    under: String,

    /// How the file is written; by its name when absent
    #[arg(long, value_enum)]
    form: Option<FormWord>,

    /// How new ones are kept; SecureString when absent, StringList for lists
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    kind: Option<ParameterType>,

    /// The key of new ones
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,

    /// Do it without asking
    #[arg(long, short = 'y')]
    yes: bool,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// The path
    #[arg(value_name = "PATH")]
    path: String,

    /// How it is written; by the file's name, or as .env
    #[arg(long, value_enum)]
    form: Option<FormWord>,

    /// The file, which only you may read; standard output when absent
    #[arg(long, short = 'o', value_name = "FILE")]
    out: Option<String>,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FormWord {
    /// NAME=value lines
    Env,
    /// One JSON object, levels in the names
    Json,
    /// JSON objects in each other
    NestedJson,
    /// YAML mappings in each other
    Yaml,
}

impl From<FormWord> for FileForm {
    fn from(word: FormWord) -> Self {
        match word {
            FormWord::Env => Self::Env,
            FormWord::Json => Self::Json,
            FormWord::NestedJson => Self::NestedJson,
            FormWord::Yaml => Self::Yaml,
        }
    }
}

/// The second place, where it is another one.
#[derive(Debug, Args)]
pub(super) struct OtherPlace {
    /// The profile of the second place
    #[arg(long, value_name = "NAME", conflicts_with = "to_sandbox")]
    to_profile: Option<String>,

    /// The Region of the second place
    #[arg(long, value_name = "REGION")]
    to_region: Option<String>,

    /// The second place is the local AWS of this computer
    #[arg(long)]
    to_sandbox: bool,
}

impl OtherPlace {
    pub(super) async fn open(
        &self,
        host: &Host,
        first: &PlaceArguments,
        cancel: &Cancel,
    ) -> Result<Store, ApiError> {
        let request = if self.to_sandbox || self.to_profile.is_some() {
            StoreRequest {
                target: target(self.to_sandbox, self.to_profile.clone()),
                region: self.to_region.clone(),
            }
        } else {
            let first = first.request();
            StoreRequest {
                region: self.to_region.clone().or(first.region),
                target: first.target,
            }
        };
        parameters::open(host, &request, &watch(first.json), cancel).await
    }
}

#[derive(Debug, Args)]
pub(super) struct CopyArguments {
    /// The path that is copied
    #[arg(value_name = "FROM")]
    from: String,

    /// The path that it goes below
    #[arg(value_name = "TO")]
    to: String,

    /// A name below the path; can be given several times. All of it when absent
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,

    /// The key of new ones
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    #[command(flatten)]
    other: OtherPlace,

    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,

    /// Do it without asking
    #[arg(long, short = 'y')]
    yes: bool,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

#[derive(Debug, Args)]
pub(super) struct RemoveArguments {
    /// The parameters
    #[arg(value_name = "NAME", required_unless_present = "under")]
    names: Vec<String>,

    /// All below this path
    #[arg(long, value_name = "PATH", conflicts_with = "names")]
    under: Option<String>,

    /// Do it without asking
    #[arg(long, short = 'y')]
    yes: bool,

    #[command(flatten)]
    pub(super) place: PlaceArguments,
}

/// Stores the values of a file.
pub(super) async fn import(host: &Host, verb: &ImportArguments) -> Result<(), ApiError> {
    let cancel = by_signals(MEANING, verb.place.json)?;
    let store = verb.place.open_until(host, &cancel).await?;
    let request = ImportRequest {
        file: verb.file.clone(),
        form: verb.form.map(Into::into),
        path: verb.under.clone(),
        kind: verb.kind,
        key: verb.key.clone(),
    };
    let prepared = parameters::prepare_import(host, &store, &request).await?;
    write(&store, &prepared, verb.place.json, (verb.dry_run, verb.yes)).await
}

/// Shows what would change, asks, writes.
async fn write(
    store: &Store,
    prepared: &PreparedImport,
    as_json: bool,
    (dry_run, yes): (bool, bool),
) -> Result<(), ApiError> {
    let view = prepared.view();
    if !as_json {
        show(&view);
    }
    if view.refused > 0 {
        let title = format!(
            "{} of {} cannot be stored like this",
            view.refused,
            view.rows.len()
        );
        return Err(ApiError::new(Code::SecretRules, Kind::User, title)
            .detail(refusals(&view.rows))
            .hint("Nothing was changed. Put them right, and repeat the command"));
    }
    let count = prepared.writes();
    if dry_run || count == 0 {
        if as_json {
            output::json(&json!({ "preview": view }));
        } else if count == 0 {
            output::line("Nothing to change");
        }
        return Ok(());
    }
    let place = format!("{} in {}", store.account(), store.region());
    let question = format!("Write {count} parameters to {place}?");
    if !go_on(yes, &Question::YesOrNo(question))? {
        output::note("Nothing was changed.");
        return Ok(());
    }
    let done = prepared.apply(store).await?;
    if as_json {
        output::json(&json!({ "preview": view, "done": done }));
        return Ok(());
    }
    output::line(format_args!("{} written to {place}", done.written.len()));
    for name in &done.moved {
        output::note(format_args!(
            "{name} was changed by somebody since, and left alone; repeat the command to see how"
        ));
    }
    Ok(())
}

fn refusals(rows: &[ImportRowView]) -> String {
    let one = |row: &ImportRowView| {
        let what: Vec<&str> = row.broken.iter().map(|one| one.what.as_str()).collect();
        let line = row
            .line
            .map(|line| format!("line {line}, "))
            .unwrap_or_default();
        format!("{line}{}: {}", row.name, what.join(", "))
    };
    let told: Vec<String> = rows
        .iter()
        .filter(|row| !row.broken.is_empty())
        .map(one)
        .collect();
    told.join("; ")
}

fn show(view: &ImportView) {
    for row in view.rows.iter().filter(|row| row.fate != "same") {
        let (sign, more) = match row.fate.as_str() {
            "added" => ("+", format!("{} bytes", row.bytes)),
            "changed" => {
                let digest = |of: &Option<String>| of.clone().unwrap_or_default();
                let version = row.version.unwrap_or_default();
                (
                    "~",
                    format!(
                        "version {version}, {} -> {}",
                        digest(&row.before),
                        digest(&row.after)
                    ),
                )
            }
            _ => (
                "!",
                row.broken
                    .iter()
                    .map(|one| one.what.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        };
        output::line(format_args!("{sign} {}  {more}", row.name));
    }
    output::note(format_args!(
        "{} added, {} changed, {} the same, {} refused",
        view.added, view.changed, view.same, view.refused
    ));
}

/// Writes values as a file.
pub(super) async fn export(host: &Host, verb: &ExportArguments) -> Result<(), ApiError> {
    let store = verb.place.open(host).await?;
    let named = verb.out.as_deref().and_then(parameters::form_of);
    let form = verb
        .form
        .map(FileForm::from)
        .or(named)
        .unwrap_or(FileForm::Env);
    let exported = parameters::export(&store, &verb.path, form).await?;
    let Some(file) = &verb.out else {
        if verb.place.json {
            output::json(&json!({ "count": exported.count, "text": exported.text.expose() }));
        } else {
            output::line(exported.text.expose().trim_end());
        }
        return Ok(());
    };
    parameters::save(host, file, &exported)?;
    if verb.place.json {
        output::json(&json!({ "count": exported.count, "file": file }));
        return Ok(());
    }
    output::line(format_args!(
        "{} values are in {file}, which only you may read",
        exported.count
    ));
    Ok(())
}

/// Stores what is below a path below another one.
pub(super) async fn copy(host: &Host, verb: &CopyArguments) -> Result<(), ApiError> {
    let cancel = by_signals(MEANING, verb.place.json)?;
    let from = verb.place.open(host).await?;
    let to = verb.other.open(host, &verb.place, &cancel).await?;
    let prepared = parameters::prepare_copy(
        host,
        (&from, &verb.from),
        (&to, &verb.to),
        &verb.only,
        verb.key.as_deref(),
    )
    .await?;
    write(&to, &prepared, verb.place.json, (verb.dry_run, verb.yes)).await
}

/// Deletes parameters.
pub(super) async fn remove(host: &Host, verb: &RemoveArguments) -> Result<(), ApiError> {
    let cancel = by_signals(
        "Stopping before the next ten. What is deleted stays deleted",
        verb.place.json,
    )?;
    let store = verb.place.open_until(host, &cancel).await?;
    let prepared = parameters::prepare_deletion(&store, &verb.names, verb.under.as_deref()).await?;
    let views = prepared.views();
    if !verb.place.json {
        for one in &views {
            output::line(format_args!(
                "- {}  with {} versions",
                one.name, one.version
            ));
        }
    }
    let count = views.len();
    let noun = if count == 1 {
        "parameter"
    } else {
        "parameters"
    };
    let question = format!(
        "Delete {count} {noun} of {} in {}? AWS keeps no history of what is deleted.",
        store.account(),
        store.region()
    );
    if !go_on(verb.yes, &Question::Lose(question, prepared.typed.clone()))? {
        output::note("Nothing was changed.");
        return Ok(());
    }
    let gone = prepared.apply(&store).await?;
    if verb.place.json {
        output::json(&json!({ "deleted": gone }));
        return Ok(());
    }
    output::line(format_args!("{} deleted", gone.len()));
    Ok(())
}
