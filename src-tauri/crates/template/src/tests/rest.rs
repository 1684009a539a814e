use pilothouse_service::types::{
    ApiKey, ApiKeys, BodySchema, HttpAuthorizer, HttpResponse, Integration, Judge, MadeAuthorizer,
    Model, Quota, RequestParameter, RestApiLogs, StatusCode, UsagePlan, UsagePlans,
};
use serde_json::json;

use super::*;

fn authorizer(name: &str, judge: Judge) -> MadeAuthorizer {
    MadeAuthorizer {
        name: name.into(),
        judge,
        kind: None,
        identity_source: None,
        identity_validation_expression: None,
        result_ttl_in_seconds: Some(300),
        scopes: Vec::new(),
        managed_externally: false,
    }
}

fn judged(path: &str, made: MadeAuthorizer) -> Event {
    http_with("get", path, |e| {
        e.authorizer = Some(HttpAuthorizer::Made(Box::new(made)));
    })
}

#[test]
fn an_authorizer_is_a_function_that_the_api_may_call() {
    let made = authorizer("my-auth", Judge::Function("my-auth".into()));
    let service = shop(&[("a", &[judged("x", made)]), ("my-auth", &[])]);
    let method = resource(&service, "ApiGatewayMethodXGet");
    assert_eq!(
        method["DependsOn"],
        json!(["MyDashauthApiGatewayAuthorizer"])
    );
    assert_eq!(method["Properties"]["AuthorizationType"], "CUSTOM");
    assert_eq!(
        method["Properties"]["AuthorizerId"],
        json!({ "Ref": "MyDashauthApiGatewayAuthorizer" })
    );
    let made = resource(&service, "MyDashauthApiGatewayAuthorizer/Properties");
    assert_eq!(made["Type"], "TOKEN");
    assert_eq!(made["AuthorizerResultTtlInSeconds"], 300);
    assert_eq!(
        made["IdentitySource"],
        "method.request.header.Authorization"
    );
    assert_eq!(
        resource(
            &service,
            "MyDashauthLambdaPermissionApiGateway/Properties/FunctionName"
        ),
        json!({ "Fn::GetAtt": ["MyDashauthLambdaFunction", "Arn"] })
    );
}

#[test]
fn a_request_authorizer_that_keeps_no_answers_needs_no_token() {
    let mut made = authorizer("auth", Judge::Function("a".into()));
    made.kind = Some("request".into());
    made.result_ttl_in_seconds = Some(0);
    made.managed_externally = true;
    let service = shop(&[("a", &[judged("x", made)])]);
    let made = resource(&service, "AuthApiGatewayAuthorizer/Properties");
    assert_eq!(made["Type"], "REQUEST");
    assert_eq!(made.get("IdentitySource"), None);
    assert!(resource(&service, "AuthLambdaPermissionApiGateway").is_null());
}

#[test]
fn users_of_a_pool_need_no_permission_and_may_need_scopes() {
    let arn = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a";
    let mut made = authorizer("pool", Judge::Arn(arn.into()));
    made.scopes = vec!["a/b".into()];
    let service = shop(&[("a", &[judged("x", made)])]);
    let method = resource(&service, "ApiGatewayMethodXGet/Properties");
    assert_eq!(method["AuthorizationType"], "COGNITO_USER_POOLS");
    assert_eq!(method["AuthorizationScopes"], json!(["a/b"]));
    let made = resource(&service, "PoolApiGatewayAuthorizer/Properties");
    assert_eq!(made["ProviderARNs"], json!([arn]));
    assert!(resource(&service, "PoolLambdaPermissionApiGateway").is_null());
}

