use pilothouse_service::types::{
    Cors, HttpApiCors, HttpAuthorizer, HttpResponse, Integration, RequestParameter, StatusCode,
};
use serde_json::json;

use super::*;

#[test]
fn each_path_hangs_below_its_parent_and_the_first_below_the_root() {
    let service = shop(&[("a", &[http("get", "users/{id}/orders"), http("get", "")])]);
    let parent = |id: &str| resource(&service, &format!("{id}/Properties/ParentId"));
    assert_eq!(
        parent("ApiGatewayResourceUsers"),
        json!({ "Fn::GetAtt": ["ApiGatewayRestApi", "RootResourceId"] })
    );
    assert_eq!(
        parent("ApiGatewayResourceUsersIdVar"),
        json!({ "Ref": "ApiGatewayResourceUsers" })
    );
    assert_eq!(
        parent("ApiGatewayResourceUsersIdVarOrders"),
        json!({ "Ref": "ApiGatewayResourceUsersIdVar" })
    );
    assert_eq!(
        resource(&service, "ApiGatewayMethodGet/Properties/ResourceId"),
        json!({ "Fn::GetAtt": ["ApiGatewayRestApi", "RootResourceId"] })
    );
}

#[test]
fn two_paths_with_one_name_in_the_template_are_refused() {
    let messages = refusals(&shop(&[("a", &[http("get", "a.b"), http("post", "ab")])]));
    assert_eq!(
        messages,
        ["`/a.b` and `/ab` have the same name in the template, `ApiGatewayResourceAb`"]
    );
}

#[test]
fn the_last_of_two_events_with_one_path_and_verb_wins_and_the_user_is_told() {
    let service = shop(&[("a", &[http("get", "x")]), ("b", &[http("get", "x")])]);
    let templates = compiled(&service);
    assert_eq!(
        templates.warnings.0[0].path.as_deref(),
        Some("functions.b.events.0.http")
    );
    assert_eq!(
        resource(
            &service,
            "ApiGatewayMethodXGet/Properties/Integration/Uri/Fn::Join/1/5"
        ),
        json!({ "Fn::GetAtt": ["BLambdaFunction", "Arn"] })
    );
}

#[test]
fn request_templates_are_serverless_own_to_the_blank() {
    // Digests of what Serverless 3.40 writes for an event with `integration: lambda`.
    let event = http_with("get", "x", |e| e.integration = Integration::Lambda);
    let templates = resource(
        &shop(&[("a", &[event])]),
        "ApiGatewayMethodXGet/Properties/Integration/RequestTemplates",
    );
    let digest = |content_type: &str| {
        let text = templates[content_type].as_str().expect("a template");
        Digest::of(text.as_bytes()).to_string()
    };
    assert_eq!(
        digest("application/json"),
        "e3bfacdaab0a88b718f9765ea9e7aa85fa1b5989f015c36cf10f030199a45116"
    );
    assert_eq!(
        digest("application/x-www-form-urlencoded"),
        "49e81876f11d52901cf5fc8ec6d6ab7392cd01481a6d67caa160e3a34a05a4f5"
    );
}

#[test]
fn an_asynchronous_call_goes_through_templates_and_says_so_to_lambda() {
    let event = http_with("put", "x", |e| {
        e.asynchronous = true;
        e.integration = Integration::Lambda;
        let rule = RequestParameter {
            required: false,
            mapped_value: Some("context.requestId".into()),
        };
        e.request
            .parameters
            .insert("method.request.header.h".into(), rule);
    });
    let service = shop(&[("a", &[event])]);
    let integration = resource(&service, "ApiGatewayMethodXPut/Properties/Integration");
    assert_eq!(integration["Type"], "AWS");
    assert_eq!(
        integration["RequestParameters"],
        json!({
            "integration.request.header.h": "context.requestId",
            "integration.request.header.X-Amz-Invocation-Type": "'Event'"
        })
    );
    // Nothing is required, so nothing is validated.
    assert_eq!(
        ids(&stack(&service), "AWS::ApiGateway::RequestValidator"),
        Vec::<String>::new()
    );
}

