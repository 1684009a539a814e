use pilothouse_service::types::{
    AlbAuthorizer, AlbConditions, AlbEvent, CachePolicy, CloudFrontEvent, CloudFrontOrigin,
    HttpApiAuthorizer, HttpApiAuthorizerKind, HttpApiLogs, Judge, RouteAuthorizer,
    WebsocketAuthorizer, WebsocketEvent, WebsocketLogs,
};
use serde_json::json;

use super::*;

fn route(path: &str, authorizer: RouteAuthorizer) -> Event {
    Event::HttpApi(HttpApiEvent {
        method: "GET".into(),
        path: path.into(),
        authorizer: Some(authorizer),
    })
}

fn websocket(route: &str, change: impl FnOnce(&mut WebsocketEvent)) -> Event {
    let mut event = WebsocketEvent {
        route: route.into(),
        ..WebsocketEvent::default()
    };
    change(&mut event);
    Event::Websocket(Box::new(event))
}

fn alb(priority: u32, change: impl FnOnce(&mut AlbEvent)) -> Event {
    let mut event = AlbEvent {
        listener: json!({ "Ref": "Listen" }),
        priority,
        conditions: AlbConditions {
            path: Some(vec!["/a".into()]),
            ..AlbConditions::default()
        },
        ..AlbEvent::default()
    };
    change(&mut event);
    Event::Alb(Box::new(event))
}

fn edge(address: &str, change: impl FnOnce(&mut CloudFrontEvent)) -> Event {
    let mut event = CloudFrontEvent {
        event_type: Some("viewer-request".into()),
        origin: CloudFrontOrigin::Address(address.into()),
        ..CloudFrontEvent::default()
    };
    change(&mut event);
    Event::CloudFront(Box::new(event))
}

#[test]
fn a_function_decides_who_calls_an_http_api() {
    let named = RouteAuthorizer::Named {
        name: "mine".into(),
        scopes: Some(vec!["s".into(), "s".into()]),
    };
    let mut service = shop(&[("a", &[route("/x", named)]), ("judge", &[])]);
    let authorizer = HttpApiAuthorizer {
        name: "my-own".into(),
        identity_source: vec!["$request.header.A".into()],
        kind: HttpApiAuthorizerKind::Request {
            judge: Judge::Function("judge".into()),
            managed_externally: false,
            result_ttl_in_seconds: Some(0),
            enable_simple_responses: None,
            payload_version: None,
        },
    };
    let http_api = &mut service.provider.http_api;
    http_api.authorizers.insert("mine".into(), authorizer);
    let made = resource(&service, "HttpApiAuthorizerMyDashown/Properties");
    assert_eq!(made["AuthorizerPayloadFormatVersion"], "2.0");
    assert_eq!(made["AuthorizerResultTtlInSeconds"], 0);
    let route = resource(&service, "HttpApiRouteGetX/Properties");
    assert_eq!(route["AuthorizationType"], "CUSTOM");
    assert_eq!(
        route["AuthorizerId"],
        json!({ "Ref": "HttpApiAuthorizerMyDashown" })
    );
    assert_eq!(route["AuthorizationScopes"], json!(["s"]));
    assert_eq!(
        resource(
            &service,
            "MyDashownLambdaAuthorizerPermissionHttpApi/Properties/FunctionName"
        ),
        json!({ "Fn::GetAtt": ["JudgeLambdaFunction", "Arn"] })
    );
}

#[test]
fn an_http_api_that_exists_gets_routes_alone() {
    let existing = RouteAuthorizer::Existing {
        id: "xyz".into(),
        request: false,
        scopes: None,
    };
    let mut service = shop(&[("a", &[route("/x", existing)])]);
    service.provider.http_api.id = Some("abc".into());
    let stack = stack(&service);
    assert_eq!(ids(&stack, "AWS::ApiGatewayV2::Api"), Vec::<String>::new());
    assert!(stack.pointer("/Outputs/HttpApiId").is_none());
    let route = resource(&service, "HttpApiRouteGetX/Properties");
    assert_eq!(
        (&route["ApiId"], &route["AuthorizerId"]),
        (&json!("abc"), &json!("xyz"))
    );
}