#[test]
fn an_authorizer_that_exists_is_named_by_its_id_and_kind() {
    let existing = |kind: &str| HttpAuthorizer::Existing {
        kind: kind.into(),
        id: json!({ "Ref": "Mine" }),
        scopes: vec!["s".into()],
    };
    let of = |kind: &str| {
        let event = http_with("get", "x", |e| e.authorizer = Some(existing(kind)));
        resource(&shop(&[("a", &[event])]), "ApiGatewayMethodXGet/Properties")
    };
    let custom = of("token");
    assert_eq!(custom["AuthorizationType"], "CUSTOM");
    assert_eq!(custom["AuthorizerId"], json!({ "Ref": "Mine" }));
    assert_eq!(custom.get("AuthorizationScopes"), None);
    let pool = of("COGNITO_USER_POOLS");
    assert_eq!(pool["AuthorizationScopes"], json!(["s"]));
}

#[test]
fn two_descriptions_of_one_authorizer_are_told() {
    let one = authorizer("auth", Judge::Function("a".into()));
    let other = authorizer("auth", Judge::Function("b".into()));
    let service = shop(&[("a", &[judged("x", one)]), ("b", &[judged("y", other)])]);
    let warnings = compiled(&service).warnings;
    assert_eq!(
        warnings.0[0].path.as_deref(),
        Some("functions.b.events.0.http.authorizer")
    );
}

#[test]
fn claims_are_named_in_the_event_once() {
    let event = http_with("get", "x", |e| {
        e.integration = Integration::Lambda;
        e.claims = vec!["email".into(), "custom:role".into()];
        let own = "a extraCognitoPoolClaims b extraCognitoPoolClaims".to_owned();
        e.request.template.insert("text/plain".into(), Some(own));
        e.request
            .template
            .insert("application/x-www-form-urlencoded".into(), None);
    });
    let templates = resource(
        &shop(&[("a", &[event])]),
        "ApiGatewayMethodXGet/Properties/Integration/RequestTemplates",
    );
    let claims = r#""email": "$context.authorizer.claims.email","role": "$context.authorizer.claims['custom:role']","#;
    let own = templates["text/plain"].as_str().expect("a template");
    assert_eq!(own, format!("a {claims} b extraCognitoPoolClaims"));
    let default = templates["application/json"].as_str().expect("a template");
    assert!(default.contains(claims), "{default}");
    assert_eq!(templates.as_object().map(serde_json::Map::len), Some(2));
}

#[test]
fn models_are_shared_by_name_or_belong_to_one_method() {
    let event = |path: &str, schema: BodySchema| {
        http_with("post", path, |e| {
            e.request.schemas.insert("application/json".into(), schema);
        })
    };
    let inline = BodySchema::Inline(Model {
        schema: json!({ "type": "object" }),
        name: Some("N".into()),
        description: None,
    });
    let mut service = shop(&[(
        "a",
        &[
            event("x", BodySchema::Text("post-create".into())),
            event("y", inline),
            event("z", BodySchema::Text("nope".into())),
        ],
    )]);
    service.provider.api_gateway.schemas.insert(
        "post-create".into(),
        Model {
            schema: json!({ "type": "string" }),
            ..Model::default()
        },
    );
    assert_eq!(
        ids(&stack(&service), "AWS::ApiGateway::Model"),
        [
            "ApiGatewayPostCreateModel",
            "ApiGatewayMethodYPostApplicationJsonModel",
            "ApiGatewayMethodZPostApplicationJsonModel"
        ]
    );
    assert_eq!(
        resource(&service, "ApiGatewayMethodXPost/Properties/RequestModels"),
        json!({ "application/json": { "Ref": "ApiGatewayPostCreateModel" } })
    );
    assert!(
        resource(
            &service,
            "ApiGatewayMethodXPost/Properties/RequestValidatorId"
        )
        .is_object()
    );
    let warnings = compiled(&service).warnings;
    assert_eq!(warnings.0.len(), 1, "{warnings:?}");
}