#[test]
fn statuses_come_in_ascending_order_and_one_answers_success() {
    let pattern = |text: &str| StatusCode {
        pattern: Some(text.into()),
        ..StatusCode::default()
    };
    let event = http_with("get", "x", |e| {
        e.integration = Integration::Lambda;
        let status_codes = IndexMap::from([
            ("404".into(), pattern("none")),
            ("201".into(), StatusCode::default()),
        ]);
        e.response = Some(HttpResponse {
            status_codes,
            ..HttpResponse::default()
        });
    });
    let responses = resource(
        &shop(&[("a", &[event])]),
        "ApiGatewayMethodXGet/Properties/Integration/IntegrationResponses",
    );
    let told: Vec<_> = responses
        .as_array()
        .expect("a list")
        .iter()
        .map(|r| (r["StatusCode"].clone(), r["SelectionPattern"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            (json!("200"), json!("")),
            (json!("201"), json!("")),
            (json!("404"), json!("none"))
        ]
    );
}

#[test]
fn the_preflight_of_a_path_allows_what_its_methods_allow_together() {
    let get = http_with("get", "x", |e| {
        e.cors = Some(Cors {
            origin: Some("https://a.com, https://*.b.com".into()),
            headers: Some(vec!["H1".into()]),
            allow_credentials: true,
            max_age: Some(60),
            ..Cors::default()
        });
    });
    let post = http_with("any", "x", |e| {
        e.cors = Some(Cors {
            origin: Some("https://a.com, https://*.b.com".into()),
            headers: Some(vec!["H2".into(), "H1".into()]),
            ..Cors::default()
        });
    });
    let service = shop(&[("a", &[get, post])]);
    let response = resource(
        &service,
        "ApiGatewayMethodXOptions/Properties/Integration/IntegrationResponses/0",
    );
    assert_eq!(
        response["ResponseParameters"],
        json!({
            "method.response.header.Access-Control-Allow-Origin": "'https://a.com'",
            "method.response.header.Access-Control-Allow-Headers": "'H2,H1'",
            "method.response.header.Access-Control-Allow-Methods":
                "'OPTIONS,DELETE,GET,HEAD,PATCH,POST,PUT,GET'",
            "method.response.header.Access-Control-Allow-Credentials": "'true'",
            "method.response.header.Access-Control-Max-Age": "'60'"
        })
    );
    let template = response["ResponseTemplates"]["application/json"]
        .as_str()
        .expect("a template");
    let test =
        r#"#if($origin.matches("https://a[.]com") || $origin.matches("https://.+[.]b[.]com"))"#;
    assert!(template.contains(test), "{template}");
}

#[test]
fn an_iam_authorizer_asks_for_signed_requests() {
    let event = http_with("get", "x", |e| e.authorizer = Some(HttpAuthorizer::AwsIam));
    let service = shop(&[("a", &[event, http("post", "x")])]);
    let kind = |id: &str| resource(&service, &format!("{id}/Properties/AuthorizationType"));
    assert_eq!(kind("ApiGatewayMethodXGet"), "AWS_IAM");
    assert_eq!(kind("ApiGatewayMethodXPost"), "NONE");
}

#[test]
fn a_stage_that_api_gateway_does_not_take_is_refused_only_with_a_rest_api() {
    let mut service = shop(&[("a", &[])]);
    service.stage = "a.b".into();
    assert_eq!(compiled(&service).warnings.0, []);
    service
        .functions
        .extend(shop(&[("a", &[http("get", "x")])]).functions);
    assert_eq!(
        refusals(&service),
        ["`a.b` cannot be the stage of a REST API"]
    );
}

#[test]
fn a_duplicate_route_is_refused() {
    let service = shop(&[
        ("a", &[http_api("GET", "/x")]),
        ("b", &[http_api("GET", "/x")]),
    ]);
    assert_eq!(
        refusals(&service),
        ["duplicate route `GET /x`: functions `a` and `b` both answer it"]
    );
}

#[test]
fn cors_of_an_http_api_lists_the_verbs_of_its_routes() {
    let mut service = shop(&[("a", &[http_api("POST", "/x"), http_api("GET", "/y")])]);
    service.provider.http_api.cors = Some(HttpApiCors::Defaults);
    let methods = "HttpApi/Properties/CorsConfiguration/AllowMethods";
    assert_eq!(
        resource(&service, methods),
        json!(["OPTIONS", "POST", "GET"])
    );
    let mut service = shop(&[("a", &[http_api("*", "*")])]);
    service.provider.http_api.cors = Some(HttpApiCors::Defaults);
    assert_eq!(
        resource(&service, methods),
        json!(["OPTIONS", "GET", "POST", "PUT", "PATCH", "HEAD", "DELETE"])
    );
    assert_eq!(
        resource(&service, "HttpApiRouteDefault/Properties/RouteKey"),
        "$default"
    );
}

#[test]
fn a_function_with_many_routes_has_one_integration_and_one_permission() {
    let service = shop(&[("a", &[http_api("GET", "/x"), http_api("*", "/y/{id}")])]);
    let template = stack(&service);
    assert_eq!(
        ids(&template, "AWS::ApiGatewayV2::Route"),
        ["HttpApiRouteGetX", "HttpApiRouteAnyYIdVar"]
    );
    assert_eq!(
        ids(&template, "AWS::ApiGatewayV2::Integration"),
        ["HttpApiIntegrationA"]
    );
    assert_eq!(
        ids(&template, "AWS::Lambda::Permission"),
        ["ALambdaPermissionHttpApi"]
    );
}

#[test]
fn schedules_are_counted_within_their_function() {
    let two = schedule(|s| s.rates = vec!["rate(1 hour)".into(), "rate(2 hours)".into()]);
    let scheduler = schedule(|s| {
        s.scheduler = true;
        s.enabled = Some(false);
        s.input = Some(json!({ "a": 1.0, "body": "{\"b\":2}" }));
    });
    let service = shop(&[("a", &[two, scheduler]), ("b", &[schedule(|_| {})])]);
    let template = stack(&service);
    assert_eq!(
        ids(&template, "AWS::Events::Rule"),
        [
            "AEventsRuleSchedule1",
            "AEventsRuleSchedule2",
            "BEventsRuleSchedule1"
        ]
    );
    assert_eq!(
        ids(&template, "AWS::Scheduler::Schedule"),
        ["ASchedulerSchedule3"]
    );
    let properties = &template["Resources"]["ASchedulerSchedule3"]["Properties"];
    assert_eq!(properties["State"], "DISABLED");
    assert_eq!(properties["Target"]["Input"], r#"{"a":1,"body":{"b":2}}"#);
    assert_eq!(
        resource(
            &service,
            "IamRoleLambdaExecution/Properties/AssumeRolePolicyDocument/Statement/0/Principal"
        ),
        json!({ "Service": ["lambda.amazonaws.com", "scheduler.amazonaws.com"] })
    );
}

#[test]
fn what_a_schedule_cannot_combine_is_refused_all_at_once() {
    let named = schedule(|s| {
        s.rates = vec!["rate(1 hour)".into(), "rate(2 hours)".into()];
        s.name = Some("n".into());
        s.timezone = Some("Europe/Berlin".into());
    });
    let scheduler = schedule(|s| {
        s.scheduler = true;
        s.input_path = Some("$.a".into());
        s.input_transformer = Some(json!({ "inputTemplate": "x" }));
    });
    let messages = refusals(&shop(&[("a", &[named, scheduler])]));
    assert_eq!(messages.len(), 4, "{messages:?}");
}
