//! `request`: calling an endpoint over HTTP.

use clap::Args;
use pilothouse_api::request::{self, HttpRequest};
use pilothouse_api::{ApiError, Host};
use serde_json::{Value, json};

use crate::arguments::ProjectArguments;
use crate::output;
use crate::progress::watch;

#[derive(Debug, Args)]
pub(crate) struct RequestArguments {
    /// The method, such as GET
    method: String,

    /// The path after the stage, such as /hello?name=Ana
    path: String,

    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// A header; can be given several times
    #[arg(long = "header", short = 'H', value_name = "NAME: VALUE", value_parser = header)]
    headers: Vec<(String, String)>,

    /// The body
    #[arg(long, short = 'd', value_name = "TEXT")]
    data: Option<String>,

    /// Sign it with the credentials of the profile, or of the sandbox
    #[arg(long)]
    sign: bool,
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once(':')
        .ok_or_else(|| "write NAME: VALUE".to_owned())?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Calls an endpoint. The body is printed to standard output, the rest to standard error.
pub(crate) async fn request(host: &Host, verb: &RequestArguments) -> Result<(), ApiError> {
    let as_json = verb.project.json;
    let asked = HttpRequest {
        method: verb.method.clone(),
        path: verb.path.clone(),
        headers: verb.headers.clone(),
        body: verb.data.clone(),
        sign: verb.sign,
    };
    let place = verb.project.deploy_request();
    let answer = request::request(host, &place, &asked, &watch(as_json)).await?;
    let body = String::from_utf8_lossy(&answer.body);
    if as_json {
        let headers = answer.headers.iter();
        output::json(&json!({
            "url": answer.url,
            "status": answer.status,
            "headers": headers.map(|(name, value)| json!([name, value])).collect::<Value>(),
            "body": body,
            "durationMillis": u64::try_from(answer.duration.as_millis()).unwrap_or(u64::MAX),
        }));
        return Ok(());
    }
    output::note(format_args!(
        "{} in {} ms, {} bytes from {}",
        answer.status,
        answer.duration.as_millis(),
        answer.body.len(),
        answer.url
    ));
    output::line(body);
    Ok(())
}
