//! `set`, `unset`, `rename`, `move`, `add` and `form`: the configuration, edited in place.

use clap::{Args, Subcommand, ValueEnum};
use pilothouse_api::forms::{
    self, Addition, Change, Control, DiffLine, DiffMark, Edit, Field, Sharing,
};
use pilothouse_api::project::ProjectRequest;
use pilothouse_api::{ApiError, Host, Kind};
use pilothouse_model::Code;
use serde_json::{Value, json};

use crate::arguments::ProjectArguments;
use crate::output;

/// What every verb that edits takes.
#[derive(Debug, Args)]
pub(crate) struct EditArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,

    /// What becomes of a value that other places of the file share by an anchor
    #[arg(long, value_enum, value_name = "HOW", default_value = "refuse")]
    shared: Shared,

    /// Write it even if the service is wrong then
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shared {
    /// It is not changed
    Refuse,
    /// It is changed for all places
    All,
    /// This place gets a copy of its own
    Detach,
}

#[derive(Debug, Args)]
pub(crate) struct SetArguments {
    /// Where, such as `functions.hello.timeout` or `functions.hello.events[0].http.path`
    #[arg(value_name = "PATH")]
    path: String,

    /// What, as YAML: `30`, `'text'`, `[a, b]`, `{a: 1}`
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    value: String,

    #[command(flatten)]
    pub(crate) edit: EditArguments,
}

#[derive(Debug, Args)]
pub(crate) struct UnsetArguments {
    /// What goes
    #[arg(value_name = "PATH")]
    path: String,

    #[command(flatten)]
    pub(crate) edit: EditArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RenameArguments {
    /// What gets another name
    #[arg(value_name = "PATH")]
    path: String,

    /// The name
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    pub(crate) edit: EditArguments,
}

#[derive(Debug, Args)]
pub(crate) struct MoveArguments {
    /// The item, such as `functions.hello.events[2]`
    #[arg(value_name = "PATH")]
    path: String,

    /// Its number afterwards, from zero
    #[arg(value_name = "NUMBER")]
    to: usize,

    #[command(flatten)]
    pub(crate) edit: EditArguments,
}

#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A function: `add function hello handler=src/app.hello timeout=10`
    Function {
        /// Its name
        name: String,
        /// Its settings, as KEY=VALUE
        #[arg(value_name = "KEY=VALUE")]
        settings: Vec<String>,
        #[command(flatten)]
        edit: EditArguments,
    },
    /// An event: `add event hello http path=hello method=get`, `add event hello schedule 'rate(1 hour)'`
    Event {
        /// The function
        function: String,
        /// The kind of event
        kind: String,
        /// Its settings as KEY=VALUE, or one value
        #[arg(value_name = "KEY=VALUE")]
        settings: Vec<String>,
        #[command(flatten)]
        edit: EditArguments,
    },
    /// Environment variables of all functions, or of one
    Environment {
        /// The variables
        #[arg(value_name = "NAME=VALUE", required = true)]
        variables: Vec<String>,
        /// Of this function alone
        #[arg(long, value_name = "NAME")]
        function: Option<String>,
        #[command(flatten)]
        edit: EditArguments,
    },
    /// A permission of the functions: `add permission dynamodb:GetItem --on '!GetAtt Table.Arn'`
    Permission {
        /// What may be done
        #[arg(value_name = "ACTION", required = true)]
        actions: Vec<String>,
        /// To what: an ARN, or a CloudFormation function as YAML; can be given several times
        #[arg(long = "on", value_name = "RESOURCE", required = true)]
        on: Vec<String>,
        #[command(flatten)]
        edit: EditArguments,
    },
    /// A resource: `add resource Items table`, `add resource Jobs AWS::SQS::Queue VisibilityTimeout=60`
    Resource {
        /// Its logical id
        name: String,
        /// Its type, or `table`, `queue`, `topic`, `bucket` or `parameter`
        kind: String,
        /// Its properties, as KEY=VALUE
        #[arg(value_name = "KEY=VALUE")]
        settings: Vec<String>,
        #[command(flatten)]
        edit: EditArguments,
    },
}

#[derive(Debug, Args)]
pub(crate) struct FormArguments {
    /// Of what, such as `functions.hello`; what the service has when absent
    #[arg(value_name = "PATH")]
    path: Option<String>,

    #[command(flatten)]
    pub(crate) project: ProjectArguments,
}

impl AddArguments {
    const fn edit(&self) -> &EditArguments {
        match &self.what {
            What::Function { edit, .. }
            | What::Event { edit, .. }
            | What::Environment { edit, .. }
            | What::Permission { edit, .. }
            | What::Resource { edit, .. } => edit,
        }
    }

    pub(crate) const fn wants_json(&self) -> bool {
        self.edit().project.json
    }
}

/// Changes a value.
pub(crate) fn set(host: &Host, verb: &SetArguments) -> Result<(), ApiError> {
    let edit = Edit::Set {
        path: forms::path_of(&verb.path)?,
        value: forms::value_of_yaml(&verb.value, &verb.path)?,
    };
    make(host, &verb.edit, &[edit])
}

/// Takes a value out.
pub(crate) fn unset(host: &Host, verb: &UnsetArguments) -> Result<(), ApiError> {
    let path = forms::path_of(&verb.path)?;
    make(host, &verb.edit, &[Edit::Remove { path }])
}

/// Gives something another name.
pub(crate) fn rename(host: &Host, verb: &RenameArguments) -> Result<(), ApiError> {
    let path = forms::path_of(&verb.path)?;
    let to = verb.name.clone();
    make(host, &verb.edit, &[Edit::Rename { path, to }])
}

