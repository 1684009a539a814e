//! A REST API with all that can stand before a function: authorizers, keys, mocks, and settings of its stage.

use serde_json::json;

use crate::sandbox_url;
use crate::world::World;

const SERVICE: &str = "service: gate
provider:
  name: aws
  runtime: python3.13
  apiGateway:
    apiKeys: [{free: [{name: guest, value: abcdefghijklmnopqrstuvwx}]}]
    usagePlan: [{free: {quota: {limit: 1000, period: DAY}, throttle: {rateLimit: 50, burstLimit: 50}}}]
    resourcePolicy: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:/*']}]
    request: {schemas: {note: {name: Note, schema: {type: object}}}}
  tracing: {apiGateway: true}
  logs: {restApi: {level: ERROR}}
functions:
  hello:
    handler: handler.hello
    events:
      - http: {path: judged, method: get, authorizer: judge, cors: true}
      - http: {path: judged, method: post, request: {schemas: {application/json: note}}}
      - http: {path: keyed, method: get, private: true}
      - http:
          path: mock
          method: get
          integration: mock
          request: {template: {application/json: '{\"statusCode\": 200}'}}
          response: {statusCodes: {200: {pattern: '', template: mocked}}}
  judge: {handler: handler.judge}
";

const HANDLER: &str = "def hello(event, context):
    return {'statusCode': 200, 'body': 'hello'}
def judge(event, context):
    allow = {'Effect': 'Allow', 'Action': 'execute-api:Invoke', 'Resource': event['methodArn']}
    return {'principalId': 'p', 'policyDocument': {'Version': '2012-10-17', 'Statement': [allow]}}
";

#[test]
fn what_stands_before_a_function_lets_in_whom_it_should() {
    let world = World::new();
    world.write("serverless.yml", SERVICE);
    world.write("handler.py", HANDLER);
    world.deploy(&[]).well();
    assert_eq!(
        world.planned(),
        Vec::new(),
        "the settings of the stage are set"
    );

    let judged = world.url();
    let base = judged.trim_end_matches("judged");
    let at = |path: &str| world.get(&format!("{base}{path}"));
    assert_eq!(at("judged").0, 401, "nobody says who asks");
    assert_eq!(at("keyed").0, 403, "no key is sent");
    assert_eq!(at("mock"), (200, "mocked".to_owned()));

    let aws = sandbox_url(&world);
    let api = judged.split('/').nth(4).expect("the API's id").to_owned();
    let asked = json!({"restApiId": api, "stageName": "dev"});
    let stage = world.boto(&aws, "apigateway", "get_stage", &asked);
    assert_eq!(stage["tracingEnabled"], true);
    assert_eq!(stage["methodSettings"]["*/*"]["loggingLevel"], "ERROR");
    let target = stage["accessLogSettings"]["destinationArn"].as_str();
    assert!(target.is_some_and(|arn| arn.ends_with(":log-group:/aws/api-gateway/gate-dev")));

    world.change_service("apiGateway: true}", "apiGateway: false}");
    let rows = world.planned();
    assert_eq!(
        rows,
        [("ApiGatewayRestApi dev".to_owned(), "modify".to_owned())]
    );
    let said = world.deploy(&[]).well();
    assert!(said.out.contains("Only settings"), "{}", said.out);
    let stage = world.boto(&aws, "apigateway", "get_stage", &asked);
    assert_eq!(stage["tracingEnabled"], false);
    world.run(&["remove", "--sandbox", "--yes"]).well();
}
