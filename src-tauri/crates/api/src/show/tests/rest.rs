//! How the REST API is shown.

use super::*;

const SHOP: &str = "service: shop
provider:
  name: aws
  endpointType: private
  apiGateway:
    apiKeys: [one]
functions:
  list:
    handler: h.list
    events:
      - http: {path: a/b, method: get, authorizer: judge, cors: true, request: {schemas: {application/json: {type: object}}}}
      - http: {path: out, method: any, integration: http-proxy, request: {uri: 'https://example.com/{proxy}'}}
      - http: {path: mock, method: get, integration: mock, private: true}
      - http: {path: pool, method: get, authorizer: {name: people, type: COGNITO_USER_POOLS, arn: {Fn::GetAtt: [Pool, Arn]}}}
  judge: {handler: h.judge}
resources:
  Resources:
    Pool: {Type: AWS::Cognito::UserPool}
";

#[test]
fn arrows_lead_to_what_answers() {
    assert_eq!(
        example(SHOP).edges(),
        [
            "network -HTTPS-> restApi",
            "restApi -GET /a/b-> function:list",
            "restApi -asks who is let in-> function:judge",
            "restApi -ANY /out-> address:https://example.com/{proxy}",
            "restApi -GET /pool-> function:list",
            "restApi -asks who is let in-> Pool",
        ]
    );
}

#[test]
fn notes_say_who_is_let_in_and_what_answers() {
    let shop = example(SHOP);
    let origins = shop.origins();
    let function = &shop.service.functions["list"];
    let views = events::of_function("list", function, &origins);
    let notes: Vec<_> = views.iter().map(|view| view.notes.join(", ")).collect();
    assert_eq!(
        notes,
        [
            "let in by judge, CORS",
            "goes on to another address",
            "answered by the API itself, API key",
            "users of people only"
        ]
    );
}

#[test]
fn what_belongs_to_an_event_or_a_setting_has_its_line_and_its_name() {
    let origins = example(SHOP).origins();
    let of = |id: &str| {
        let origin = origins.of_resource(id).map(|origin| origin.line);
        (origin, origins.name_of(id))
    };
    let event = Some(line(SHOP, "path: a/b"));
    for (id, at, name) in [
        ("ApiGatewayResourceA", event, "/a"),
        ("ApiGatewayMethodABOptions", event, "OPTIONS /a/b"),
        ("JudgeApiGatewayAuthorizer", event, "authorizer judge"),
        (
            "ApiGatewayMethodABGetApplicationJsonModel",
            event,
            "bodies of GET /a/b",
        ),
        (
            "ApiGatewayApiKey1",
            Some(line(SHOP, "apiKeys")),
            "ApiGatewayApiKey1",
        ),
    ] {
        assert_eq!(of(id), (at, name.to_owned()), "{id}");
    }
}