/// Gives an item of a list another place.
pub(crate) fn reorder(host: &Host, verb: &MoveArguments) -> Result<(), ApiError> {
    let mut path = forms::path_of(&verb.path)?;
    let number = path.pop().and_then(|name| name.parse::<usize>().ok());
    let Some(from) = number else {
        let title = format!("`{}` is no item of a list", verb.path);
        return Err(ApiError::new(Code::Usage, Kind::User, title)
            .hint("Name the item by its number, from zero: `functions.hello.events[2]`"));
    };
    let to = verb.to;
    make(host, &verb.edit, &[Edit::Move { path, from, to }])
}

/// Adds something.
pub(crate) fn add(host: &Host, verb: &AddArguments) -> Result<(), ApiError> {
    let edit = verb.edit();
    let request = edit.project.request();
    let edits = forms::edits(host, &request, &addition(&verb.what))?;
    make(host, edit, &edits)
}

fn addition(what: &What) -> Addition {
    match what {
        What::Function { name, settings, .. } => Addition::Function {
            name: name.clone(),
            settings: settings.clone(),
        },
        What::Event {
            function,
            kind,
            settings,
            ..
        } => Addition::Event {
            function: function.clone(),
            kind: kind.clone(),
            settings: settings.clone(),
        },
        What::Environment {
            variables,
            function,
            ..
        } => Addition::Environment {
            function: function.clone(),
            variables: variables.clone(),
        },
        What::Permission { actions, on, .. } => Addition::Permission {
            actions: actions.clone(),
            resources: on.clone(),
        },
        What::Resource {
            name,
            kind,
            settings,
            ..
        } => Addition::Resource {
            name: name.clone(),
            kind: kind.clone(),
            settings: settings.clone(),
        },
    }
}

fn make(host: &Host, asked: &EditArguments, edits: &[Edit]) -> Result<(), ApiError> {
    let request: ProjectRequest = asked.project.request();
    let sharing = match asked.shared {
        Shared::Refuse => Sharing::Refuse,
        Shared::All => Sharing::All,
        Shared::Detach => Sharing::Detach,
    };
    let change = forms::propose(host, &request, edits, sharing)?;
    let as_json = asked.project.json;
    if !as_json {
        print(&change);
    }
    if change.new_errors > 0 && !asked.force && !asked.dry_run {
        let title = match change.new_errors {
            1 => "nothing was written: it would make something in the service wrong".to_owned(),
            many => {
                format!("nothing was written: it would make {many} things in the service wrong")
            }
        };
        let mut error = ApiError::new(Code::EditRefused, Kind::User, title)
            .hint("Change it otherwise, or write it all the same: --force");
        if as_json {
            error.findings = Some(Box::new(change.fresh));
        }
        return Err(error);
    }
    if !asked.dry_run {
        forms::write(host, &request, &change)?;
    }
    if as_json {
        output::json(&value(&change, !asked.dry_run));
    } else if change.files.is_empty() {
        output::line("Nothing changes");
    } else {
        let names: Vec<&str> = change.files.iter().map(|file| file.file.as_str()).collect();
        let done = if asked.dry_run {
            "Would change"
        } else {
            "Changed"
        };
        output::line(format_args!("{done} {}", names.join(", ")));
    }
    Ok(())
}

fn print(change: &Change) {
    output::findings(&change.fresh);
    for file in &change.files {
        output::line(format_args!("--- {}", file.file));
        for line in &file.lines {
            output::line(line_text(line));
        }
    }
}

fn line_text(line: &DiffLine) -> String {
    match line.mark {
        DiffMark::Same => format!("  {}", line.text),
        DiffMark::Added => format!("+ {}", line.text),
        DiffMark::Removed => format!("- {}", line.text),
        DiffMark::Gap => "  ...".to_owned(),
    }
}

fn value(change: &Change, written: bool) -> Value {
    let files = change.files.iter().map(|file| {
        json!({
            "file": file.file,
            "lines": serde_json::to_value(&file.lines).unwrap_or_default(),
        })
    });
    json!({
        "written": written,
        "files": files.collect::<Value>(),
        "newErrors": change.new_errors,
        "findings": output::findings_value(&change.fresh),
    })
}

/// Shows what can be set.
pub(crate) fn form(host: &Host, verb: &FormArguments) -> Result<(), ApiError> {
    let request = verb.project.request();
    let Some(path) = &verb.path else {
        let outline = forms::outline(host, &request)?;
        output::json(&serde_json::to_value(&outline).unwrap_or_default());
        return Ok(());
    };
    let form = forms::form(host, &request, &forms::path_of(path)?, None)?;
    if verb.project.json {
        output::json(&serde_json::to_value(&form).unwrap_or_default());
        return Ok(());
    }
    let value: Value = serde_json::from_str(&form.json).unwrap_or_default();
    output::line(format_args!("{}: {}", form.said, form.doc));
    match &form.control {
        Control::Group { fields } => fields.iter().for_each(|field| print_field(field, &value)),
        Control::Either { variants } => {
            for one in variants {
                output::line(format_args!("  as {}", one.label));
                if let Control::Group { fields } = &one.control {
                    fields.iter().for_each(|field| print_field(field, &value));
                }
            }
        }
        _ => output::line(format_args!("  {value}")),
    }
    Ok(())
}

fn print_field(field: &Field, value: &Value) {
    let mark = if field.required { " (required)" } else { "" };
    let now = value.get(&field.name).map(|value| format!(" = {value}"));
    let usual = field.inherited.as_ref().map(|usual| format!(" [{usual}]"));
    output::line(format_args!(
        "  {:<24}{}{}{mark}",
        field.name,
        field.doc,
        now.or(usual).unwrap_or_default()
    ));
}
