//! Requests to an account go to AWS, and nowhere else.
//!
//! The SDK lets the environment and the profile name other addresses. Taking them out of the clients is not enough,
//! for the SDK's own sign-in (STS, SSO) reads them by itself: so the address of each request is looked at where it
//! would be sent.

use std::net::IpAddr;

use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use thiserror::Error;

/// What the names of AWS's hosts end in, partition by partition.
const SUFFIXES: &[&str] = &[
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazonaws.eu",
    ".amazonwebservices.com.cn",
    ".api.aws",
    ".adc-e.uk",
    ".c2s.ic.gov",
    ".csp.hci.ic.gov",
    ".sc2s.sgov.gov",
];
/// Where a computer of AWS's own asks for its role: EC2, ECS, EKS.
const OF_THE_MACHINE: &[&str] = &[
    "169.254.169.254",
    "169.254.170.2",
    "169.254.170.23",
    "fd00:ec2::254",
    "fd00:ec2::23",
];
/// The header with which a signed-in person is known; it is worth as much as the person's password.
const BEARER: &str = "x-amz-sso_bearer_token";

#[derive(Debug, Error)]
#[error(
    "a setting sends requests to {host}, which is not AWS; take AWS_ENDPOINT_URL and endpoint_url out of the environment and the profile"
)]
struct Elsewhere {
    host: String,
}

/// The client with which everything is sent to an account.
pub(crate) fn client() -> SharedHttpClient {
    let inner = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .build_https();
    SharedHttpClient::new(OnlyAws { inner })
}

#[derive(Debug)]
struct OnlyAws {
    inner: SharedHttpClient,
}

impl HttpClient for OnlyAws {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Guard { inner })
    }
}

#[derive(Debug)]
struct Guard {
    inner: SharedHttpConnector,
}

impl HttpConnector for Guard {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let host = host_of(request.uri());
        let asks_for_a_role = request.method() == "GET" && request.headers().get(BEARER).is_none();
        if is_aws(&host) || (asks_for_a_role && gives_roles(&host)) {
            return self.inner.call(request);
        }
        let problem = ConnectorError::user(Elsewhere { host }.into());
        HttpConnectorFuture::ready(Err(problem))
    }
}

fn host_of(address: &str) -> String {
    let parsed = url::Url::parse(address).ok();
    let host = parsed.as_ref().and_then(url::Url::host_str);
    host.unwrap_or_default()
        .trim_matches(['[', ']'])
        .to_ascii_lowercase()
}

fn is_aws(host: &str) -> bool {
    SUFFIXES.iter().any(|suffix| host.ends_with(suffix)) || OF_THE_MACHINE.contains(&host)
}

/// Whether a program of this computer may hand out a role there, as those that keep keys for people do.
fn gives_roles(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_aws_are_known_by_their_end_and_no_others_are() {
        for address in [
            "https://sts.eu-west-1.amazonaws.com/",
            "https://portal.sso.cn-north-1.amazonaws.com.cn/federation/credentials",
            "https://lambda.us-east-1.api.aws",
            "https://BUCKET.s3.us-east-1.AMAZONAWS.com/key",
            "http://169.254.169.254/latest/api/token",
            "http://[fd00:ec2::254]/latest/api/token",
        ] {
            assert!(is_aws(&host_of(address)), "{address}");
        }
        for address in [
            "http://127.0.0.1:4566/",
            "http://localhost:4566/",
            "https://sts.amazonaws.com.attacker.example/",
            "https://amazonaws.com.example/",
            "https://notamazonaws.com/",
            "https://sts.amazonaws.com@attacker.example/",
            "https://attacker.example/?x=.amazonaws.com",
            "https://attacker.example#.amazonaws.com",
            "not an address",
            "",
        ] {
            assert!(!is_aws(&host_of(address)), "{address}");
        }
    }
}
