//! serverless-domain-manager: domains that APIs are reached by.

use super::BuiltIn;
use crate::schema::{self, Key, Shape};

const FLAG: Shape = Shape::Truth;
const LOOKED_UP: &str = "zones are named by `hostedZoneId`";

static ROUTING: &[Key] = &[
    Key::new(
        "routingPolicy",
        Shape::WordAnyCase(&["simple", "latency", "weighted"]),
        "How records of one name share its requests",
    ),
    Key::new(
        "setIdentifier",
        Shape::Text,
        "What tells this record from others of the name",
    ),
    Key::new("weight", Shape::Whole(0, 255), "Its share, when weighted"),
    Key::new(
        "healthCheckId",
        Shape::Text,
        "The check it is answered under",
    ),
];

static DOMAIN: &[Key] = &[
    Key::new("domainName", Shape::Text, "The domain"),
    Key::new(
        "basePath",
        Shape::Text,
        "The path of it that leads to the API; all when absent",
    ),
    Key::new(
        "stage",
        Shape::Text,
        "The API's stage; the service's when absent",
    ),
    Key::new(
        "apiType",
        Shape::WordAnyCase(&["rest", "http", "websocket"]),
        "Which of the service's APIs it leads to",
    ),
    Key::new(
        "endpointType",
        Shape::WordAnyCase(&["edge", "regional"]),
        "Whether CloudFront serves it, or the Region",
    ),
    Key::new("enabled", FLAG, "Whether it is looked at"),
    Key::new(
        "autoDomain",
        FLAG,
        "Whether the stack makes the domain; else it must exist",
    ),
    Key::new(
        "certificateArn",
        schema::ARN,
        "Its certificate, when the stack makes it",
    ),
    Key::refused(
        "certificateName",
        "Its certificate, looked up by name",
        "several certificates can have one name, and which is found changes as they are renewed",
        "Write `certificateArn`",
    ),
    Key::new(
        "securityPolicy",
        Shape::WordAnyCase(&["tls_1_0", "tls_1_2", "tls_1_3"]),
        "The oldest TLS it answers to",
    ),
    Key::new(
        "tlsTruststoreUri",
        Shape::Text,
        "Whose certificates callers must have",
    ),
    Key::new(
        "tlsTruststoreVersion",
        Shape::Text,
        "The version of that file",
    ),
    Key::new(
        "createRoute53Record",
        FLAG,
        "Whether its records are written, when the stack makes it",
    ),
    Key::new(
        "createRoute53IPv6Record",
        FLAG,
        "Whether a record for IPv6 is one of them",
    ),
    Key::new(
        "hostedZoneId",
        Shape::Text,
        "The zone its records are written in",
    ),
    Key::without_effect("hostedZonePrivate", LOOKED_UP),
    Key::refused(
        "splitHorizonDns",
        "Records in a public and a private zone",
        "the stack writes its records in the one zone that `hostedZoneId` names",
        "Write the other zone's record under `resources`",
    ),
    Key::new(
        "route53Params",
        Shape::Keys(ROUTING, &[]),
        "How its records are written",
    ),
    Key::refused(
        "route53Profile",
        "Another account's zone",
        "the records are resources of the stack, which acts in its own account",
        "Write the record there, and `createRoute53Record: false` here",
    ),
    Key::without_effect("route53Region", "Route 53 is in no Region"),
    Key::without_effect("allowPathMatching", "the stack knows what it made"),
    Key::without_effect("autoDomainWaitFor", "CloudFormation waits by itself"),
    Key::without_effect(
        "preserveExternalPathMappings",
        "only the stack's own mapping is ever removed",
    ),
];
const ONE: Shape = Shape::Keys(DOMAIN, &["domainName"]);

static BY_API: &[Key] = &[
    Key::new("rest", ONE, "The domain of the REST API"),
    Key::new("http", ONE, "The domain of the HTTP API"),
    Key::new("websocket", ONE, "The domain of the WebSocket API"),
];
const ANY: Shape = Shape::Either(&[ONE, Shape::Keys(BY_API, &[])]);
static EACH: Shape = ANY;

pub(super) static DOMAINS: BuiltIn = BuiltIn {
    names: &["serverless-domain-manager"],
    doc: "Lets APIs be reached by domains of yours",
    custom: &[("customDomain", ANY), ("customDomains", Shape::List(&EACH))],
    function: &[],
};
