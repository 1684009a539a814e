//! How functions are run.

use serde_json::Value;

use super::reader::{At, Reader};
use crate::document::Content;
use crate::schema::is_function;
use crate::types::{
    Asynchronous, Destination, FileSystem, Function, FunctionUrl, Provider, Run, Tracing, UrlCors,
    Vpc,
};

/// Of a function.
pub(super) fn read(reader: &mut Reader, at: &At<'_>, function: &mut Function) {
    function.run = run(reader, at, at.get("tracing"));
    function.on_error = reader.text_or_function(at.get("onError"));
    function.file_system = at
        .get("fileSystemConfig")
        .and_then(|at| file_system(reader, &at));
    function.snap_start = reader.truth(at.get("snapStart")).unwrap_or_default();
    function.provisioned_concurrency = at
        .get("provisionedConcurrency")
        .map(|at| at.node.to_json())
        .filter(|count| count.as_u64() != Some(0));
    function.asynchronous = asynchronous(reader, at);
    function.url = at.get("url").and_then(|at| url(reader, &at));
    if function.snap_start && function.provisioned_concurrency.is_some() {
        let place = at
            .get("provisionedConcurrency")
            .unwrap_or_else(|| at.clone());
        reader.conflict(
            &place,
            format!(
                "`{}` has both `snapStart` and `provisionedConcurrency`",
                at.path
            ),
            "AWS takes one of them: leave out the other",
        );
    }
}

/// Of the provider, for all functions.
pub(super) fn read_provider(reader: &mut Reader, at: &At<'_>, provider: &mut Provider) {
    let tracing = at.get("tracing").and_then(|tracing| tracing.get("lambda"));
    provider.run = run(reader, at, tracing);
}

fn run(reader: &mut Reader, at: &At<'_>, tracing: Option<At<'_>>) -> Run {
    Run {
        vpc: vpc(reader, at),
        tracing: tracing.and_then(|at| traced(reader, &at)),
        kms_key: reader.text_or_function(at.get("kmsKeyArn")),
        layers: at
            .get("layers")
            .map(|layers| reader.texts_or_functions(Some(layers))),
    }
}

/// Written as nothing or as false, a function's `vpc` takes the provider's away.
fn vpc(reader: &mut Reader, at: &At<'_>) -> Option<Vpc> {
    let node = at.node.get("vpc")?;
    if node.is_null() || matches!(node.content, Content::Bool(false)) {
        return Some(Vpc::Off);
    }
    let vpc = at.get("vpc")?;
    Some(Vpc::In {
        security_groups: ids(reader, vpc.get("securityGroupIds")),
        subnets: ids(reader, vpc.get("subnetIds")),
    })
}

fn ids(reader: &mut Reader, at: Option<At<'_>>) -> Option<Value> {
    let at = at?;
    if is_function(at.node) {
        return Some(at.node.to_json());
    }
    Some(reader.texts_or_functions(Some(at)).into())
}

fn traced(reader: &mut Reader, at: &At<'_>) -> Option<Tracing> {
    match (&at.node.content, at.node.as_text()) {
        (Content::Bool(true), _) | (_, Some("Active")) => Some(Tracing::Active),
        (Content::Bool(false), _) => Some(Tracing::Off),
        (_, Some("PassThrough")) => Some(Tracing::PassThrough),
        _ => {
            reader.refuse(at, "true, `Active` or `PassThrough`");
            None
        }
    }
}

fn file_system(reader: &mut Reader, at: &At<'_>) -> Option<FileSystem> {
    Some(FileSystem {
        arn: reader.text_or_function(at.get("arn"))?,
        mount_path: reader.text(at.get("localMountPath"))?,
    })
}

fn asynchronous(reader: &mut Reader, at: &At<'_>) -> Option<Asynchronous> {
    let destinations = at.get("destinations");
    let read = Asynchronous {
        on_success: destination(reader, destinations.as_ref(), "onSuccess"),
        on_failure: destination(reader, destinations.as_ref(), "onFailure"),
        maximum_event_age: reader
            .whole(at.get("maximumEventAge"))
            .filter(|age| *age > 0),
        maximum_retry_attempts: reader.whole(at.get("maximumRetryAttempts")),
    };
    let says_something = destinations.is_some()
        || read.maximum_event_age.is_some()
        || read.maximum_retry_attempts.is_some();
    says_something.then_some(read)
}

