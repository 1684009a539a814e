//! What built-in plugins add.

use pilothouse_service::types::{
    Capacity, Domain, DomainApi, MadeDomain, OwnRole, OwnRoles, Routing, ScaledTable,
};
use serde_json::json;

use super::*;

fn scaled(index: Option<&str>) -> ScaledTable {
    ScaledTable {
        table: "Orders".into(),
        index: index.map(str::to_owned),
        read: Some(Capacity {
            minimum: 2,
            maximum: 9,
            usage: 0.5,
        }),
        write: None,
        path: "custom.capacities.0".into(),
    }
}

fn with_table() -> Service {
    let mut service = shop(&[("a", &[])]);
    let table = json!({ "Orders": { "Type": "AWS::DynamoDB::Table", "Properties": {} } });
    service.resources.sections.insert("Resources".into(), table);
    service
}

/// The properties are those of AWS's page of `AWS::AutoScalingPlans::ScalingPlan`.
#[test]
fn tables_and_indexes_are_scaled_by_one_plan() {
    let mut service = with_table();
    service.plugins.scaled_tables = vec![scaled(None), scaled(Some("byDay"))];
    let plan = resource(&service, "DynamoDBScalingPlan");
    assert_eq!(plan["Type"], "AWS::AutoScalingPlans::ScalingPlan");
    assert_eq!(plan["DependsOn"], json!(["Orders"]));
    let properties = &plan["Properties"];
    assert_eq!(
        properties["ApplicationSource"],
        json!({ "CloudFormationStackARN": { "Ref": "AWS::StackId" } })
    );
    let all = &properties["ScalingInstructions"];
    assert_eq!(
        all[0],
        json!({
            "ServiceNamespace": "dynamodb",
            "ResourceId": { "Fn::Join": ["", ["table/", { "Ref": "Orders" }]] },
            "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
            "MinCapacity": 2,
            "MaxCapacity": 9,
            "TargetTrackingConfigurations": [{
                "PredefinedScalingMetricSpecification": {
                    "PredefinedScalingMetricType": "DynamoDBReadCapacityUtilization"
                },
                "TargetValue": 50.0
            }]
        })
    );
    assert_eq!(
        all[1]["ScalableDimension"],
        "dynamodb:index:ReadCapacityUnits"
    );
    assert_eq!(
        all[1]["ResourceId"],
        json!({ "Fn::Join": ["", ["table/", { "Ref": "Orders" }, "/index/byDay"]] })
    );
}

#[test]
fn what_is_no_table_or_is_scaled_twice_is_refused() {
    let mut service = with_table();
    service.plugins.scaled_tables = vec![scaled(None), scaled(None)];
    let found = refusals(&service).join("\n");
    assert!(found.contains("scaled twice"), "{found}");
    let mut service = shop(&[("a", &[])]);
    service.plugins.scaled_tables = vec![scaled(None)];
    let found = refusals(&service).join("\n");
    assert!(found.contains("`Orders` is not a table"), "{found}");
}

#[test]
fn a_role_of_a_function_needs_a_name_that_fits() {
    let mut service = shop(&[("a", &[])]);
    service.provider.iam_role_name = Some("mine".into());
    let role = OwnRole::default();
    let roles = OwnRoles {
        of: [("a".to_owned(), role)].into_iter().collect(),
        ..OwnRoles::default()
    };
    service.plugins.own_roles = Some(roles);
    let found = refusals(&service).join("\n");
    assert!(
        found.contains("iamRoleStatementsName") || found.contains("has no name"),
        "{found}"
    );
}

fn domain() -> Domain {
    Domain {
        name: "api.example.com".into(),
        path: "custom.customDomain".into(),
        ..Domain::default()
    }
}

fn with_domain(event: Event, domain: Domain) -> Service {
    let mut service = shop(&[("a", &[event])]);
    service.plugins.domains = vec![domain];
    service
}

#[test]
fn a_domain_that_exists_gets_a_mapping_alone() {
    let edge = Domain {
        at_edge: true,
        base_path: Some("v1".into()),
        ..domain()
    };
    let service = with_domain(http("GET", "/x"), edge);
    let template = stack(&service);
    assert!(ids(&template, "AWS::ApiGateway::DomainName").is_empty());
    let mapping = &template["Resources"]["ApiExampleComDomainV1Mapping"];
    assert_eq!(mapping["Type"], "AWS::ApiGateway::BasePathMapping");
    assert_eq!(
        mapping["Properties"],
        json!({
            "DomainName": "api.example.com",
            "RestApiId": { "Ref": "ApiGatewayRestApi" },
            "Stage": "dev",
            "BasePath": "v1"
        })
    );
    // The stage comes with the deployment.
    let deployment = ids(&template, "AWS::ApiGateway::Deployment");
    assert_eq!(mapping["DependsOn"], json!(deployment));
}

#[test]
fn a_domain_does_not_change_the_api_behind_it() {
    let alone = stack(&shop(&[("a", &[http("GET", "/x")])]));
    let edge = Domain {
        at_edge: true,
        ..domain()
    };
    let with = stack(&with_domain(http("GET", "/x"), edge));
    let kind = "AWS::ApiGateway::Deployment";
    assert_eq!(ids(&alone, kind), ids(&with, kind));
}

#[test]
fn a_domain_is_made_with_its_certificate_and_records() {
    let made = MadeDomain {
        certificate: json!("arn:aws:acm:us-east-1:1:certificate/c"),
        zone: Some("Z1".into()),
        routing: Routing {
            policy: Some("weighted".into()),
            weight: Some(10),
            ..Routing::default()
        },
        ..MadeDomain::default()
    };
    let service = with_domain(
        http_api("GET", "/x"),
        Domain {
            api: DomainApi::Http,
            made: Some(made),
            ..domain()
        },
    );
    let template = stack(&service);
    let resources = &template["Resources"];
    assert_eq!(
        resources["ApiExampleComDomain"]["Properties"],
        json!({
            "DomainName": "api.example.com",
            "DomainNameConfigurations": [{
                "CertificateArn": "arn:aws:acm:us-east-1:1:certificate/c",
                "EndpointType": "REGIONAL",
                "SecurityPolicy": "TLS_1_2"
            }]
        })
    );
    let record = &resources["ApiExampleComDomainRecordA"]["Properties"];
    let address = json!({ "Fn::GetAtt": ["ApiExampleComDomain", "RegionalDomainName"] });
    assert_eq!(record["AliasTarget"]["DNSName"], address);
    assert_eq!(record["SetIdentifier"], address);
    assert_eq!(record["Weight"], 10);
    assert!(resources.get("ApiExampleComDomainRecordAAAA").is_none());
    let mapping = &resources["ApiExampleComDomainMapping"];
    assert_eq!(mapping["Properties"]["Stage"], "$default");
    assert_eq!(
        mapping["Properties"]["DomainName"],
        json!({ "Ref": "ApiExampleComDomain" })
    );
    assert_eq!(mapping["DependsOn"], json!(["HttpApiStage"]));
}

#[test]
fn a_domain_needs_an_api_to_lead_to() {
    let service = with_domain(
        http("GET", "/x"),
        Domain {
            api: DomainApi::Websocket,
            ..domain()
        },
    );
    let found = refusals(&service).join("\n");
    assert!(found.contains("the service has none"), "{found}");
}