#[test]
fn addresses_get_the_request_and_its_parameters() {
    let event = http_with("any", "x", |e| {
        e.integration = Integration::HttpProxy;
        e.request.uri = Some("https://example.com".into());
        e.connection_type = Some("VPC_LINK".into());
        e.connection_id = Some(json!({ "Fn::ImportValue": "link" }));
        let rule = RequestParameter {
            required: true,
            mapped_value: None,
        };
        e.request
            .parameters
            .insert("method.request.path.proxy".into(), rule);
    });
    let integration = resource(
        &shop(&[("a", &[event])]),
        "ApiGatewayMethodXAny/Properties/Integration",
    );
    assert_eq!(
        integration,
        json!({
            "IntegrationHttpMethod": "ANY",
            "Type": "HTTP_PROXY",
            "Uri": "https://example.com",
            "ConnectionType": "VPC_LINK",
            "ConnectionId": { "Fn::ImportValue": "link" },
            "RequestParameters": { "integration.request.path.proxy": "method.request.path.proxy" }
        })
    );
}

#[test]
fn a_mock_has_the_answers_that_are_written_and_no_others() {
    let event = |response: Option<HttpResponse>| {
        http_with("get", "x", |e| {
            e.integration = Integration::Mock;
            e.response = response;
        })
    };
    let answers = |response| {
        let pointer = "ApiGatewayMethodXGet/Properties/Integration/IntegrationResponses";
        let list = resource(&shop(&[("a", &[event(response)])]), pointer);
        list.as_array().map_or(0, Vec::len)
    };
    assert_eq!(answers(None), 0);
    let status_codes = IndexMap::from([("404".into(), StatusCode::default())]);
    assert_eq!(
        answers(Some(HttpResponse {
            status_codes,
            ..HttpResponse::default()
        })),
        1
    );
}

#[test]
fn keys_wait_for_the_deployment_and_are_counted_within_their_plan() {
    let key = |name: &str| ApiKey {
        name: Some(name.into()),
        ..ApiKey::default()
    };
    let mut service = shop(&[("a", &[http("get", "x")])]);
    let without = ids(&stack(&service), "AWS::ApiGateway::Deployment");
    service.provider.api_gateway.api_keys = Some(vec![
        ApiKeys::OfPlan {
            plan: "free".into(),
            keys: vec![key("one"), key("two")],
        },
        ApiKeys::OfPlan {
            plan: "paid".into(),
            keys: vec![key("three")],
        },
    ]);
    let plan = UsagePlan {
        quota: Some(Quota {
            limit: Some(10.into()),
            ..Quota::default()
        }),
        throttle: None,
    };
    service.provider.api_gateway.usage_plan = Some(UsagePlans::Named(vec![
        ("free".into(), plan),
        ("paid".into(), UsagePlan::default()),
    ]));
    let template = stack(&service);
    assert_eq!(
        ids(&template, "AWS::ApiGateway::ApiKey"),
        [
            "ApiGatewayApiKeyFree1",
            "ApiGatewayApiKeyFree2",
            "ApiGatewayApiKeyPaid1"
        ]
    );
    assert_eq!(
        ids(&template, "AWS::ApiGateway::Deployment"),
        without,
        "keys are not part of what is deployed"
    );
    for id in ["ApiGatewayApiKeyPaid1", "ApiGatewayUsagePlanFree"] {
        assert_eq!(template["Resources"][id]["DependsOn"], json!(without));
    }
    let free = &template["Resources"]["ApiGatewayUsagePlanFree"]["Properties"];
    assert_eq!(free["UsagePlanName"], "shop-free-dev");
    assert_eq!(free["Quota"], json!({ "Limit": 10 }));
    assert_eq!(
        template["Resources"]["ApiGatewayUsagePlanKeyFree2"]["Properties"]["UsagePlanId"],
        json!({ "Ref": "ApiGatewayUsagePlanFree" })
    );
}