fn destination(
    reader: &mut Reader,
    destinations: Option<&At<'_>>,
    name: &str,
) -> Option<Destination> {
    let at = destinations?.get(name)?;
    let Some(text) = at.node.as_text() else {
        let action = match reader.text(at.get("type")).as_deref() {
            Some("function") => "lambda:InvokeFunction",
            Some("sns") => "sns:Publish",
            Some("sqs") => "sqs:SendMessage",
            Some("eventBus") => "events:PutEvents",
            _ => {
                reader.refuse(
                    &at,
                    "a function's name, an ARN, or a mapping with `arn` and `type`",
                );
                return None;
            }
        };
        let arn = reader.text_or_function(at.get("arn"))?;
        return Some(Destination::Arn { arn, action });
    };
    if !text.starts_with("arn:") {
        return reader
            .is_function_of_service(&at, text)
            .then(|| Destination::Function(text.to_owned()));
    }
    let known = [
        (":function:", "lambda:InvokeFunction"),
        (":sqs:", "sqs:SendMessage"),
        (":sns:", "sns:Publish"),
        (":event-bus/", "events:PutEvents"),
    ];
    let action = known.iter().find(|(part, _)| text.contains(part));
    let Some((_, action)) = action else {
        reader.refuse(
            &at,
            "the ARN of a function, a queue, a topic or an event bus",
        );
        return None;
    };
    Some(Destination::Arn {
        arn: text.into(),
        action,
    })
}

fn url(reader: &mut Reader, at: &At<'_>) -> Option<FunctionUrl> {
    match at.node.content {
        Content::Bool(false) => return None,
        Content::Bool(true) => return Some(FunctionUrl::default()),
        _ => {}
    }
    let cors = at.get("cors").and_then(|cors| url_cors(reader, &cors));
    Some(FunctionUrl {
        aws_iam: reader.text(at.get("authorizer")).as_deref() == Some("aws_iam"),
        streams: reader.text(at.get("invokeMode")).as_deref() == Some("RESPONSE_STREAM"),
        cors,
    })
}

/// What is not written is allowed as AWS's own console proposes; what is written as nothing is not said.
fn url_cors(reader: &mut Reader, at: &At<'_>) -> Option<UrlCors> {
    const HEADERS: &[&str] = &[
        "Content-Type",
        "X-Amz-Date",
        "Authorization",
        "X-Api-Key",
        "X-Amz-Security-Token",
        "X-Amzn-Trace-Id",
    ];
    if matches!(at.node.content, Content::Bool(false)) {
        return None;
    }
    let mut listed = |name: &str, otherwise: &[&str]| {
        let is_off = at
            .node
            .get(name)
            .is_some_and(crate::document::Node::is_null);
        let written = reader.texts_if(at.get(name)).map(without_repeats);
        let default = || otherwise.iter().map(|&one| one.to_owned()).collect();
        (!is_off).then(|| written.unwrap_or_else(default))
    };
    let (allowed_origins, allowed_headers) = (
        listed("allowedOrigins", &["*"]),
        listed("allowedHeaders", HEADERS),
    );
    let allowed_methods = listed("allowedMethods", &["*"]);
    Some(UrlCors {
        allowed_origins,
        allowed_headers,
        allowed_methods,
        allow_credentials: reader.truth(at.get("allowCredentials")).unwrap_or_default(),
        exposed_headers: reader
            .texts_if(at.get("exposedResponseHeaders"))
            .map(without_repeats),
        max_age: reader.whole(at.get("maxAge")),
    })
}

fn without_repeats(texts: Vec<String>) -> Vec<String> {
    let unique: indexmap::IndexSet<String> = texts.into_iter().collect();
    unique.into_iter().collect()
}
