//! Calling an endpoint of a deployed service, as its users do.

use crate::{CloudProblem, Effect};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebRequest {
    /// Upper case.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// Whether it is signed for API Gateway with the credentials of the target.
    pub sign: bool,
}

/// What came back. Redirections are answers, and are not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAnswer {
    /// Such as 200.
    pub status: u16,
    /// Names and values, in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Sends requests to endpoints.
pub trait Requests: Send + Sync + std::fmt::Debug {
    /// Sends a request once: whether a second time does harm is for its sender to know.
    fn send(&self, request: WebRequest) -> Effect<'_, Result<WebAnswer, CloudProblem>>;
}