#[test]
fn requests_to_an_http_api_are_logged_as_json() {
    let mut service = shop(&[("a", &[http_api("GET", "/x")])]);
    service.provider.http_api.logs = Some(HttpApiLogs::default());
    service.provider.log_retention_in_days = Some(7);
    let stage = resource(&service, "HttpApiStage");
    assert_eq!(stage["DependsOn"], json!(["HttpApiLogGroup"]));
    let format = &stage["Properties"]["AccessLogSettings"]["Format"];
    let format = format.as_str().unwrap_or_default();
    assert!(
        format.starts_with(r#"{"requestId":"$context.requestId","ip":"#),
        "{format}"
    );
    assert_eq!(
        resource(&service, "HttpApiLogGroup/Properties"),
        json!({ "LogGroupName": "/aws/http-api/shop-dev", "RetentionInDays": 7 })
    );
}

#[test]
fn a_websocket_is_deployed_anew_only_when_it_changes() {
    let deployed = |service: &Service| {
        let mut ids = ids(&stack(service), "AWS::ApiGatewayV2::Deployment");
        ids.pop().unwrap_or_default()
    };
    let mut service = shop(&[("a", &[websocket("$connect", |_| {})])]);
    let first = deployed(&service);
    assert_eq!(
        resource(
            &service,
            "WebsocketsDeploymentStage/Properties/DeploymentId"
        ),
        json!({ "Ref": first })
    );
    service.provider.websocket_api.logs = Some(WebsocketLogs::default());
    assert_eq!(deployed(&service), first);
    let other = shop(&[("a", &[websocket("$default", |_| {})])]);
    assert_ne!(deployed(&other), first);
    let twice = [
        websocket("$connect", |_| {}),
        websocket("b", |e| e.responds = true),
    ];
    let service = shop(&[("a", &twice)]);
    assert_eq!(
        resource(&service, &format!("{}/DependsOn", deployed(&service))),
        json!([
            "SconnectWebsocketsRoute",
            "bWebsocketsRouteResponse",
            "bWebsocketsRoute"
        ])
    );
}

#[test]
fn a_websocket_that_exists_gets_routes_and_a_deployment() {
    let authorizer = WebsocketAuthorizer {
        name: "auth".into(),
        judge: Judge::Arn("arn:aws:lambda:us-east-1:123456789012:function:auth".into()),
        identity_source: None,
    };
    let event = websocket("$connect", |e| e.authorizer = Some(authorizer));
    let mut service = shop(&[("a", &[event])]);
    service.provider.websocket_api.id = Some("abc".into());
    let stack = stack(&service);
    assert_eq!(
        ids(&stack, "AWS::ApiGatewayV2::Stage"),
        Vec::<String>::new()
    );
    let deployment = ids(&stack, "AWS::ApiGatewayV2::Deployment");
    let deployment = resource(&service, &format!("{}/Properties", deployment[0]));
    assert_eq!(deployment["StageName"], "dev");
    assert_eq!(
        resource(&service, "AuthLambdaPermissionWebsockets/DependsOn"),
        Value::Null
    );
    assert_eq!(
        resource(&service, "ALambdaPermissionWebsockets/DependsOn"),
        json!(["ALambdaFunction"])
    );
}

#[test]
fn a_listener_signs_callers_in_before_it_calls() {
    let event = alb(3, |event| event.authorizers = vec!["pool".into()]);
    let mut service = shop(&[("my-fn", &[event, alb(4, |e| e.multi_value_headers = true)])]);
    let pool = AlbAuthorizer {
        cognito: true,
        settings: [("userPoolDomain".to_owned(), json!("d"))]
            .into_iter()
            .collect(),
    };
    let alb = &mut service.provider.alb;
    alb.authorizers.insert("pool".into(), pool);
    alb.target_group_prefix = Some("pre".into());
    assert_eq!(
        resource(&service, "MyDashfnAlbListenerRule3/Properties/Actions"),
        json!([
            {
                "Type": "authenticate-cognito",
                "Order": 1,
                "AuthenticateCognitoConfig": { "UserPoolDomain": "d", "OnUnauthenticatedRequest": "deny" }
            },
            {
                "Type": "forward",
                "TargetGroupArn": { "Ref": "MyDashfnAlbTargetGroupListen" },
                "Order": 2
            }
        ])
    );
    let name = resource(&service, "MyDashfnAlbTargetGroupListen/Properties/Name");
    let name = name.as_str().unwrap_or_default().to_owned();
    assert!(name.starts_with("pre") && name.len() == 32, "{name}");
    assert_eq!(
        resource(&service, "MyDashfnLambdaPermissionAlb/Properties/SourceArn"),
        json!({ "Ref": "MyDashfnAlbMultiValueTargetGroupListen" })
    );
}

#[test]
fn events_of_one_path_make_one_behaviour() {
    let first = edge("https://a.com/x", |e| e.path_pattern = Some("/a".into()));
    let second = edge("https://a.com/x", |e| {
        e.path_pattern = Some("/a".into());
        e.event_type = Some("viewer-response".into());
        e.cache_policy = Some(CachePolicy::Id("p".into()));
    });
    let mut service = shop(&[("a", &[first, second])]);
    service.provider.environment.insert("A".into(), json!("b"));
    let config = resource(
        &service,
        "CloudFrontDistribution/Properties/DistributionConfig",
    );
    let behaviors = &config["CacheBehaviors"];
    assert_eq!(behaviors.as_array().map(Vec::len), Some(1));
    let calls = behaviors[0]["LambdaFunctionAssociations"].as_array();
    assert_eq!(calls.map(Vec::len), Some(2));
    // Of two policies the first counts.
    let policy = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    assert_eq!(behaviors[0]["CachePolicyId"], policy);
    assert_eq!(
        config["DefaultCacheBehavior"],
        json!({
            "ViewerProtocolPolicy": "allow-all",
            "CachePolicyId": policy,
            "TargetOriginId": "custom/a.com/x"
        })
    );
    let function = resource(&service, "ALambdaFunction");
    assert_eq!(function["DeletionPolicy"], "Retain");
    assert_eq!(function["Properties"]["Environment"], Value::Null);
    let role = resource(
        &service,
        "IamRoleLambdaExecution/Properties/AssumeRolePolicyDocument/Statement/0/Principal/Service",
    );
    assert_eq!(
        role,
        json!(["lambda.amazonaws.com", "edgelambda.amazonaws.com"])
    );
}