#[test]
fn keys_of_a_plan_that_does_not_exist_are_refused() {
    let mut service = shop(&[("a", &[http("get", "x")])]);
    service.provider.api_gateway.api_keys = Some(vec![ApiKeys::OfPlan {
        plan: "free".into(),
        keys: Vec::new(),
    }]);
    assert_eq!(
        refusals(&service),
        ["API key \"free\" has no usage plan defined"]
    );
}

#[test]
fn an_api_of_another_stack_gets_only_what_it_has_not() {
    let mut service = shop(&[(
        "a",
        &[
            http("get", "users/{id}"),
            http("get", "users"),
            http("get", "new"),
        ],
    )]);
    let options = &mut service.provider.api_gateway;
    options.rest_api_id = Some("api".into());
    options.rest_api_root_resource_id = Some("root".into());
    options
        .rest_api_resources
        .insert("users".into(), "u1".into());
    let template = stack(&service);
    assert_eq!(
        ids(&template, "AWS::ApiGateway::RestApi"),
        Vec::<String>::new()
    );
    assert_eq!(
        ids(&template, "AWS::ApiGateway::Resource"),
        ["ApiGatewayResourceUsersIdVar", "ApiGatewayResourceNew"]
    );
    let of = |pointer: &str| resource(&service, pointer);
    assert_eq!(of("ApiGatewayResourceUsersIdVar/Properties/ParentId"), "u1");
    assert_eq!(of("ApiGatewayResourceNew/Properties/ParentId"), "root");
    assert_eq!(of("ApiGatewayMethodUsersGet/Properties/ResourceId"), "u1");
    assert_eq!(of("ApiGatewayMethodUsersGet/Properties/RestApiId"), "api");

    let options = &mut service.provider.api_gateway;
    options.rest_api_resources = [("users/list".to_owned(), json!("u2"))].into();
    let told = refusals(&service);
    assert!(
        told.iter().all(|m| m.contains("`/users`")) && told.len() == 2,
        "{told:?}"
    );
}

#[test]
fn a_private_api_has_its_endpoints_and_its_policy() {
    let mut service = shop(&[("a", &[http("get", "x")])]);
    service.provider.endpoint_type = Some("PRIVATE".into());
    let options = &mut service.provider.api_gateway;
    options.vpc_endpoint_ids = Some(json!(["vpce-1"]));
    options.resource_policy = vec![json!({ "Effect": "Allow" })];
    let api = resource(&service, "ApiGatewayRestApi/Properties");
    assert_eq!(
        api["EndpointConfiguration"],
        json!({ "Types": ["PRIVATE"], "VpcEndpointIds": ["vpce-1"] })
    );
    assert_eq!(
        api["Policy"],
        json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow" }] })
    );
}

#[test]
fn requests_are_logged_to_a_group_of_the_stack() {
    let mut service = shop(&[("a", &[http("get", "x")])]);
    service.provider.log_retention_in_days = Some(7);
    let mut logs = RestApiLogs {
        enabled: true,
        role_managed_externally: true,
        ..RestApiLogs::default()
    };
    service.provider.api_gateway.logs = Some(logs.clone());
    assert_eq!(
        resource(&service, "ApiGatewayLogGroup/Properties"),
        json!({ "LogGroupName": "/aws/api-gateway/shop-dev", "RetentionInDays": 7 })
    );
    assert!(resource(&service, "CustomApiGatewayAccountCloudWatchRole").is_null());
    logs.role_managed_externally = false;
    logs.role = Some("arn:r".into());
    service.provider.api_gateway.logs = Some(logs.clone());
    assert_eq!(
        resource(
            &service,
            "CustomApiGatewayAccountCloudWatchRole/Properties/RoleArn"
        ),
        "arn:r"
    );
    assert!(compiled(&service).has_custom_resources);
    logs.access_logging = Some(false);
    service.provider.api_gateway.logs = Some(logs);
    assert!(resource(&service, "ApiGatewayLogGroup").is_null());
}
