//! How functions are run.

use pilothouse_service::types::{
    Asynchronous, Destination, Function, FunctionUrl, Run, Tracing, Vpc,
};
use serde_json::json;

use super::*;

const ROLE: &str = "IamRoleLambdaExecution/Properties";

fn change(service: &mut Service, key: &str, change: impl FnOnce(&mut Function)) {
    change(service.functions.get_mut(key).expect("the function"));
}

fn network(group: &str) -> Option<Vpc> {
    Some(Vpc::In {
        security_groups: Some(json!([group])),
        subnets: Some(json!(["subnet"])),
    })
}

#[test]
fn a_function_is_in_its_own_network_or_the_providers_or_in_none() {
    let mut service = shop(&[("a", &[]), ("b", &[]), ("c", &[])]);
    service.provider.run.vpc = network("common");
    change(&mut service, "b", |b| b.run.vpc = network("own"));
    change(&mut service, "c", |c| c.run.vpc = Some(Vpc::Off));
    let group = |key: &str| {
        let pointer = format!("{key}LambdaFunction/Properties/VpcConfig");
        resource(&service, &pointer)["SecurityGroupIds"].clone()
    };
    assert_eq!(group("A"), json!(["common"]));
    assert_eq!(group("B"), json!(["own"]));
    let update = Value::Object(compiled(&service).update.0);
    assert_eq!(
        update.pointer("/Resources/CLambdaFunction/Properties/VpcConfig"),
        None
    );
    let managed = resource(&service, &format!("{ROLE}/ManagedPolicyArns"));
    assert!(
        managed
            .to_string()
            .contains("AWSLambdaVPCAccessExecutionRole"),
        "{managed}"
    );
}

#[test]
fn what_several_functions_need_is_allowed_once() {
    let mut service = shop(&[("a", &[]), ("b", &[])]);
    service.provider.run = Run {
        tracing: Some(Tracing::PassThrough),
        kms_key: Some(json!("arn:aws:kms:us-east-1:1:key/k")),
        ..Run::default()
    };
    change(&mut service, "b", |b| b.run.tracing = Some(Tracing::Active));
    let mode = |key: &str| {
        resource(
            &service,
            &format!("{key}LambdaFunction/Properties/TracingConfig/Mode"),
        )
    };
    assert_eq!(
        (mode("A"), mode("B")),
        (json!("PassThrough"), json!("Active"))
    );
    let statements = resource(
        &service,
        &format!("{ROLE}/Policies/0/PolicyDocument/Statement"),
    );
    let text = statements.to_string();
    assert_eq!(text.matches("xray:PutTraceSegments").count(), 1, "{text}");
    assert_eq!(text.matches("kms:Decrypt").count(), 1, "{text}");
}

#[test]
fn a_function_that_is_kept_warm_is_called_by_its_alias() {
    let mut service = shop(&[("a", &[http("get", "x")])]);
    service.provider.version_functions = Some(false);
    change(&mut service, "a", |a| {
        a.provisioned_concurrency = Some(json!(2));
        a.url = Some(FunctionUrl::default());
        a.asynchronous = Some(Asynchronous {
            on_failure: Some(Destination::Arn {
                arn: json!("arn:aws:sqs:us-east-1:1:q"),
                action: "sqs:SendMessage",
            }),
            ..Asynchronous::default()
        });
    });
    let called =
        json!({ "Fn::Join": [":", [{ "Fn::GetAtt": ["ALambdaFunction", "Arn"] }, "provisioned"]] });
    assert_eq!(
        resource(
            &service,
            "ALambdaPermissionApiGateway/Properties/FunctionName"
        ),
        called
    );
    assert_eq!(
        resource(&service, "ALambdaFunctionUrl/Properties/TargetFunctionArn"),
        called
    );
    assert_eq!(
        resource(&service, "ALambdaEvConf/Properties/Qualifier"),
        json!("provisioned")
    );
    assert_eq!(
        resource(&service, "ALambdaEvConf/DependsOn"),
        json!(["AProvConcLambdaAlias"])
    );
    let update = Value::Object(compiled(&service).update.0);
    let versions = ids(&update, "AWS::Lambda::Version");
    let [version] = versions.as_slice() else {
        panic!("{versions:?}")
    };
    assert_eq!(update["Resources"][version]["DeletionPolicy"], Value::Null);
    assert_eq!(
        resource(&service, "AProvConcLambdaAlias/Properties/FunctionVersion"),
        json!({ "Fn::GetAtt": [version, "Version"] })
    );
}
