//! How the examples are shown.

use std::sync::Arc;

use pilothouse_model::{SourceId, Sources};
use pilothouse_service::{Answers, Options, Request, Step, load};

use pilothouse_template::{CompileInputs, compile};

use super::*;

mod every;
mod messages;
mod rest;
mod runs;

struct Example {
    service: Service,
    resolved: Place,
    sources: Sources,
}

fn example(text: &str) -> Example {
    let source = SourceId::new(Arc::<str>::from("serverless.yml"));
    let mut answers = Answers::default();
    loop {
        let step = load(&Request {
            source: &source,
            text,
            options: &Options::default(),
            answers: &answers,
        });
        match step.expect("the example is right") {
            Step::Needs(lookups) => {
                for lookup in lookups {
                    answers.insert(lookup, pilothouse_service::Answer::Missing);
                }
            }
            Step::Ready(loaded) => {
                return Example {
                    service: loaded.service,
                    resolved: loaded.resolved,
                    sources: loaded.sources,
                };
            }
        }
    }
}

impl Example {
    fn template(&self) -> Template {
        let inputs = CompileInputs {
            instance_millis: 0,
            archives: package::stand_ins(&self.service),
        };
        compile(&self.service, &inputs).expect("it compiles").update
    }

    fn origins(&self) -> Origins {
        Origins::of(&self.service, &self.resolved, &self.sources)
    }

    fn edges(&self) -> Vec<String> {
        let drawing = drawing::draw(&self.service, &self.template());
        let edges = drawing.edges.iter();
        edges
            .map(|edge| format!("{} -{}-> {}", edge.from, edge.label, edge.to))
            .collect()
    }
}

const HELLO: &str = include_str!("../../../../../examples/hello-world/serverless.yml");
const KMS: &str = include_str!("../../../../../examples/using-kms/serverless.yml");
const NODE: &str = include_str!("../../../../../examples/node-api/serverless.yml");

/// The line of a text, from one.
fn line(text: &str, part: &str) -> u32 {
    let found = text.lines().position(|line| line.contains(part));
    u32::try_from(found.expect("the text is there") + 1).expect("a line number")
}

#[test]
fn every_resource_knows_the_line_that_asks_for_it() {
    let hello = example(HELLO);
    let origins = hello.origins();
    let line_of = |id: &str| origins.of_resource(id).map(|origin| origin.line);
    assert_eq!(line_of("HelloLambdaFunction"), Some(line(HELLO, "hello:")));
    assert_eq!(line_of("HelloLogGroup"), Some(line(HELLO, "hello:")));
    assert_eq!(
        line_of("ApiGatewayMethodHelloGet"),
        Some(line(HELLO, "- http:"))
    );
    assert_eq!(
        line_of("HelloLambdaVersionabc"),
        Some(line(HELLO, "hello:"))
    );
    assert_eq!(
        line_of("HelloLambdaPermissionApiGateway"),
        Some(line(HELLO, "hello:"))
    );
    assert_eq!(line_of("ServerlessDeploymentBucket"), None);
}

#[test]
fn resources_have_names_for_people() {
    let hello = example(HELLO);
    let origins = hello.origins();
    assert_eq!(origins.name_of("HelloLambdaFunction"), "hello");
    assert_eq!(origins.name_of("ApiGatewayMethodHelloGet"), "GET /hello");
    assert_eq!(origins.name_of("HelloLambdaVersionabc"), "version of hello");
    assert_eq!(
        origins.name_of("ServerlessDeploymentBucket"),
        "bucket for the code"
    );
    assert_eq!(
        origins.name_of("ApiGatewayDeployment1a2b3c"),
        "deployment of the REST API"
    );
    let node = example(NODE);
    assert_eq!(
        node.origins().name_of("HttpApiRouteGetNotesIdVar"),
        "GET /notes/{id}"
    );
}

#[test]
fn a_drawing_leads_from_the_caller_to_what_a_function_uses() {
    assert_eq!(
        example(HELLO).edges(),
        [
            "internet -HTTPS-> restApi",
            "restApi -GET /hello-> function:hello",
        ]
    );
    let secret =
        "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/top-secret-1";
    let key = "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*";
    assert_eq!(
        example(KMS).edges(),
        [
            "internet -HTTPS-> restApi".to_owned(),
            "restApi -POST /get-secret-> function:getSecret".to_owned(),
            format!("function:getSecret -ssm:GetParameter-> {secret}"),
            format!("function:getSecret -kms:Decrypt-> {key}"),
        ]
    );
}

#[test]
fn functions_show_what_they_get_from_the_provider() {
    let node = example(NODE);
    let shown = functions(&node.service, &node.origins());
    let tidy = shown.iter().find(|one| one.key == "tidy").expect("tidy");
    assert_eq!((tidy.memory, tidy.timeout), (512, 10));
    assert_eq!(tidy.runtime, "nodejs22.x");
    assert_eq!(tidy.environment, ["GREETING", "STAGE"]);
    let words: Vec<&str> = tidy
        .events
        .iter()
        .map(|event| event.words.as_str())
        .collect();
    assert_eq!(words, ["rate(1 hour)"]);
    let hello = example(HELLO);
    let shown = functions(&hello.service, &hello.origins());
    assert_eq!(
        shown.first().map(|one| (one.memory, one.timeout)),
        Some((1024, 6))
    );
}

#[test]
fn what_the_role_allows_is_shown_without_intrinsics() {
    let kms = example(KMS);
    let shown = functions(&kms.service, &kms.origins());
    let allowed: Vec<(&str, bool)> = shown
        .iter()
        .flat_map(|one| &one.permissions)
        .map(|one| (one.name.as_str(), one.value.contains("Fn::")))
        .collect();
    assert_eq!(
        allowed,
        [("ssm:GetParameter", false), ("kms:Decrypt", false)]
    );
}

#[test]
fn a_function_that_is_an_image_is_told_by_its_image() {
    let digest = "sha256:6bb600b4d6e1d7cf521097177dd0c4e9ea373edb91984a505333be8ac9455d38";
    let text = format!(
        "service: pictures\nprovider: {{name: aws, runtime: python3.13}}\nfunctions:\n\
         \x20 draw: {{image: {{uri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/team/draw@{digest}', command: [app.draw]}}}}\n\
         \x20 list: {{handler: app.list}}\n"
    );
    let example = example(&text);
    let shown = functions(&example.service, &example.origins());
    let of: Vec<(&str, &str, Option<String>)> = shown
        .iter()
        .map(|one| {
            (
                one.handler.as_str(),
                one.runtime.as_str(),
                one.image.clone(),
            )
        })
        .collect();
    assert_eq!(
        of,
        [
            ("app.draw", "image", Some(format!("team/draw@{digest}"))),
            ("app.list", "python3.13", None),
        ]
    );
}
