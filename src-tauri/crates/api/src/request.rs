//! `request`: calling an endpoint of a deployed service over HTTP, signed where the service asks for it.

use std::time::Duration;

use pilothouse_effects::{Target, WebRequest};
use pilothouse_model::Code;

use crate::deploy::DeployRequest;
use crate::endpoints::{Endpoint, endpoints};
use crate::info::{find, stack_of};
use crate::target::Watch;
use crate::{ApiError, Host, Kind, activity, command};

/// The most bytes that API Gateway takes.
const MOST_BYTES: usize = 10 << 20;
/// Headers that the connection itself sets: another value would make the request mean two things.
const OURS: &[&str] = &[
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "authorization",
    "x-amz-date",
    "x-amz-security-token",
];

/// What is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method, in any case.
    pub method: String,
    /// The path after the stage, with its query, both encoded: `/hello?name=Ana`.
    pub path: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<String>,
    /// Whether to sign it with the credentials of the target.
    pub sign: bool,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// The whole address that was asked.
    pub url: String,
    /// The status.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long it took, seen from here.
    pub duration: Duration,
}

/// Calls an endpoint.
///
/// # Errors
/// When the service has no such endpoint, when it takes signed requests only and this one is not, or when
/// nothing answers. A status of 400 and above is an answer.
pub async fn request(
    host: &Host,
    place: &DeployRequest,
    asked: &HttpRequest,
    watch: &Watch,
) -> Result<HttpResponse, ApiError> {
    let found = find(host, place, "request", watch).await?;
    let stack = stack_of(&found).await?;
    let cloud = found.cloud();
    let all = endpoints(&found.service, &stack.outputs, &cloud.target);
    let method = asked.method.to_uppercase();
    let endpoint = choose(&all, &method, &asked.path)?;
    if endpoint.signed && !asked.sign {
        return Err(ApiError::new(
            Code::SignatureNeeded,
            Kind::Permission,
            format!(
                "{} {} takes signed requests only",
                endpoint.method, endpoint.path
            ),
        )
        .detail("it was not sent: AWS would answer 403")
        .hint("Send it signed: --sign"));
    }
    let url = format!("{}{}", base(endpoint), asked.path);
    check(asked, &url, &cloud.target)?;
    let before = host.clock.now();
    let answer = cloud
        .requests
        .send(WebRequest {
            method,
            url: url.clone(),
            headers: asked.headers.clone(),
            body: asked.body.clone().unwrap_or_default().into_bytes(),
            sign: asked.sign,
        })
        .await?;
    Ok(HttpResponse {
        url,
        status: answer.status,
        headers: answer.headers,
        body: answer.body,
        duration: host.clock.now().duration_since(before).unwrap_or_default(),
    })
}

/// The command that sends the same. Values of headers may be secret, so they are left to be filled in.
pub fn command_line(place: &DeployRequest, asked: &HttpRequest) -> String {
    let mut words = command::words(
        "request",
        &place.project,
        &place.project.folder,
        &place.target,
    );
    for (name, _) in &asked.headers {
        words.extend(["--header".to_owned(), format!("{name}: ...")]);
    }
    if let Some(body) = &asked.body {
        words.extend(["--data".to_owned(), body.clone()]);
    }
    if asked.sign {
        words.push("--sign".to_owned());
    }
    words.extend([asked.method.to_uppercase(), asked.path.clone()]);
    activity::typed(&words)
}

/// The endpoint that a method and a path mean: one written out before one with parts to be filled in.
fn choose<'a>(all: &'a [Endpoint], method: &str, path: &str) -> Result<&'a Endpoint, ApiError> {
    let bare = path.split('?').next().unwrap_or(path);
    let fits = |endpoint: &&Endpoint| {
        (endpoint.method == "ANY" || endpoint.method == method) && matches(&endpoint.path, bare)
    };
    let found = all.iter().filter(fits).min_by_key(|endpoint| {
        let places = endpoint.path.matches('{').count();
        (
            places,
            endpoint.path.contains('*'),
            endpoint.method == "ANY",
        )
    });
    found.ok_or_else(|| {
        let error = ApiError::new(
            Code::EndpointMissing,
            Kind::User,
            format!("the service answers no {method} {bare}"),
        );
        let known: Vec<String> = all
            .iter()
            .map(|one| format!("{} {}", one.method, one.path))
            .collect();
        if known.is_empty() {
            error.hint("It has no HTTP endpoint: add an http or httpApi event to a function")
        } else {
            error.hint(format!("It answers: {}", known.join(", ")))
        }
    })
}

/// Whether a path is meant by a pattern such as `/notes/{id}` or `/files/{rest+}`.
fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = path.trim_start_matches('/').split('/');
    for wanted in pattern.trim_start_matches('/').split('/') {
        if wanted == "*" || wanted.ends_with("+}") {
            return true;
        }
        let Some(part) = parts.next() else {
            return false;
        };
        let is_place = wanted.starts_with('{') && wanted.ends_with('}');
        if !(wanted == part || (is_place && !part.is_empty())) {
            return false;
        }
    }
    parts.next().is_none()
}

/// The address before the endpoint's path.
fn base(endpoint: &Endpoint) -> &str {
    endpoint
        .url
        .strip_suffix(&endpoint.path)
        .unwrap_or(&endpoint.url)
        .trim_end_matches('/')
}

