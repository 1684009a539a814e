//! `http` and `httpApi` events.

use serde_json::{Value, json};

use super::arn;
use crate::random::{Made, Random};

const METHODS: &[&str] = &[
    "get", "POST", "put", "patch", "delete", "any", "head", "Options",
];

fn path(random: &mut Random, number: usize) -> String {
    let start = *random.pick(&[
        "users",
        "users/{id}",
        "a-b/c_d",
        "{proxy+}",
        "v1.2/x",
        "Files/{a}/{b}",
    ]);
    // A number of its own keeps two events from being one route.
    format!("r{number}/{start}")
}

pub(crate) fn http(random: &mut Random, number: usize) -> Value {
    let path = path(random, number);
    if random.chance(20) {
        return format!("{} /{path}", random.pick(METHODS)).into();
    }
    let kind = *random.pick(&[
        "lambda-proxy",
        "lambda-proxy",
        "lambda",
        "AWS",
        "mock",
        "http-proxy",
        "http",
    ]);
    let made = Made::new(random)
        .with("path", |r| {
            if r.chance(30) {
                format!("/{path}/").into()
            } else {
                path.into()
            }
        })
        .with("method", |r| r.word(METHODS))
        .may(30, "cors", cors)
        .may(20, "private", Random::truth)
        .may(20, "authorizer", authorizer)
        .may(10, "operationId", |_| "listThings".into());
    match kind {
        "lambda-proxy" => made
            .may(30, "integration", |_| kind.into())
            .may(15, "async", |_| true.into())
            .may(30, "request", |r| {
                Made::new(r)
                    .may(60, "parameters", parameters)
                    .may(
                        40,
                        "schemas",
                        |_| json!({ "application/json": { "type": "object", "title": "T" } }),
                    )
                    .done()
            })
            .done(),
        "lambda" | "AWS" => made
            .with("integration", |_| kind.into())
            .may(15, "async", |_| true.into())
            .may(50, "request", lambda_request)
            .may(50, "response", response)
            .done(),
        "mock" => made
            .with("integration", |_| kind.into())
            .may(
                60,
                "request",
                |_| json!({ "template": { "application/json": "{\"statusCode\": 200}" } }),
            )
            .may(60, "response", with_codes)
            .done(),
        "http" => made
            .with("integration", |_| kind.into())
            .with("request", |_| json!({ "uri": "https://example.org/x" }))
            .with("response", with_codes)
            .done(),
        _ => made
            .with("integration", |_| kind.into())
            .with("request", |r| {
                Made::new(r)
                    .with("uri", |_| "https://example.org/x".into())
                    .may(50, "parameters", parameters)
                    .done()
            })
            .done(),
    }
}

fn cors(random: &mut Random) -> Value {
    if random.chance(40) {
        return true.into();
    }
    Made::new(random)
        .one_of(
            90,
            &[
                ("origin", |r| {
                    r.word(&["*", "https://a.example", "a.example,b.example"])
                }),
                ("origins", |r| {
                    r.list(1, 2, |r| {
                        r.word(&["https://a.example", "https://*.b.example"])
                    })
                }),
            ],
        )
        .may(50, "headers", |r| {
            r.list(1, 3, |r| r.word(&["X-A", "Content-Type", "Authorization"]))
        })
        .may(30, "methods", |r| {
            r.list(1, 2, |r| r.word(&["GET", "OPTIONS", "POST"]))
        })
        .may(40, "allowCredentials", Random::truth)
        .may(40, "maxAge", |r| r.between(1, 9999).into())
        .may(30, "cacheControl", |_| "max-age=600".into())
        .done()
}

fn authorizer(random: &mut Random) -> Value {
    match random.below(5) {
        0 => "aws_iam".into(),
        1 => arn("lambda", "function:knows-callers"),
        2 => Made::new(random)
            .with("arn", |_| arn("cognito-idp", "userpool/us-east-1_XXX"))
            .may(50, "scopes", |r| {
                r.list(1, 2, |r| r.word(&["a/read", "a/write"]))
            })
            .may(40, "name", |_| "people".into())
            .done(),
        3 => json!({ "type": "CUSTOM", "authorizerId": "abc123" }),
        _ => Made::new(random)
            .with("arn", |_| arn("lambda", "function:other"))
            .may(50, "name", |_| "guard".into())
            .may(40, "resultTtlInSeconds", |r| r.between(0, 3600).into())
            .may(40, "identitySource", |_| {
                "method.request.header.X-Token".into()
            })
            .may(30, "identityValidationExpression", |_| "^Bearer".into())
            .may(40, "type", |r| r.word(&["token", "request", "TOKEN"]))
            .may(30, "managedExternally", Random::truth)
            .done(),
    }
}

fn parameters(random: &mut Random) -> Value {
    fn some(random: &mut Random) -> Value {
        Made::new(random)
            .with("first", Random::truth)
            .may(40, "X-Second", Random::truth)
            .may(
                30,
                "third",
                |r| json!({ "required": r.chance(50), "mappedValue": "context.requestId" }),
            )
            .done()
    }
    Made::new(random)
        .may(50, "querystrings", some)
        .may(50, "headers", some)
        .may(30, "paths", |_| json!({ "id": true }))
        .done()
}

fn lambda_request(random: &mut Random) -> Value {
    Made::new(random)
        .may(50, "template", |r| {
            Made::new(r)
                .with("application/json", |_| "{\"a\": $input.json('$')}".into())
                .may(40, "text/xhtml", |_| "{}".into())
                .done()
        })
        .may(40, "passThrough", |r| {
            r.word(&["NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES"])
        })
        .may(30, "contentHandling", |r| {
            r.word(&["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"])
        })
        .may(40, "parameters", parameters)
        .done()
}

/// A response with status codes, without which the peer breaks on `http` and `mock`.
fn with_codes(random: &mut Random) -> Value {
    let mut made = response(random);
    if made.get("statusCodes").is_none() {
        made["statusCodes"] = json!({ "200": {} });
    }
    made
}

fn response(random: &mut Random) -> Value {
    Made::new(random)
        .may(50, "headers", |r| {
            Made::new(r)
                .with("Content-Type", |_| "'text/html'".into())
                .may(40, "X-From", |_| "integration.response.header.from".into())
                .done()
        })
        .may(40, "template", |_| "$input.path('$')".into())
        .may(30, "contentHandling", |r| {
            r.word(&["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"])
        })
        .may(40, "statusCodes", |r| {
            Made::new(r)
                .with("200", |r| {
                    Made::new(r).with("pattern", |_| "".into()).done()
                })
                .may(60, "404", |r| {
                    Made::new(r)
                        .with("pattern", |_| ".*not found.*".into())
                        .may(50, "template", |_| json!({ "application/json": "{}" }))
                        .may(40, "headers", |_| json!({ "X-A": "'b'" }))
                        .done()
                })
                .may(30, "500", |_| json!({ "pattern": "^E" }))
                .done()
        })
        .done()
}

pub(crate) fn http_api(random: &mut Random, number: usize) -> Value {
    let path = format!("/{}", path(random, number).replace("{proxy+}", "{all}"));
    if random.chance(30) {
        return format!("{} {path}", random.pick(METHODS)).into();
    }
    Made::new(random)
        .with("path", |_| path.into())
        .with("method", |r| r.word(METHODS))
        .may(20, "authorizer", |_| json!({ "type": "aws_iam" }))
        .done()
}
