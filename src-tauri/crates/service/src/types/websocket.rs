//! `websocket` events, and what `provider` says of the WebSocket API.

use serde_json::Value;

use super::Judge;

/// What `provider` says of the WebSocket API.
#[derive(Debug, Clone, Default)]
pub struct WebsocketApi {
    /// `apiGateway.websocketApiId`: a WebSocket API that exists; the stack makes one when absent.
    pub id: Option<Value>,
    /// `websocketsApiName`.
    pub name: Option<String>,
    /// `websocketsApiRouteSelectionExpression`.
    pub route_selection_expression: Option<String>,
    /// `websocketsDescription`.
    pub description: Option<String>,
    /// `websocket.useProviderTags`.
    pub use_provider_tags: bool,
    /// `logs.websocket`, when it is not false.
    pub logs: Option<WebsocketLogs>,
}

/// `provider.logs.websocket`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebsocketLogs {
    /// `accessLogging`; true when absent.
    pub access_logging: Option<bool>,
    /// `executionLogging`; true when absent.
    pub execution_logging: Option<bool>,
    /// `fullExecutionData`; true when absent.
    pub full_execution_data: Option<bool>,
    /// `format` of a line.
    pub format: Option<String>,
    /// `level`: `INFO`, the default, or `ERROR`.
    pub level: Option<String>,
}

/// `websocket`.
#[derive(Debug, Clone, Default)]
pub struct WebsocketEvent {
    /// `route`, such as `$connect`.
    pub route: String,
    /// `routeResponseSelectionExpression` is written: what the function returns is sent back.
    pub responds: bool,
    /// `authorizer`.
    pub authorizer: Option<WebsocketAuthorizer>,
}

/// `websocket.authorizer`.
#[derive(Debug, Clone)]
pub struct WebsocketAuthorizer {
    /// The function's key, the last part of its ARN, or `name`.
    pub name: String,
    /// Who decides.
    pub judge: Judge,
    /// `identitySource`; the header `Auth` when absent.
    pub identity_source: Option<Vec<String>>,
}
