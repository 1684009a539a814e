//! Requests to the endpoints of deployed services, signed where they must be.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_async::time::SharedTimeSource;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Request, Response};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use pilothouse_effects::{CloudProblem, Effect, Requests, WebAnswer, WebRequest};

const CALL: &str = "execute-api:Invoke";
/// API Gateway itself gives up after 30 seconds.
const PATIENCE: Duration = Duration::from_secs(45);
/// API Gateway answers with no more than 10 MB.
const MOST_BYTES: usize = 11 << 20;

/// Requests by hyper.
#[derive(Debug)]
pub(crate) struct WebRequests {
    region: String,
    credentials: Option<SharedCredentialsProvider>,
    time: SharedTimeSource,
}

impl WebRequests {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        Self {
            region: config.region().map(ToString::to_string).unwrap_or_default(),
            credentials: config.credentials_provider(),
            time: config.time_source().unwrap_or_default(),
        }
    }

    async fn signed(
        &self,
        service: &str,
        request: &WebRequest,
    ) -> Result<Vec<(String, String)>, CloudProblem> {
        let missing = |reason: String| CloudProblem::Credentials { reason };
        let provider = self.credentials.as_ref();
        let provider = provider.ok_or_else(|| missing("there are none".to_owned()))?;
        let given = provider.provide_credentials().await;
        let identity = given
            .map_err(|problem| missing(problem.to_string()))?
            .into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(service)
            .time(self.time.now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|problem| malformed(&problem))?;
        let headers = request.headers.iter();
        let signable = SignableRequest::new(
            &request.method,
            &request.url,
            headers.map(|(name, value)| (name.as_str(), value.as_str())),
            SignableBody::Bytes(&request.body),
        )
        .map_err(|problem| malformed(&problem))?;
        let (instructions, _) = sign(signable, &params.into())
            .map_err(|problem| malformed(&problem))?
            .into_parts();
        let own = instructions.headers();
        Ok(own
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect())
    }
}

impl WebRequests {
    /// Sends a request to a service of AWS itself, whose call is named when no answer comes.
    pub(crate) async fn send_to(
        &self,
        service: &str,
        call: &'static str,
        request: WebRequest,
    ) -> Result<WebAnswer, CloudProblem> {
        let answer = self.sent(service, request).await;
        answer.map_err(|problem| match problem {
            CloudProblem::NoAnswer { reason, .. } => CloudProblem::NoAnswer { call, reason },
            CloudProblem::Refused { name, reason, .. } => {
                CloudProblem::Refused { call, name, reason }
            }
            other => other,
        })
    }

    async fn sent(
        &self,
        service: &str,
        mut request: WebRequest,
    ) -> Result<WebAnswer, CloudProblem> {
        if request.sign {
            let signature = self.signed(service, &request).await?;
            request.headers.extend(signature);
        }
        let mut builder = Request::builder()
            .method(request.method.as_str())
            .uri(&request.url);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let sent = builder
            .body(Full::new(Bytes::from(request.body)))
            .map_err(|problem| malformed(&problem))?;
        tokio::time::timeout(PATIENCE, answered(sent))
            .await
            .unwrap_or_else(|_| {
                Err(silent(&format!(
                    "no answer within {} s",
                    PATIENCE.as_secs()
                )))
            })
    }
}

impl Requests for WebRequests {
    fn send(&self, request: WebRequest) -> Effect<'_, Result<WebAnswer, CloudProblem>> {
        Box::pin(self.sent("execute-api", request))
    }
}

async fn answered(request: Request<Full<Bytes>>) -> Result<WebAnswer, CloudProblem> {
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    let connector = HttpsConnectorBuilder::new()
        .with_native_roots()
        .map_err(|problem| silent(&problem))?
        .https_or_http()
        .enable_http1()
        .wrap_connector(connector);
    let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build(connector);
    let response = client
        .request(request)
        .await
        .map_err(|problem| silent(&chain(&problem)))?;
    read(response).await
}

async fn read(response: Response<hyper::body::Incoming>) -> Result<WebAnswer, CloudProblem> {
    let status = response.status().as_u16();
    let text =
        |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    let body = Limited::new(response.into_body(), MOST_BYTES)
        .collect()
        .await;
    let body = body
        .map_err(|problem| silent(&problem))?
        .to_bytes()
        .to_vec();
    Ok(WebAnswer {
        status,
        headers,
        body,
    })
}

/// What went wrong and why, without the addresses that each layer repeats.
fn chain(problem: &dyn std::error::Error) -> String {
    let mut words = problem.to_string();
    let mut next = problem.source();
    while let Some(source) = next {
        words = format!("{words}: {source}");
        next = source.source();
    }
    words
}

fn silent(problem: &dyn std::fmt::Display) -> CloudProblem {
    CloudProblem::NoAnswer {
        call: CALL,
        reason: problem.to_string(),
    }
}

fn malformed(problem: &dyn std::fmt::Display) -> CloudProblem {
    CloudProblem::Refused {
        call: CALL,
        name: "InvalidRequest".to_owned(),
        reason: problem.to_string(),
    }
}
