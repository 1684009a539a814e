//! `new`: a service from a template.

use clap::Args;
use pilothouse_api::create::{self, NewService};
use pilothouse_api::{ApiError, Host};
use serde_json::json;

use crate::output;

#[derive(Debug, Args)]
pub(crate) struct NewArguments {
    /// The template; all are listed when absent
    #[arg(value_name = "TEMPLATE", requires = "name")]
    pub(crate) template: Option<String>,

    /// The service's name
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// What it runs on; the template's newest when absent
    #[arg(long, value_name = "RUNTIME")]
    pub(crate) runtime: Option<String>,

    /// Its AWS Region; `us-east-1` when absent
    #[arg(long, short = 'r', value_name = "REGION")]
    pub(crate) region: Option<String>,

    /// The service's own folder, which must be empty or not exist; NAME in the working folder when absent
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<String>,

    /// Print one JSON value instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

/// Lists the templates, or writes a service.
pub(crate) fn new(host: &Host, verb: &NewArguments) -> Result<(), ApiError> {
    let (Some(template), Some(name)) = (&verb.template, &verb.name) else {
        let all = create::templates();
        if verb.json {
            output::json(&json!(all));
            return Ok(());
        }
        for one in all {
            output::line(format_args!(
                "{}: {} Makes {}.",
                one.id, one.text, one.makes
            ));
            output::line(format_args!("    Runs on {}", one.runtimes.join(", ")));
        }
        output::note("To begin one: pilothouse new TEMPLATE NAME");
        return Ok(());
    };
    let asked = NewService {
        template: template.clone(),
        name: name.clone(),
        runtime: verb.runtime.clone(),
        region: verb.region.clone(),
    };
    let folder = create::create(host, &asked, Some(verb.dir.as_deref().unwrap_or(name)))?;
    if verb.json {
        output::json(&json!({ "template": template, "name": name, "folder": folder }));
        return Ok(());
    }
    output::line(format_args!("{name} is in {folder}"));
    output::note(format_args!(
        "To try it: cd {folder} && pilothouse deploy --sandbox"
    ));
    Ok(())
}
