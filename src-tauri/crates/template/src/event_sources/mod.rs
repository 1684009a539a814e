//! Events that Lambda fetches itself: mappings of queues, streams and brokers to functions.

mod broker;
mod kafka;
mod sqs;
mod stream;

pub use kafka::cluster_name;
pub use sqs::queue_name;
pub use stream::stream_name;

use pilothouse_model::Code;
use pilothouse_service::types::{Event, Function, Polling};
use serde_json::{Value, json};

use crate::draft::{Draft, Resource};
use crate::functions::role_resource;
use crate::scalars::compact_json;
use crate::target::Target;

/// Adds the mappings of all functions, and what their role needs for them.
pub(crate) fn add(draft: &mut Draft<'_>) {
    sqs::add(draft);
    for (key, function) in &draft.service.functions {
        stream::add(draft, key, function);
        kafka::add_managed(draft, key, function);
        kafka::add(draft, key, function);
        broker::add(draft, key, function, &broker::ACTIVE);
        broker::add(draft, key, function, &broker::RABBIT);
    }
}

/// The events of a function that a reader picks, each with its configuration path.
fn events<'s, T>(
    key: &str,
    function: &'s Function,
    pick: impl Fn(&'s Event) -> Option<&'s T>,
) -> Vec<(String, &'s T)> {
    let path = |at: usize| format!("functions.{key}.events.{at}");
    let events = function.events.iter().enumerate();
    events
        .filter_map(|(at, event)| Some((path(at), pick(event)?)))
        .collect()
}

/// A mapping with what each has.
fn mapping(draft: &Draft<'_>, key: &str, function: &Function) -> Resource {
    let target = Target::of(draft, key);
    Resource::new("AWS::Lambda::EventSourceMapping")
        .with("FunctionName", target.arn)
        .depends_on(role_resource(draft, function))
        .depends_on(target.alias)
}

/// What queues and streams have: both are switched on, in batches of ten, unless something else is written.
fn polled(resource: Resource, polling: &Polling) -> Resource {
    let size = polling.batch_size.clone().filter(is_something);
    let enabled = polling.enabled.clone();
    filtered(resource, polling)
        .with("BatchSize", size.unwrap_or_else(|| 10.into()))
        .with_some("MaximumBatchingWindowInSeconds", polling.window.clone())
        .with("Enabled", enabled.unwrap_or_else(|| true.into()))
}

/// What brokers have: what is not written, or zero, is left to AWS.
fn polled_if_written(resource: Resource, polling: &Polling) -> Resource {
    let size = polling.batch_size.clone().filter(is_something);
    let window = polling.window.clone().filter(is_something);
    filtered(resource, polling)
        .with_some("BatchSize", size)
        .with_some("MaximumBatchingWindowInSeconds", window)
        .with_some("Enabled", polling.enabled.clone())
}

fn filtered(resource: Resource, polling: &Polling) -> Resource {
    let criteria = polling.filters.as_ref().map(|filters| {
        let filters: Vec<Value> = filters
            .iter()
            .map(|pattern| json!({ "Pattern": compact_json(pattern) }))
            .collect();
        json!({ "Filters": filters })
    });
    resource.with_some("FilterCriteria", criteria)
}

/// Whether a value counts for something in JavaScript, where zero and the empty text do not.
fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// A function's second event of one source is laid over the first, as Serverless does: AWS knows one mapping of both.
fn add_mapping(draft: &mut Draft<'_>, id: String, resource: Resource, source: &str, path: &str) {
    if draft.has(&id) {
        draft.warn(
            Code::ConfigConflict,
            path,
            format!("`{path}` is a second event of {source} for one function"),
            "Write one event: of two, the later settings count",
        );
    }
    draft.merge(id, resource, source, path);
}

/// What an ARN or an intrinsic calls its source; the whole text when it is an ARN.
fn words_of(source: &Value) -> String {
    let words_of_all = |parts: &Value| match parts {
        Value::Array(parts) => parts.iter().map(words_of).collect(),
        one => words_of(one),
    };
    match source {
        Value::String(text) => text.clone(),
        Value::Object(map) => match map.iter().next() {
            Some((name, argument)) => match (name.as_str(), argument) {
                ("Fn::GetAtt", Value::Array(parts)) => {
                    parts.first().map(words_of).unwrap_or_default()
                }
                ("Fn::GetAtt", Value::String(text)) => {
                    text.split('.').next().unwrap_or(text).to_owned()
                }
                // The separator comes first, the parts after it; the last one names the thing.
                ("Fn::Join", Value::Array(arguments)) => arguments
                    .get(1)
                    .and_then(Value::as_array)
                    .and_then(|parts| parts.last())
                    .map(words_of)
                    .unwrap_or_default(),
                ("Fn::Sub", Value::Array(arguments)) => {
                    arguments.first().map(words_of).unwrap_or_default()
                }
                (_, argument) => words_of_all(argument),
            },
            None => String::new(),
        },
        _ => String::new(),
    }
}