fn check(asked: &HttpRequest, url: &str, target: &Target) -> Result<(), ApiError> {
    let wrong = |title: String| Err(ApiError::new(Code::Usage, Kind::User, title));
    if !asked.path.starts_with('/')
        || asked
            .path
            .contains(|c: char| c.is_control() || c == ' ' || c == '#')
    {
        return wrong("the path must begin with / and be encoded".to_owned());
    }
    if asked.path.split(['/', '?']).any(|part| part == "..") {
        return wrong("the path may not contain `..`".to_owned());
    }
    if asked
        .body
        .as_ref()
        .is_some_and(|body| body.len() > MOST_BYTES)
    {
        return wrong("the body has more than 10 MB, which API Gateway does not take".to_owned());
    }
    for (name, value) in &asked.headers {
        let is_token = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.!#$%&'*+^`|~".contains(c));
        if !is_token || value.contains(['\r', '\n', '\0']) {
            return wrong(format!("`{name}` is not a header"));
        }
        let own = OURS.contains(&name.to_ascii_lowercase().as_str());
        if own && (asked.sign || !name.eq_ignore_ascii_case("authorization")) {
            return wrong(format!(
                "`{name}` is set by the connection or the signature"
            ));
        }
    }
    // Outputs are the stack's words: whatever they say, an account is only asked over TLS, the sandbox only here.
    let is_right = match target {
        Target::Sandbox { endpoint, .. } => url.starts_with(&format!("{endpoint}/")),
        Target::Account { .. } => url.starts_with("https://"),
    };
    if !is_right {
        return wrong(format!("{url} is not an address of this service"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(method: &str, path: &str) -> Endpoint {
        Endpoint {
            function: "f".into(),
            method: method.into(),
            url: format!("https://a1.execute-api.eu-west-1.amazonaws.com/dev{path}"),
            path: path.into(),
            signed: false,
        }
    }

    #[test]
    fn a_path_written_out_is_meant_before_one_with_parts() {
        let all = [
            endpoint("ANY", "/notes/{id}"),
            endpoint("GET", "/notes/{id}"),
            endpoint("GET", "/notes/new"),
            endpoint("GET", "/files/{rest+}"),
        ];
        let chosen = |method: &str, path: &str| {
            choose(&all, method, path)
                .map(|one| (one.method.as_str(), one.path.as_str()))
                .ok()
        };
        assert_eq!(chosen("GET", "/notes/new?x=1"), Some(("GET", "/notes/new")));
        assert_eq!(chosen("GET", "/notes/7"), Some(("GET", "/notes/{id}")));
        assert_eq!(chosen("PUT", "/notes/7"), Some(("ANY", "/notes/{id}")));
        assert_eq!(
            chosen("GET", "/files/a/b/c"),
            Some(("GET", "/files/{rest+}"))
        );
        assert_eq!(chosen("GET", "/notes"), None);
        assert_eq!(chosen("GET", "/notes/7/more"), None);
    }

    #[test]
    fn the_address_is_the_services_own() {
        assert_eq!(
            base(&endpoint("GET", "/hello")),
            "https://a1.execute-api.eu-west-1.amazonaws.com/dev"
        );
        let account = Target::Account {
            profile: None,
            region: "eu-west-1".into(),
        };
        let sandbox = Target::Sandbox {
            endpoint: "http://127.0.0.1:4566".into(),
            region: "us-east-1".into(),
        };
        let asked = |path: &str| HttpRequest {
            path: path.into(),
            ..HttpRequest::default()
        };
        assert!(check(&asked("/a"), "https://a1.example/dev/a", &account).is_ok());
        assert!(check(&asked("/a"), "http://a1.example/dev/a", &account).is_err());
        assert!(
            check(
                &asked("/a"),
                "http://127.0.0.1:4566/restapis/a/dev/_user_request_/a",
                &sandbox
            )
            .is_ok()
        );
        assert!(check(&asked("/a"), "http://127.0.0.1:45660/a", &sandbox).is_err());
        for path in ["a", "/a b", "/a\n", "/../b", "/a#b"] {
            assert!(
                check(&asked(path), "https://a1.example/dev/a", &account).is_err(),
                "{path:?}"
            );
        }
    }

    #[test]
    fn headers_that_would_split_the_request_are_refused() {
        let account = Target::Account {
            profile: None,
            region: "eu-west-1".into(),
        };
        let with = |name: &str, value: &str, sign: bool| HttpRequest {
            path: "/a".into(),
            headers: vec![(name.into(), value.into())],
            sign,
            ..HttpRequest::default()
        };
        let ok = |asked: &HttpRequest| check(asked, "https://a1.example/a", &account).is_ok();
        assert!(ok(&with("x-name", "Ana", false)));
        assert!(ok(&with("Authorization", "Bearer x", false)));
        assert!(!ok(&with("Authorization", "Bearer x", true)));
        assert!(!ok(&with("Host", "evil", false)));
        assert!(!ok(&with("x-a", "1\r\nx-b: 2", false)));
        assert!(!ok(&with("", "1", false)));
        assert!(!ok(&with("a b", "1", false)));
    }
}
