//! What the sandbox cannot simulate, as data: for the plan, which leaves it out, and for the user, who must know.

/// The resource types that the local AWS's CloudFormation knows, one a line. It refuses a template with any
/// other. A test holds the list equal to the installed version's own.
const TYPES: &str = include_str!("types.txt");

/// Resource types that a serverless service is likely to use and that the sandbox does not know; `*` stands
/// for any ending. They are left out of a deploy to the sandbox, and named in its plan.
pub const UNKNOWN_TYPES: &[&str] = &[
    "AWS::EC2::EIP",
    "AWS::EC2::NatGateway",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EC2::Instance",
    "AWS::EC2::NetworkAcl",
    "AWS::EC2::FlowLog",
    "AWS::RDS::DBProxy",
    "AWS::ApplicationAutoScaling::*",
];

/// Custom resources that set what the sandbox does not have, such as the account's role for logs of its APIs. Their
/// functions need the AWS SDK that Lambda's Node.js brings along, and this computer's Node.js does not.
const WITHOUT_MEANING: &[&str] = &[
    "Custom::ApiGatewayAccountRole",
    "Custom::CognitoUserPool",
    "Custom::EventBridge",
    "Custom::S3",
];

/// Whether the sandbox's CloudFormation takes a resource of this type.
pub fn is_simulated(resource_type: &str) -> bool {
    if WITHOUT_MEANING.contains(&resource_type) {
        return false;
    }
    resource_type.starts_with("Custom::") || TYPES.lines().any(|known| known == resource_type)
}

/// Something that is otherwise than on AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Stable id.
    pub id: &'static str,
    /// The sentence for the user.
    pub text: &'static str,
}

/// What is otherwise than on AWS, the most important first.
pub const LIMITS: &[Limit] = &[
    Limit {
        id: "runs-code",
        text: "It runs the code of your functions on this computer, as you, without a cage.",
    },
    Limit {
        id: "interpreter",
        text: "Python functions run on the sandbox's own Python and Node functions on this computer's Node, \
               whatever `runtime` says.",
    },
    Limit {
        id: "types",
        text: "Elastic IPs, NAT gateways, single security-group rules, instances, network ACLs, flow logs, \
               database proxies and application auto scaling do not exist: a deploy leaves them out and says so.",
    },
    Limit {
        id: "lenient",
        text: "It accepts some of what AWS refuses: taken names, missing capabilities, unknown properties.",
    },
    Limit {
        id: "keys",
        text: "SecureStrings are not encrypted with the key you name, and an unknown key is accepted.",
    },
    Limit {
        id: "database",
        text: "RDS endpoints do not exist on the network: the sandbox's own PostgreSQL stands in for them.",
    },
    Limit {
        id: "mapping-templates",
        text: "Mapping templates of `integration: lambda` are ignored: the function gets the proxy event.",
    },
    Limit {
        id: "permissions",
        text: "Permissions are not enforced, but for `authorizer: aws_iam` on a gateway's path.",
    },
    Limit {
        id: "calls",
        text: "Stack sets, custom key stores, Session Manager sessions and live tail are missing; CloudTrail \
               records nothing.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_first_service_needs_is_simulated() {
        for known in [
            "AWS::Lambda::Function",
            "AWS::Lambda::Version",
            "AWS::ApiGateway::RestApi",
            "AWS::ApiGatewayV2::Api",
            "AWS::IAM::Role",
            "AWS::Logs::LogGroup",
            "AWS::S3::Bucket",
            "AWS::Events::Rule",
            "AWS::EC2::VPC",
            "AWS::RDS::DBInstance",
            "Custom::Anything",
        ] {
            assert!(is_simulated(known), "{known}");
        }
    }

    #[test]
    fn every_type_that_is_told_as_unknown_is_unknown() {
        for unknown in UNKNOWN_TYPES {
            let (start, any) = unknown
                .strip_suffix('*')
                .map_or((*unknown, false), |s| (s, true));
            let known = TYPES.lines().find(|known| {
                if any {
                    known.starts_with(start)
                } else {
                    *known == start
                }
            });
            assert_eq!(known, None, "{unknown}");
        }
        assert!(!is_simulated("AWS::ApplicationAutoScaling::ScalableTarget"));
    }

    #[test]
    fn the_list_of_types_has_one_plain_name_a_line() {
        assert!(TYPES.lines().count() > 100);
        assert!(
            TYPES
                .lines()
                .all(|line| line.starts_with("AWS::") && !line.contains(' '))
        );
    }
}
