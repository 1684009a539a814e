//! The role of a warmer.

use serde_json::{Value, json};

use super::Kept;

/// What a warmer may do: write its log, call the functions, and be in a network.
pub(super) fn role(
    all: &Value,
    warmer: &str,
    name: Option<&str>,
    function: &str,
    kept: &[Kept],
    prefix: &str,
) -> Value {
    let service = all.get("service").cloned().unwrap_or_default();
    let stage = prefix.strip_prefix(service.as_str().unwrap_or_default());
    let stage = stage
        .and_then(|rest| rest.strip_prefix('-'))
        .unwrap_or_default();
    let warmer = warmer.to_lowercase();
    let name = name.map_or_else(
        || json!({ "Fn::Join": ["-", [service, stage, { "Ref": "AWS::Region" }, warmer, "role"]] }),
        Value::from,
    );
    let arn = |rest: String| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:{rest}") });
    let log = |end: &str| {
        arn(format!(
            "logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/aws/lambda/{function}{end}"
        ))
    };
    let functions: Vec<Value> = kept
        .iter()
        .map(|one| {
            arn(format!(
                "lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{}*",
                one.name
            ))
        })
        .collect();
    json!({
        "Type": "AWS::IAM::Role",
        "Properties": {
            "Path": "/",
            "RoleName": name,
            "AssumeRolePolicyDocument": trust(),
            "Policies": [{
                "PolicyName": { "Fn::Join": ["-", [service, stage, "warmer", warmer, "policy"]] },
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": ["logs:CreateLogGroup", "logs:CreateLogStream"],
                            "Resource": [log(":*")]
                        },
                        { "Effect": "Allow", "Action": ["logs:PutLogEvents"], "Resource": [log(":*:*")] },
                        { "Effect": "Allow", "Action": ["lambda:InvokeFunction"], "Resource": functions },
                        {
                            "Effect": "Allow",
                            "Action": [
                                "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces",
                                "ec2:DetachNetworkInterface", "ec2:DeleteNetworkInterface"
                            ],
                            "Resource": "*"
                        }
                    ]
                }
            }]
        }
    })
}

fn trust() -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": ["lambda.amazonaws.com"] },
            "Action": "sts:AssumeRole"
        }]
    })
}
